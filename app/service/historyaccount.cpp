// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/historyaccount.h"

#include "app/history/integrity.h"
#include "app/history/retention.h"
#include "app/history/rows.h"

#include <QFileInfo>

namespace backwatch {

namespace {

struct Event
{
    UtcMs at = 0;
    QString detail;
};

Result<Event> lastEvent(const QSqlDatabase &database, const QString &what)
{
    return firstRow(database,
                    QStringLiteral("SELECT happened_at, detail FROM history_event WHERE what = ? "
                                   "ORDER BY happened_at DESC LIMIT 1"),
                    {what},
                    [](const QSqlQuery &row) {
                        return Event{row.value(0).toLongLong(), row.value(1).toString()};
                    })
        .map([](const std::optional<Event> &event) { return event.value_or(Event()); });
}

} // namespace

Result<HistoryAccount> readHistoryAccount(const HistoryReader &reader)
{
    const auto &database = reader.database();
    HistoryAccount account;
    account.file = databasePath(database);
    // What was written last lies beside it for a while.
    account.bytes = QFileInfo(account.file).size() + QFileInfo(account.file + QStringLiteral("-wal")).size();
    const auto tiers = tierSizes(database);
    if (!tiers)
        return tl::make_unexpected(tiers.error());
    account.tiers = *tiers;
    const auto checked = lastEvent(database, QStringLiteral("full-check"));
    if (!checked)
        return tl::make_unexpected(checked.error());
    account.checkedAt = checked->at;
    const auto copied = lastEvent(database, QStringLiteral("backup"));
    if (!copied)
        return tl::make_unexpected(copied.error());
    account.copiedAt = copied->at;
    account.copy = copied->detail;
    account.setAside = filesSetAside(account.file);
    return account;
}

} // namespace backwatch
