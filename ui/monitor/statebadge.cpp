// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/statebadge.h"

#include "ui/charts/stateglyph.h"

#include <QPainter>

namespace backwatch {

StateBadge::StateBadge(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("stateBadge"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateBadge::setState(State state)
{
    m_state = state;
    setAccessibleName(stateGlyphWord(state));
    update();
}

void StateBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintStateGlyph(painter, QRectF(rect()).adjusted(3, 3, -3, -3), m_state, currentPalette().state(m_state));
}

} // namespace backwatch
