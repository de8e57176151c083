// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/state.h"

#include <QWidget>

namespace backwatch {

/// The shape of a state as a small picture between widgets. Decoration: the words beside it say the same.
class StateMark : public QWidget
{
    Q_OBJECT

public:
    explicit StateMark(State state, QWidget *parent = nullptr);

    void setState(State state);
    QSize sizeHint() const override { return {16, 20}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_state;
};

} // namespace backwatch
