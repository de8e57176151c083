// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wallheadline.h"

#include "ui/theme/stateshape.h"
#include "ui/theme/typography.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyle>

namespace backwatch {

namespace {

constexpr qreal kQuietSize = 0.56; ///< of the sentence

struct Fonts
{
    explicit Fonts(int pixels)
        : sentence(sizedFont(pixels, QFont::Bold))
        , clock(sizedFont(pixels))
        , quiet(sizedFont(pixels * kQuietSize))
    {
    }

    QFont sentence, clock, quiet;
};

qreal widthOf(const QFont &font, const QString &words)
{
    return QFontMetricsF(font).horizontalAdvance(words);
}

} // namespace

WallHeadline::WallHeadline(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void WallHeadline::setSentence(State state, const QString &sentence, const QString &details)
{
    if (m_state == state && m_sentence == sentence && m_details == details)
        return;
    m_state = state;
    m_sentence = sentence;
    m_details = details;
    setAccessibleName(m_sentence);
    setAccessibleDescription(m_details);
    updateGeometry();
    update();
}

void WallHeadline::setClock(const QString &time, const QString &zone)
{
    if (m_time == time && m_zone == zone)
        return;
    m_time = time;
    m_zone = zone;
    update();
}

void WallHeadline::setLetterSize(int pixels)
{
    m_pixels = pixels;
    updateGeometry();
    update();
}

void WallHeadline::setFaded(bool faded)
{
    m_faded = faded;
    update();
}

qreal WallHeadline::clockWidth() const
{
    const Fonts fonts(m_pixels);
    return widthOf(fonts.clock, m_time) + m_pixels * 0.35 + widthOf(fonts.quiet, m_zone);
}

bool WallHeadline::fitsOneLine(int width) const
{
    const Fonts fonts(m_pixels);
    const qreal needed =
        m_pixels * 2.0 + widthOf(fonts.sentence, m_sentence) + widthOf(fonts.quiet, m_details);
    return needed + clockWidth() + m_pixels <= width;
}

QSize WallHeadline::sizeHint() const
{
    const Fonts fonts(m_pixels);
    qreal height = QFontMetricsF(fonts.sentence).height();
    if (!fitsOneLine(width()))
        height += QFontMetricsF(fonts.quiet).height();
    return {m_pixels * 24, qRound(height)};
}

void WallHeadline::resizeEvent(QResizeEvent *)
{
    // The details may have wrapped below the sentence.
    updateGeometry();
}

void WallHeadline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Palette palette = m_faded ? fadedPalette(currentPalette()) : currentPalette();
    const Fonts fonts(m_pixels);
    const QFontMetricsF metrics(fonts.sentence);
    const QFontMetricsF quiet(fonts.quiet);
    const auto draw = [&](const QRectF &where, const QString &words, const QFont &font,
                          const QColor &colour) {
        painter.setFont(font);
        painter.setPen(colour);
        const QRect visual = QStyle::visualRect(layoutDirection(), rect(), where.toAlignedRect());
        painter.drawText(visual, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         words);
    };
    const qreal row = metrics.height();
    const qreal quietTop = metrics.ascent() - quiet.ascent();

    const qreal side = m_pixels * 0.82;
    const QRectF shape(0, metrics.ascent() - metrics.capHeight() / 2 - side / 2, side, side);
    paintStateShape(painter, QStyle::visualRect(layoutDirection(), rect(), shape.toRect()), m_state,
                    palette.stateText(m_state));

    const qreal zoneWidth = widthOf(fonts.quiet, m_zone);
    const qreal timeWidth = widthOf(fonts.clock, m_time);
    draw(QRectF(width() - clockWidth(), 0, timeWidth + 1, row), m_time, fonts.clock, palette.text);
    draw(QRectF(width() - zoneWidth, quietTop, zoneWidth + 1, quiet.height()), m_zone, fonts.quiet,
         palette.mutedText);

    const qreal left = m_pixels * 1.25;
    const qreal room = width() - clockWidth() - m_pixels - left;
    const QString sentence = metrics.elidedText(m_sentence, Qt::ElideRight, room);
    draw(QRectF(left, 0, room, row), sentence, fonts.sentence, palette.text);
    if (fitsOneLine(width())) {
        const qreal behind = left + metrics.horizontalAdvance(sentence) + m_pixels * 0.55;
        draw(QRectF(behind, quietTop, width() - behind, quiet.height()), m_details, fonts.quiet,
             palette.mutedText);
    } else {
        draw(QRectF(left, row, width() - left, quiet.height()),
             quiet.elidedText(m_details, Qt::ElideRight, width() - left), fonts.quiet, palette.mutedText);
    }
}

} // namespace backwatch
