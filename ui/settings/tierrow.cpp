// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/tierrow.h"

#include "ui/settings/historywords.h"
#include "ui/theme/typography.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QSpinBox>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kMostDays = 36'500;
/// Where a length is chosen for what was kept for good.
constexpr int kDaysToBeginWith = 730;

QLabel *label(const QString &text, QWidget *parent)
{
    auto *made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    return made;
}

} // namespace

TierRow::TierRow(const TierSize &tier, QGridLayout *grid, int row, QWidget *parent)
    : QObject(parent), m_tier(tier)
{
    auto *name = label(HistoryWords::name(tier.tier), parent);
    name->setFont(textFont(TextRole::Strong));
    auto *size = label(QLocale().formattedDataSize(tier.bytes), parent);
    size->setObjectName(QStringLiteral("size"));
    grid->addWidget(name, row, 0);
    grid->addWidget(label(HistoryWords::content(tier.tier), parent), row, 1);
    grid->addWidget(size, row, 2, Qt::AlignRight);
    if (hasLimit(tier.tier))
        addChoice(grid, row, parent);
    else if (tier.tier == HistoryTier::Days)
        grid->addWidget(label(tr("kept for good"), parent), row, 3, 1, 2);
}

void TierRow::addChoice(QGridLayout *grid, int row, QWidget *parent)
{
    const QString name = HistoryWords::name(m_tier.tier);
    m_days = new QSpinBox(parent);
    m_days->setRange(kFewestKeptDays, std::max(kMostDays, m_tier.kept.value_or(0))); // a command may set more
    m_days->setValue(m_tier.kept.value_or(kDaysToBeginWith));
    m_days->setAccessibleName(tr("%1: days to keep").arg(name));
    m_forGood = new QCheckBox(tr("for good"), parent);
    m_forGood->setAccessibleName(tr("%1: keep for good").arg(name));
    m_forGood->setChecked(!m_tier.kept);
    const auto follow = [this] {
        m_days->setEnabled(!m_forGood->isChecked());
        m_days->setSuffix(u' ' + tr("day(s)", "behind the number in a field", m_days->value()));
    };
    follow();
    connect(m_days, &QSpinBox::valueChanged, this, [this, follow] {
        follow();
        Q_EMIT changed();
    });
    connect(m_forGood, &QCheckBox::toggled, this, [this, follow] {
        follow();
        Q_EMIT changed();
    });
    grid->addWidget(m_days, row, 3);
    grid->addWidget(m_forGood, row, 4);
}

KeptDays TierRow::kept() const
{
    return m_forGood && !m_forGood->isChecked() ? KeptDays(m_days->value()) : KeptDays();
}

} // namespace backwatch
