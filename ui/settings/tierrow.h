// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/historytier.h"

#include <QObject>

class QCheckBox;
class QGridLayout;
class QSpinBox;
class QWidget;

namespace backwatch {

/// One part of the history in a grid: what it is, how large, and how long it is kept.
class TierRow : public QObject
{
    Q_OBJECT

public:
    TierRow(const TierSize &tier, QGridLayout *grid, int row, QWidget *parent);

    const TierSize &tier() const { return m_tier; }
    /// As it is chosen now.
    KeptDays kept() const;
    bool isChanged() const { return hasLimit(m_tier.tier) && kept() != m_tier.kept; }

Q_SIGNALS:
    void changed();

private:
    void addChoice(QGridLayout *grid, int row, QWidget *parent);

    const TierSize m_tier;
    QSpinBox *m_days = nullptr;
    QCheckBox *m_forGood = nullptr;
};

} // namespace backwatch
