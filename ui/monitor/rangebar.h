// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"

#include <QWidget>

class QButtonGroup;
class QPushButton;

namespace backwatch {

/// Chooses how far back the charts reach: 1 h · 6 h · 24 h · 7 d · 30 d, with the keys 1 to 5.
class RangeBar final : public QWidget
{
    Q_OBJECT

public:
    explicit RangeBar(QWidget *parent = nullptr);

    milliseconds range() const;
    /// The way back to the whole range is only offered while less than that is shown.
    void setZoomed(bool zoomed);

Q_SIGNALS:
    void rangeChosen(std::chrono::milliseconds range);
    void resetRequested();

private:
    void addRange(int key, milliseconds range, const QString &label, const QString &name);

    QButtonGroup *m_group;
    QPushButton *m_reset;
};

} // namespace backwatch
