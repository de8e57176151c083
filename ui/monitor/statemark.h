// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/state.h"

#include <QWidget>

namespace backwatch {

/// The shape of one state in its hue.
class StateMark final : public QWidget
{
    Q_OBJECT

public:
    explicit StateMark(QWidget *parent = nullptr);

    void setState(State state);
    QSize sizeHint() const override { return {34, 34}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_state = State::NotObserved;
};

} // namespace backwatch
