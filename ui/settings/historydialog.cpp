// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/historydialog.h"

#include "app/core/whenanswered.h"
#include "ui/settings/historywords.h"
#include "ui/settings/tierrow.h"
#include "ui/theme/applicationstyle.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kSettleMs = 250;

QLabel *paragraph(const char *objectName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(objectName));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

HistoryDialog::HistoryDialog(Watch &watch, QWidget *parent)
    : QDialog(parent)
    , m_watch(watch)
    , m_health(paragraph("health", this))
    , m_tiers(new QWidget(this))
    , m_grid(new QGridLayout(m_tiers))
    , m_going(paragraph("going", this))
    , m_problem(paragraph("problem", this))
{
    setWindowTitle(tr("History"));
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &HistoryDialog::lookAhead);
    build();
    m_health->setText(tr("Reading how large the history is …"));
    whenAnswered(m_watch.historyAccount(), this, [this](const Result<HistoryAccount> &account) {
        if (account)
            showAccount(*account);
        else
            m_health->setText(account.error().sentence);
    });
    follow();
}

void HistoryDialog::build()
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(8);
    m_grid->setColumnStretch(1, 1);
    auto *buttons = new QDialogButtonBox(this);
    m_store = new QPushButton(tr("Store"), this);
    m_store->setObjectName(kPrimaryButton); // before the box has its look made
    buttons->addButton(m_store, QDialogButtonBox::AcceptRole);
    m_close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &HistoryDialog::store);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(14);
    for (QWidget *part : std::initializer_list<QWidget *>{m_health, m_tiers, m_going, m_problem})
        layout->addWidget(part);
    layout->addStretch();
    layout->addWidget(buttons);
    m_health->setMinimumWidth(560);
}

void HistoryDialog::showAccount(const HistoryAccount &account)
{
    m_health->setText(
        HistoryWords::health(account, m_watch.health().historyFault, m_watch.now()).join(u'\n'));
    for (const auto &tier : account.tiers) {
        auto *row = new TierRow(tier, m_grid, m_grid->rowCount(), m_tiers);
        connect(row, &TierRow::changed, this, &HistoryDialog::rowChanged);
        m_rows.append(row);
    }
    follow();
    adjustSize();
}

void HistoryDialog::rowChanged()
{
    ++m_asked;
    m_ahead.clear();
    m_problem->clear();
    m_settle.start();
    follow();
}

/// Asks what each change would delete.
void HistoryDialog::lookAhead()
{
    for (const auto *row : std::as_const(m_rows)) {
        if (!row->isChanged())
            continue;
        whenAnswered(m_watch.expiringPart(row->tier().tier, row->kept()), this,
                     [this, asked = m_asked, tier = row->tier().tier](const Result<ExpiringPart> &part) {
                         if (asked != m_asked)
                             return;
                         if (part)
                             m_ahead.insert(tier, *part);
                         else
                             m_problem->setText(part.error().sentence);
                         follow();
                     });
    }
}

void HistoryDialog::follow()
{
    QStringList sentences;
    bool deletes = false;
    bool known = true;
    for (const auto *row : std::as_const(m_rows)) {
        if (!row->isChanged())
            continue;
        const auto part = m_ahead.constFind(row->tier().tier);
        known = known && part != m_ahead.cend();
        if (part == m_ahead.cend())
            continue;
        sentences += HistoryWords::going(row->tier(), *part);
        deletes = deletes || part->days > 0;
    }
    const bool changed =
        std::any_of(m_rows.cbegin(), m_rows.cend(), [](const TierRow *row) { return row->isChanged(); });
    if (deletes)
        sentences += tr("It goes bit by bit over the next days, and nothing brings it back.");
    if (!known && m_problem->text().isEmpty())
        sentences = {tr("Looking for what would be deleted …")};
    m_going->setText(sentences.join(u'\n'));
    m_going->setVisible(changed);
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_store->setText(deletes ? tr("Store and delete") : tr("Store"));
    m_store->setEnabled(changed && known && m_open == 0);
    m_close->setText(changed ? tr("Cancel") : tr("Close"));
}

void HistoryDialog::store()
{
    m_problem->clear();
    m_failed = false;
    // Counted first: an answer may be there at once.
    QList<TierRow *> changed = m_rows;
    changed.removeIf([](const TierRow *row) { return !row->isChanged(); });
    m_open = static_cast<int>(changed.size());
    follow();
    for (const auto *row : std::as_const(changed))
        whenAnswered(m_watch.keepHistory(row->tier().tier, row->kept()), this,
                     [this](const Result<void> &result) { stored(result); });
}

void HistoryDialog::stored(const Result<void> &result)
{
    if (!result) {
        m_failed = true;
        m_problem->setText(result.error().sentence);
    }
    if (--m_open > 0)
        return;
    follow();
    if (!m_failed)
        accept();
}

} // namespace backwatch
