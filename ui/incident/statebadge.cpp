// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/statebadge.h"

#include "ui/theme/format.h"
#include "ui/theme/palette.h"
#include "ui/theme/stateshape.h"

#include <QPainter>

namespace backwatch {

namespace {

constexpr int kStateShape = 11;
constexpr int kBadgeMargin = 8;

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
    setAccessibleName(tr("State: %1").arg(stateWord(state)));
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    const auto metrics = fontMetrics();
    return {3 * kBadgeMargin + kStateShape + metrics.horizontalAdvance(stateWord(m_state)),
            metrics.height() + 8};
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
    const double x = mirrored ? width() - kBadgeMargin - kStateShape : kBadgeMargin;
    paintStateShape(painter, QRectF(x, (height() - kStateShape) / 2.0, kStateShape, kStateShape), m_state,
                    ink);
    painter.setPen(ink);
    const int taken = 2 * kBadgeMargin + kStateShape;
    painter.drawText(
        rect().adjusted(mirrored ? kBadgeMargin : taken, 0, mirrored ? -taken : -kBadgeMargin, 0),
        static_cast<int>(Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft)), stateWord(m_state));
}

} // namespace backwatch
