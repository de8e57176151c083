// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/rangebar.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>

namespace backwatch {

RangeBar::RangeBar(QWidget *parent)
    : QWidget(parent), m_group(new QButtonGroup(this)), m_reset(new QPushButton(tr("Reset zoom"), this))
{
    using namespace std::chrono_literals;
    setObjectName(QStringLiteral("rangeBar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    addRange(1, 1h, tr("1 h"), tr("Last hour"));
    addRange(2, 6h, tr("6 h"), tr("Last 6 hours"));
    addRange(3, 24h, tr("24 h"), tr("Last 24 hours"));
    addRange(4, 168h, tr("7 d"), tr("Last 7 days"));
    addRange(5, 720h, tr("30 d"), tr("Last 30 days"));
    m_group->button(3)->setChecked(true);

    m_reset->setObjectName(QStringLiteral("resetZoom"));
    m_reset->setToolTip(tr("Show the whole range again (0, or double-click a chart)"));
    m_reset->hide();
    layout->addSpacing(8);
    layout->addWidget(m_reset);
    layout->addStretch(1);
    connect(m_reset, &QPushButton::clicked, this, &RangeBar::resetRequested);
}

void RangeBar::addRange(int key, milliseconds range, const QString &label, const QString &name)
{
    auto *button = new QPushButton(label, this);
    button->setCheckable(true);
    button->setObjectName(QStringLiteral("range%1").arg(key));
    button->setAccessibleName(name);
    button->setToolTip(tr("%1 (key %2)", "name of the range, key").arg(name).arg(key));
    button->setProperty("range", qint64(range.count()));
    m_group->addButton(button, key);
    layout()->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, range] { Q_EMIT rangeChosen(range); });
    auto *shortcut = new QShortcut(QKeySequence(Qt::Key_0 + key), this);
    connect(shortcut, &QShortcut::activated, button, &QPushButton::click);
}

milliseconds RangeBar::range() const
{
    return milliseconds(m_group->checkedButton()->property("range").toLongLong());
}

void RangeBar::setZoomed(bool zoomed)
{
    m_reset->setVisible(zoomed);
}

} // namespace backwatch
