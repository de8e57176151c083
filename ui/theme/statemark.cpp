// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/statemark.h"

#include "ui/theme/stateshape.h"

#include <QPainter>

namespace backwatch {

StateMark::StateMark(State state, QWidget *parent) : QWidget(parent), m_state(state)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateMark::setState(State state)
{
    m_state = state;
    update();
}

void StateMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintStateShape(painter, rect(), m_state, currentPalette().stateText(m_state));
}

} // namespace backwatch
