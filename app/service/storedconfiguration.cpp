// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/storedconfiguration.h"

#include "app/config/configurationstore.h"
#include "app/history/database.h"
#include "app/history/historyfile.h"
#include "app/history/historyreader.h"
#include "app/history/migrations.h"
#include "app/history/transaction.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace backwatch {

namespace {

struct StoredConfigurationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::StoredConfiguration)
};

constexpr qsizetype kMostNamed = 10; ///< in a sentence

Result<void> store(const DataDirectory &directory, const QList<ConfigurationChange> &changes)
{
    const QString path = directory.database();
    if (const auto made = makeHistoryFolder(path); !made)
        return made;
    auto database = Database::open(path, Database::Access::Create);
    if (!database)
        return tl::make_unexpected(database.error());
    if (const auto migrated = migrate(database->connection()); !migrated)
        return migrated;
    auto transaction = Transaction::begin(database->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    if (const auto stored = storeChanges(database->connection(), changes); !stored)
        return stored;
    return transaction->commit();
}

} // namespace

Result<Configuration> storedConfiguration(const DataDirectory &directory)
{
    const auto file = inspectHistoryFile(directory.database());
    if (!file)
        return tl::make_unexpected(file.error());
    if (file->isNew)
        return Configuration{};
    const auto reader = HistoryReader::open(directory.database());
    if (!reader)
        return tl::make_unexpected(reader.error());
    return loadConfiguration((*reader)->database());
}

Result<QList<ConfigurationChange>> makeConfigurationBe(const DataDirectory &directory,
                                                       const Configuration &wanted, bool dryRun)
{
    const auto current = storedConfiguration(directory);
    if (!current)
        return tl::make_unexpected(current.error());
    const auto changes = difference(*current, wanted);
    if (!dryRun && !changes.isEmpty())
        if (const auto stored = store(directory, changes); !stored)
            return tl::make_unexpected(stored.error());
    return changes;
}

Result<Monitor> findMonitor(const Configuration &configuration, const QString &name)
{
    QList<Monitor> found;
    for (const auto &monitor : configuration.monitors) {
        if (qualifiedName(monitor) == name)
            return monitor;
        if (monitor.name == name)
            found.append(monitor);
    }
    if (found.size() == 1)
        return found.first();
    if (found.isEmpty())
        return failure(Error::Kind::NotFound,
                       StoredConfigurationText::tr(
                           "There is no monitor named “%1”; “backwatch export” lists what there is.")
                           .arg(name));
    QStringList names;
    for (const auto &monitor : found.first(qMin(found.size(), kMostNamed)))
        names += qualifiedName(monitor);
    return failure(Error::Kind::Invalid,
                   StoredConfigurationText::tr("Several monitors are named “%1”; write which one: %2.")
                       .arg(name, names.join(QStringLiteral(", "))));
}

} // namespace backwatch
