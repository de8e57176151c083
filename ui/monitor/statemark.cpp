// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/statemark.h"

#include "ui/theme/format.h"
#include "ui/theme/stateshape.h"

#include <QPainter>

namespace backwatch {

StateMark::StateMark(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("stateBadge"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateMark::setState(State state)
{
    m_state = state;
    setAccessibleName(stateWord(state));
    update();
}

void StateMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintStateShape(painter, QRectF(rect()).adjusted(3, 3, -3, -3), m_state, currentPalette().state(m_state));
}

} // namespace backwatch
