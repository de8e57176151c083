// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/beginanew.h"

#include "app/history/configurationcopy.h"
#include "app/history/integrity.h"
#include "app/history/migrations.h"
#include "app/history/rows.h"
#include "app/history/transaction.h"

#include <QFileInfo>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

Result<BegunAnew> beginAnew(const QString &path, UtcMs now)
{
    const auto aside = setAside(path, now);
    if (!aside)
        return tl::make_unexpected(aside.error());
    auto database = Database::open(path, Database::Access::Create);
    if (!database)
        return tl::make_unexpected(database.error());
    if (auto migrated = migrate(database->connection()); !migrated)
        return tl::make_unexpected(migrated.error());
    auto transaction = Transaction::begin(database->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    BegunAnew begun{*aside, std::make_unique<Salvage>(*aside, ConfigurationCopy::load(path))};
    if (auto saved = begun.salvage->saveFirst(database->connection()); !saved)
        return tl::make_unexpected(saved.error());
    if (auto done =
            recordHistoryEvent(database->connection(), now, u"set-aside"_s, QFileInfo(*aside).fileName());
        !done)
        return tl::make_unexpected(done.error());
    if (auto done = transaction->commit(); !done)
        return tl::make_unexpected(done.error());
    return begun;
}

Result<void> recordHistoryEvent(const QSqlDatabase &database, UtcMs now, const QString &what,
                                const QString &detail)
{
    return eachRow(database, u"INSERT INTO history_event (happened_at, what, detail) VALUES (?, ?, ?)"_s,
                   {now, what, detail}, [](const QSqlQuery &) {});
}

} // namespace backwatch
