// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/guide.h"

#include <QWidget>

namespace backwatch {

/// The risk of a command as a word behind a shape of its own: a circle, a triangle or a square.
class RiskBadge : public QWidget
{
    Q_OBJECT

public:
    explicit RiskBadge(Risk risk, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Risk m_risk;
};

} // namespace backwatch
