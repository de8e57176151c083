// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/state.h"

#include <QWidget>

namespace backwatch {

/// The state of a monitor as its shape and its word, on the hue of the state.
class StateBadge : public QWidget
{
    Q_OBJECT

public:
    explicit StateBadge(QWidget *parent = nullptr);

    void setState(State state);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_state = State::NotObserved;
};

} // namespace backwatch
