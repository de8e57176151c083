// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/statebadge.h"

#include "ui/theme/format.h"
#include "ui/theme/palette.h"
#include "ui/theme/stateshape.h"

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
    setAccessibleName(tr("State: %1").arg(stateWord(state)));
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const
{
    const auto metrics = fontMetrics();
    return {3 * kMargin + kShape + metrics.horizontalAdvance(stateWord(m_state)), metrics.height() + 8};
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
    paintStateShape(painter, QRectF(x, (height() - kShape) / 2.0, kShape, kShape), m_state, ink);
    painter.setPen(ink);
    const int taken = 2 * kMargin + kShape;
    painter.drawText(rect().adjusted(mirrored ? kMargin : taken, 0, mirrored ? -taken : -kMargin, 0),
                     static_cast<int>(Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft)),
                     stateWord(m_state));
}

} // namespace backwatch
