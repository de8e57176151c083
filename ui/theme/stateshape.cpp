// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/stateshape.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <cmath>

namespace backwatch {

namespace {

/// All shapes are drawn in a square of 16 by 16.
constexpr qreal kGrid = 16;

void setOutline(QPainter &painter, const QColor &colour, qreal width)
{
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
}

void paintHalfCircle(QPainter &painter, const QColor &colour)
{
    const QRectF circle(1.8, 1.8, 12.4, 12.4);
    setOutline(painter, colour, 1.8);
    painter.drawEllipse(circle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawChord(circle, 180 * 16, 180 * 16);
}

void paintSpanner(QPainter &painter, const QColor &colour)
{
    painter.save();
    painter.translate(8, 8);
    painter.rotate(45);
    QPainterPath handle;
    handle.addRoundedRect(QRectF(-1.7, -4, 3.4, 12), 1.6, 1.6);
    QPainterPath head;
    head.addEllipse(QPointF(0, -4.4), 4.4, 4.4);
    QPainterPath jaw;
    jaw.addRect(QRectF(-1.6, -9.5, 3.2, 5.6));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPath((handle | head) - jaw);
    painter.restore();
}

void paintHatchedSquare(QPainter &painter, const QColor &colour)
{
    const QRectF square(2, 2, 12, 12);
    setOutline(painter, colour, 1.2);
    painter.drawRect(square);
    const QLineF lines[] = {{2, 6, 6, 2}, {2, 10, 10, 2}, {2, 14, 14, 2}, {6, 14, 14, 6}, {10, 14, 14, 10}};
    painter.drawLines(lines, 5);
}

void paintSolid(QPainter &painter, State state, const QColor &colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    if (state == State::Up) {
        painter.drawEllipse(QRectF(1.5, 1.5, 13, 13));
    } else if (state == State::Down) {
        painter.drawRect(QRectF(1.5, 1.5, 13, 13));
    } else if (state == State::Degraded) {
        const QPointF triangle[] = {{8, 1}, {15.4, 14.4}, {0.6, 14.4}};
        painter.drawPolygon(triangle, 3);
    } else {
        painter.drawRect(QRectF(3, 2, 3.8, 12));
        painter.drawRect(QRectF(9.2, 2, 3.8, 12));
    }
}

} // namespace

void paintStateShape(QPainter &painter, const QRectF &where, State state, const QColor &colour)
{
    const qreal side = std::min(where.width(), where.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(where.center() - QPointF(side / 2, side / 2));
    painter.scale(side / kGrid, side / kGrid);
    switch (state) {
    case State::Suspect:
        paintHalfCircle(painter, colour);
        break;
    case State::Unreachable: {
        const QPointF diamond[] = {{8, 1.6}, {14.4, 8}, {8, 14.4}, {1.6, 8}};
        setOutline(painter, colour, 2);
        painter.drawPolygon(diamond, 4);
        break;
    }
    case State::Maintenance:
        paintSpanner(painter, colour);
        break;
    case State::NotObserved:
        paintHatchedSquare(painter, colour);
        break;
    case State::Up:
    case State::Degraded:
    case State::Down:
    case State::Paused:
        paintSolid(painter, state, colour);
        break;
    }
    painter.restore();
}

QIcon stateIcon(State state, const Palette &palette, int size)
{
    QIcon icon;
    for (int scale = 1; scale <= 3; ++scale) {
        QPixmap pixmap(size * scale, size * scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paintStateShape(painter, pixmap.rect(), state, palette.state(state));
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        icon.addPixmap(pixmap);
    }
    return icon;
}

void paintHatch(QPainter &painter, const QRectF &where, const QColor &colour, qreal spacing)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(where, Qt::IntersectClip);
    painter.setPen(QPen(colour, std::max(1.0, spacing / 8)));
    // Lines start at multiples of the spacing of the whole surface, so that neighbours join.
    const qreal first = std::floor((where.left() + where.top()) / spacing) * spacing;
    QList<QLineF> lines;
    for (qreal sum = first; sum <= where.right() + where.bottom(); sum += spacing)
        lines.append(QLineF(sum - where.bottom(), where.bottom(), sum - where.top(), where.top()));
    painter.drawLines(lines);
    painter.restore();
}

} // namespace backwatch
