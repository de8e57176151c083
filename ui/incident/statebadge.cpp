// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/statebadge.h"

#include "ui/incident/incidenttext.h"
#include "ui/theme/palette.h"

#include <QPainter>

namespace backwatch {

namespace {

constexpr int kShape = 11;
constexpr int kMargin = 8;

} // namespace

StateBadge::StateBadge(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("state"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    QFont strong = font();
    strong.setBold(true);
    setFont(strong);
}

void StateBadge::setState(State state)
{
    m_state = state;
    setAccessibleName(tr("State: %1").arg(IncidentText::state(state)));
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    const auto metrics = fontMetrics();
    return {3 * kMargin + kShape + metrics.horizontalAdvance(IncidentText::state(m_state)),
            metrics.height() + 8};
}

void StateBadge::paintShape(QPainter &painter, const QRectF &where, const QColor &ink) const
{
    const QPointF top(where.center().x(), where.top());
    const QPointF left(where.left(), where.center().y());
    const QPointF right(where.right(), where.center().y());
    const QPointF bottom(where.center().x(), where.bottom());
    painter.setPen(QPen(ink, 1.6));
    painter.setBrush(ink);
    switch (m_state) {
    case State::Up:
        painter.drawEllipse(where);
        break;
    case State::Degraded:
        painter.drawPolygon(QPolygonF{top, where.bottomRight(), where.bottomLeft()});
        break;
    case State::Suspect:
        painter.drawChord(where, 180 * 16, 180 * 16);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(where);
        break;
    case State::Down:
        painter.drawRect(where);
        break;
    case State::Unreachable:
        painter.setBrush(Qt::NoBrush);
        painter.drawPolygon(QPolygonF{top, right, bottom, left});
        break;
    case State::Maintenance:
        painter.setPen(QPen(ink, 3, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(where.bottomLeft(), where.center());
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, 2.4));
        painter.drawArc(QRectF(where.center().x() - 1, where.top(), where.width() / 2, where.height() / 2),
                        -60 * 16, 300 * 16);
        break;
    case State::NotObserved:
        painter.setBrush(QBrush(ink, Qt::BDiagPattern));
        painter.drawRect(where);
        break;
    case State::Paused:
        painter.drawRect(QRectF(where.left() + 1, where.top(), 2, where.height()));
        painter.drawRect(QRectF(where.right() - 3, where.top(), 2, where.height()));
        break;
    }
}

void StateBadge::paintEvent(QPaintEvent *)
{
    const Palette palette = currentPalette();
    const QColor ink = palette.onState(m_state);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette.state(m_state));
    painter.drawRoundedRect(rect(), 4, 4);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double x = mirrored ? width() - kMargin - kShape : kMargin;
    paintShape(painter, QRectF(x, (height() - kShape) / 2.0, kShape, kShape), ink);
    painter.setPen(ink);
    const int taken = 2 * kMargin + kShape;
    painter.drawText(rect().adjusted(mirrored ? kMargin : taken, 0, mirrored ? -taken : -kMargin, 0),
                     static_cast<int>(Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft)),
                     IncidentText::state(m_state));
}

} // namespace backwatch
