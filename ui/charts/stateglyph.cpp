// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/stateglyph.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace backwatch {

void paintStateGlyph(QPainter &painter, const QRectF &where, State state, const QColor &colour)
{
    const double side = std::min(where.width(), where.height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(where.center());
    painter.scale(side / 2, side / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (state) {
    case State::Up:
        painter.drawEllipse(QRectF(-0.85, -0.85, 1.7, 1.7));
        break;
    case State::Degraded:
        painter.drawPolygon(QPolygonF({{0, -0.85}, {0.95, 0.8}, {-0.95, 0.8}}));
        break;
    case State::Suspect:
        painter.drawPie(QRectF(-0.85, -0.85, 1.7, 1.7), 90 * 16, 180 * 16);
        break;
    case State::Down:
        painter.drawRect(QRectF(-0.8, -0.8, 1.6, 1.6));
        break;
    case State::Paused:
        painter.drawRect(QRectF(-0.65, -0.8, 0.45, 1.6));
        painter.drawRect(QRectF(0.2, -0.8, 0.45, 1.6));
        break;
    case State::Unreachable:
    case State::Maintenance:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 0.28));
        painter.drawPolygon(QPolygonF({{0, -0.8}, {0.8, 0}, {0, 0.8}, {-0.8, 0}}));
        break;
    case State::NotObserved: {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 0.2));
        painter.drawRect(QRectF(-0.8, -0.8, 1.6, 1.6));
        const QLineF lines[] = {{-0.8, 0, 0, -0.8}, {-0.8, 0.8, 0.8, -0.8}, {0, 0.8, 0.8, 0}};
        painter.drawLines(lines, 3);
        break;
    }
    }
    painter.restore();
}

QString stateGlyphWord(State state)
{
    const auto word = [](const char *text) { return QCoreApplication::translate("State", text); };
    switch (state) {
    case State::Up:
        return word("Up");
    case State::Degraded:
        return word("Degraded");
    case State::Suspect:
        return word("Suspect");
    case State::Down:
        return word("Down");
    case State::Unreachable:
        return word("Unreachable");
    case State::Maintenance:
        return word("Maintenance");
    case State::Paused:
        return word("Paused");
    case State::NotObserved:
        break;
    }
    return word("Not observed");
}

} // namespace backwatch
