// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/tilepainter.h"

#include "ui/theme/format.h"
#include "ui/theme/stateshape.h"
#include "ui/theme/typography.h"
#include "ui/wall/sparkline.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

class TileText
{
    Q_DECLARE_TR_FUNCTIONS(WallTile)
};

constexpr QSizeF kSmallestWithSparkline{136, 84};

QString elided(const QString &words, const QFont &font, qreal width, Qt::TextElideMode mode = Qt::ElideRight)
{
    return QFontMetricsF(font).elidedText(words, mode, width);
}

/// Below this nobody reads.
constexpr int kSmallestLetters = 10;

/// The font, or a smaller one down to `least` of it where the words need that to fit.
QFont fitted(const QString &words, const QFont &font, qreal width, qreal least)
{
    const qreal needed = QFontMetricsF(font).horizontalAdvance(words);
    if (needed <= width)
        return font;
    QFont smaller = font;
    const int fitting = static_cast<int>(font.pixelSize() * std::max(least, width / needed));
    smaller.setPixelSize(std::max(std::min(kSmallestLetters, font.pixelSize()), fitting));
    return smaller;
}

qreal lineHeight(const QFont &font)
{
    return QFontMetricsF(font).height();
}

/// Where the lines of the words begin; one that is wider than the room breaks within.
QList<int> lineStarts(const QString &words, const QFont &font, qreal width)
{
    QTextLayout layout(words, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QList<int> starts;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        starts.append(line.textStart());
    }
    layout.endLayout();
    return starts;
}

/// The font, or the largest smaller one down to `least` of it in which all words find room.
QFont wrapping(const QString &words, const QFont &font, QSizeF room, qreal least)
{
    QFont smaller = font;
    const int smallest = std::max(std::min(kSmallestLetters, font.pixelSize()),
                                  static_cast<int>(std::ceil(font.pixelSize() * least)));
    for (int size = font.pixelSize(); size >= smallest; --size) {
        smaller.setPixelSize(size);
        if (static_cast<qreal>(lineStarts(words, smaller, room.width()).size()) * lineHeight(smaller) <=
            room.height())
            break;
    }
    return smaller;
}

int barsFor(qreal width)
{
    if (width >= 180)
        return 60;
    return width >= 90 ? 30 : 20;
}

} // namespace

TilePainter::TilePainter(QPainter &painter, const Palette &palette, UtcMs now)
    : m_painter(painter), m_palette(palette), m_now(now)
{
    m_painter.setRenderHint(QPainter::Antialiasing);
}

bool TilePainter::showsAge(QSizeF size)
{
    return size.width() >= kSmallestWithSparkline.width() && size.height() >= kSmallestWithSparkline.height();
}

void TilePainter::paint(const WallTile &tile, const QRectF &where, QSizeF scale)
{
    m_scale = scale;
    const qreal radius = std::clamp(where.height() / 18, 4.0, 12.0);
    m_painter.save();
    paintCard(tile, where, radius);
    if (isProblem(tile.state))
        paintProblem(tile, where);
    else if (showsAge(scale))
        paintCalm(tile, where);
    else
        paintCompact(tile, where);
    m_painter.restore();
}

void TilePainter::paintFocus(const QRectF &where)
{
    m_painter.setPen(QPen(m_palette.accent, 2.5));
    m_painter.setBrush(Qt::NoBrush);
    const qreal radius = std::clamp(where.height() / 18, 4.0, 12.0) + 2;
    m_painter.drawRoundedRect(where.adjusted(-2.5, -2.5, 2.5, 2.5), radius, radius);
}

void TilePainter::paintCard(const WallTile &tile, const QRectF &where, qreal radius)
{
    const QColor hue = m_palette.state(tile.state);
    const bool filled = tile.state == State::Down;
    const bool tinted = tile.state == State::Degraded || tile.state == State::Maintenance;
    m_ground = m_palette.surface;
    if (filled)
        m_ground = hue;
    else if (tinted)
        m_ground = blended(m_palette.surface, hue, 0.1);
    m_text = filled ? m_palette.onState(tile.state) : m_palette.text;
    m_muted = filled ? m_text : m_palette.mutedText;

    const bool outlined = isTrouble(tile.state) && !filled;
    const qreal edge = outlined ? std::clamp(where.height() / 60, 1.5, 4.0) : 1;
    QPainterPath card;
    card.addRoundedRect(where.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), radius, radius);
    m_painter.setPen(QPen(filled || outlined ? hue : m_palette.surfaceEdge, edge));
    m_painter.setBrush(m_ground);
    m_painter.drawPath(card);
    if (tile.stale || tile.state == State::NotObserved) {
        m_painter.save();
        m_painter.setClipPath(card, Qt::IntersectClip);
        const QColor lines =
            blended(m_ground, filled ? QColor(Qt::black) : m_palette.hatch, filled ? 0.18 : 0.4);
        paintHatch(m_painter, where, lines, 9);
        m_painter.restore();
        m_muted = m_text;
    }
}

void TilePainter::paintProblem(const WallTile &tile, const QRectF &where)
{
    const qreal unit = std::clamp(std::min(m_scale.height() / 11.5, m_scale.width() / 20), 10.5, 48.0);
    const qreal pad = std::clamp(unit * 0.9, 6.0, 32.0);
    QRectF room = where.adjusted(pad, pad * 0.8, -pad, -pad * 0.8);
    const QFont nameFont = sizedFont(unit * 1.3, QFont::Bold);
    const QFont strong = sizedFont(unit * 1.05, QFont::Bold);
    const QFont small = sizedFont(std::max(10.5, unit * 0.82));

    const QRectF first(room.topLeft(), QSizeF(room.width(), lineHeight(nameFont)));
    nameLine(tile, first, nameFont, unit * 1.2);
    room.setTop(first.bottom() + unit * 0.1);

    const QRectF second(room.topLeft(), QSizeF(room.width(), lineHeight(strong)));
    const qreal answerWidth = QFontMetricsF(strong).horizontalAdvance(tile.answer);
    const qreal rest = second.width() - answerWidth - unit * 0.6;
    const bool both = QFontMetricsF(strong).horizontalAdvance(tile.duration) <= rest;
    text(second, Qt::AlignLeft, elided(tile.duration, strong, second.width()), strong,
         tile.state == State::Down ? m_text : m_palette.stateText(tile.state));
    if (both)
        text(second, Qt::AlignRight, tile.answer, strong, m_text);
    room.setTop(second.bottom() + unit * 0.3);

    const qreal smallLine = lineHeight(small);
    const qreal consequences = tile.consequences.isEmpty() ? 0 : smallLine + unit * 0.3;
    const qreal forFooter = smallLine + unit * 0.3;
    const qreal forSpark = unit * 1.6;
    // What is left is given away in the order in which a person needs it: cause, consequences, figures, past.
    // Three lines of it at its full size; more, or smaller letters, only out of what the figures and the past
    // leave.
    const qreal spare = room.height() - consequences - forFooter - forSpark - unit * 0.4;
    const qreal forCause =
        std::min(std::max(3 * lineHeight(sizedFont(unit)), spare), room.height() - consequences);
    const QFont body = wrapping(tile.cause, sizedFont(unit), QSizeF(room.width(), forCause), 0.78);
    const int lines = std::clamp(static_cast<int>(forCause / lineHeight(body) + 0.01), 0, 6);
    if (lines > 0)
        room.setTop(room.top() + wrapped(room, tile.cause, body, lines));
    if (consequences > 0 && room.height() >= smallLine) {
        consequencesLine(tile, QRectF(room.left(), room.top() + unit * 0.2, room.width(), smallLine), small);
        room.setTop(room.top() + consequences);
    }
    if (room.height() < forFooter)
        return;
    footer(tile, QRectF(room.left(), room.bottom() - smallLine, room.width(), smallLine), small, m_muted);
    room.setBottom(room.bottom() - forFooter);
    if (room.height() < forSpark)
        return;
    const qreal height = std::min(room.height() - unit * 0.2, unit * 3.6);
    const QRectF strip(room.left(), room.bottom() - height, room.width(), height);
    if (tile.state == State::Down) {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_palette.surface);
        m_painter.drawRoundedRect(strip, unit * 0.3, unit * 0.3);
        spark(tile, strip.adjusted(unit * 0.4, unit * 0.35, -unit * 0.4, -unit * 0.35));
    } else {
        spark(tile, strip);
    }
}

void TilePainter::paintCompact(const WallTile &tile, const QRectF &where)
{
    const qreal unit = std::clamp(std::min(m_scale.height() / 4.2, m_scale.width() / 9.6), 10.5, 15.0);
    const QRectF room = where.adjusted(unit * 0.6, unit * 0.4, -unit * 0.6, -unit * 0.4);
    const QFont name = sizedFont(std::max<qreal>(kSmallestLetters, unit * 0.86));
    const QFont font = sizedFont(unit);
    const QFont strong = sizedFont(unit, QFont::Bold);
    const qreal line = lineHeight(strong);
    const bool roomForSpark = m_scale.height() - unit * 0.8 >= 2 * line + unit * 0.7;
    const qreal top = std::round(roomForSpark ? room.top() : room.center().y() - line);
    nameLine(tile, QRectF(room.left(), top, room.width(), line), name, unit * 0.85);
    figuresLine(tile, QRectF(room.left(), top + line, room.width(), line), strong, font);
    if (roomForSpark) {
        const qreal from = top + 2 * line + 2;
        spark(tile, QRectF(room.left(), from, room.width(), room.bottom() - from));
    }
}

void TilePainter::paintCalm(const WallTile &tile, const QRectF &where)
{
    const qreal unit = std::clamp(std::min(m_scale.height() / 7.6, m_scale.width() / 15), 11.0, 60.0);
    const qreal pad = std::clamp(unit * 0.85, 8.0, 30.0);
    QRectF room = where.adjusted(pad, pad * 0.75, -pad, -pad * 0.75);
    const QFont name = sizedFont(unit);
    const QFont large = sizedFont(unit * 1.55, QFont::Bold);
    const QFont small = sizedFont(std::max(10.5, unit * 0.8));

    const QRectF first(room.topLeft(), QSizeF(room.width(), lineHeight(name)));
    nameLine(tile, first, name, unit * 0.95);
    const QRectF second(room.left(), first.bottom(), room.width(), lineHeight(large));
    figuresLine(tile, second, large, name);
    const qreal smallLine = lineHeight(small);
    const QRectF last(room.left(), room.bottom() - smallLine, room.width(), smallLine);
    footer(tile, last, small, m_muted);
    room.setTop(second.bottom() + unit * 0.25);
    room.setBottom(last.top() - unit * 0.35);
    room.setTop(std::max(room.top(), room.bottom() - unit * 5));
    if (room.height() >= 5)
        spark(tile, room);
}

void TilePainter::nameLine(const WallTile &tile, const QRectF &line, const QFont &font, qreal shapeSide)
{
    const QRectF shape(line.left(), line.center().y() - shapeSide / 2, shapeSide, shapeSide);
    paintStateShape(m_painter, mirrored(shape, line), tile.state,
                    tile.state == State::Down ? m_text : m_palette.state(tile.state));
    const QRectF rest = line.adjusted(shapeSide * 1.5, 0, 0, 0);
    const Qt::TextElideMode mode = tile.endMatters ? Qt::ElideMiddle : Qt::ElideRight;
    // Calm tiles keep one size, so that the wall reads as a table.
    const QFont smaller = isProblem(tile.state) ? fitted(tile.name, font, rest.width(), 0.75) : font;
    text(mirrored(rest, line), Qt::AlignLeft, elided(tile.name, smaller, rest.width(), mode), smaller,
         m_text);
}

void TilePainter::figuresLine(const WallTile &tile, const QRectF &line, const QFont &large,
                              const QFont &small)
{
    const bool up = tile.state == State::Up;
    const QString left = tile.state == State::Paused ? QString() : tile.answer;
    const bool unasked = tile.state == State::NotObserved && tile.lastAt == 0;
    const QString word = unasked ? TileText::tr("No answer yet") : stateWord(tile.state);
    const QString right = up ? tile.latency : word;
    const QFontMetricsF largeMetrics(large);
    const QFontMetricsF smallMetrics(small);
    const qreal leftWidth = left.isEmpty() ? 0 : largeMetrics.horizontalAdvance(left);
    const qreal baseline = line.top() + largeMetrics.ascent();
    const QRectF smallLine(line.left(), baseline - smallMetrics.ascent(), line.width(),
                           smallMetrics.height());
    const qreal rest = line.width() - leftWidth - smallMetrics.averageCharWidth();
    const bool both = leftWidth > 0 && smallMetrics.horizontalAdvance(right) <= rest;
    const QColor rightColour = up ? m_muted : m_palette.stateText(tile.state);
    if (leftWidth > 0 && (up || both))
        text(line, Qt::AlignLeft, elided(left, large, line.width()), large, m_text);
    if (both || (leftWidth <= 0))
        text(smallLine, both ? Qt::AlignRight : Qt::AlignLeft, elided(right, small, line.width()), small,
             rightColour);
    else if (!up)
        text(smallLine, Qt::AlignLeft, elided(right, small, line.width()), small, rightColour);
}

void TilePainter::consequencesLine(const WallTile &tile, const QRectF &line, const QFont &font)
{
    const qreal side = QFontMetricsF(font).ascent();
    const QRectF shape(line.left(), line.center().y() - side / 2, side, side);
    paintStateShape(m_painter, mirrored(shape, line), State::Unreachable,
                    tile.state == State::Down ? m_text : m_palette.state(State::Unreachable));
    const QRectF rest = line.adjusted(side * 1.4, 0, 0, 0);
    const QString words =
        TileText::tr("%n unreachable because of it: %1", nullptr, static_cast<int>(tile.consequences.size()))
            .arg(tile.consequences.join(QStringLiteral(", ")));
    text(mirrored(rest, line), Qt::AlignLeft,
         QFontMetricsF(font).elidedText(words, Qt::ElideRight, rest.width()), font, m_text);
}

void TilePainter::footer(const WallTile &tile, const QRectF &line, const QFont &font, const QColor &colour)
{
    const QFontMetricsF metrics(font);
    const qreal ageWidth = metrics.horizontalAdvance(tile.age);
    text(line, Qt::AlignRight, tile.age, tile.stale ? sizedFont(font.pixelSize(), QFont::Bold) : font,
         colour);
    const qreal rest = line.width() - ageWidth - 2 * metrics.averageCharWidth();
    if (tile.availability.isEmpty())
        return;
    const QString full = TileText::tr("%1 in 24 h").arg(tile.availability);
    if (metrics.horizontalAdvance(full) <= rest)
        text(line, Qt::AlignLeft, full, font, colour);
    else if (metrics.horizontalAdvance(tile.availability) <= rest)
        text(line, Qt::AlignLeft, tile.availability, font, colour);
}

void TilePainter::spark(const WallTile &tile, const QRectF &where)
{
    if (tile.lastHour.isEmpty())
        return;
    const QRectF aligned = where.toAlignedRect();
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    paintSparkline(m_painter, aligned,
                   sparkBars(tile.lastHour, tile.interval, m_now, barsFor(aligned.width())), m_palette);
    m_painter.setRenderHint(QPainter::Antialiasing, true);
}

void TilePainter::text(const QRectF &where, int flags, const QString &words, const QFont &font,
                       const QColor &colour)
{
    m_painter.setFont(font);
    m_painter.setPen(colour);
    m_painter.drawText(where, flags | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, words);
}

qreal TilePainter::wrapped(const QRectF &where, const QString &words, const QFont &font, int mostLines)
{
    QStringList lines;
    const QList<int> starts = lineStarts(words, font, where.width());
    for (qsizetype i = 0; i < std::min(starts.size(), qsizetype(mostLines)); ++i) {
        const bool isLast = i + 1 == mostLines;
        const QString rest = words.mid(starts[i]);
        const qsizetype length = i + 1 < starts.size() ? starts[i + 1] - starts[i] : rest.size();
        lines.append(isLast ? QFontMetricsF(font).elidedText(rest, Qt::ElideRight, where.width())
                            : rest.left(length).trimmed());
    }
    QRectF line(where.topLeft(), QSizeF(where.width(), lineHeight(font)));
    for (const QString &part : std::as_const(lines)) {
        text(line, Qt::AlignLeft, part, font, m_text);
        line.translate(0, line.height());
    }
    return line.top() - where.top();
}

QRectF TilePainter::mirrored(const QRectF &part, const QRectF &whole) const
{
    if (m_painter.layoutDirection() != Qt::RightToLeft)
        return part;
    return QRectF(whole.right() - (part.right() - whole.left()), part.top(), part.width(), part.height());
}

} // namespace backwatch
