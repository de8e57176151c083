// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/storedhistory.h"

#include "app/diagnosis/diagnosisjson.h"
#include "app/history/beginanew.h"
#include "app/history/database.h"
#include "app/history/diagnosisstatements.h"
#include "app/history/historyfile.h"
#include "app/history/historyreader.h"
#include "app/history/integritywatch.h"
#include "app/history/rows.h"
#include "app/history/transaction.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>

#include <limits>

namespace backwatch {

namespace {

struct StoredHistoryText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::StoredHistory)
};

Result<std::unique_ptr<HistoryReader>> read(const DataDirectory &directory)
{
    const auto file = inspectHistoryFile(directory.database());
    if (!file)
        return tl::make_unexpected(file.error());
    if (file->isNew)
        return failure(Error::Kind::NotFound,
                       StoredHistoryText::tr("There is no history yet in %1; name the folder that Backwatch "
                                             "records in with --data-dir.")
                           .arg(directory.path()));
    return HistoryReader::open(directory.database());
}

/// Of removed ones too.
Result<QHash<MonitorId, QString>> monitorNames(const HistoryReader &reader)
{
    QHash<MonitorId, QString> names;
    const auto named = eachRow(reader.database(), QStringLiteral("SELECT id, service, name FROM monitor"), {},
                               [&names](const QSqlQuery &row) {
                                   Monitor monitor;
                                   monitor.service = row.value(1).toString();
                                   monitor.name = row.value(2).toString();
                                   names.insert(row.value(0).toLongLong(), qualifiedName(monitor));
                               });
    if (!named)
        return tl::make_unexpected(named.error());
    return names;
}

Result<void> change(const DataDirectory &directory,
                    const std::function<Result<void>(const QSqlDatabase &)> &what)
{
    if (const auto readable = read(directory); !readable)
        return tl::make_unexpected(readable.error());
    auto database = Database::open(directory.database(), Database::Access::ReadWrite);
    if (!database)
        return tl::make_unexpected(database.error());
    auto transaction = Transaction::begin(database->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    if (const auto done = what(database->connection()); !done)
        return done;
    return transaction->commit();
}

} // namespace

Result<QList<TierSize>> historySizes(const DataDirectory &directory)
{
    const auto reader = read(directory);
    if (!reader)
        return tl::make_unexpected(reader.error());
    return tierSizes((*reader)->database());
}

Result<void> keepHistory(const DataDirectory &directory, HistoryTier tier, KeptDays days)
{
    return change(directory, [&](const QSqlDatabase &database) { return setKeptDays(database, tier, days); });
}

Result<void> copyHistory(const DataDirectory &directory, const Clock &clock, const QString &file)
{
    if (const auto readable = read(directory); !readable)
        return tl::make_unexpected(readable.error());
    if (const auto copied = backUpHistory(directory.database(), file); !copied)
        return copied;
    return change(directory, [&](const QSqlDatabase &database) {
        return recordHistoryEvent(database, clock.utcMs(), QStringLiteral("backup"),
                                  QFileInfo(file).absoluteFilePath());
    });
}

Result<ExchangePtr> storedLastGood(const DataDirectory &directory, MonitorId monitor)
{
    const auto reader = read(directory);
    if (!reader)
        return tl::make_unexpected(reader.error());
    const auto incidents = (*reader)->incidents(monitor, 0, std::numeric_limits<UtcMs>::max());
    if (!incidents)
        return tl::make_unexpected(incidents.error());
    if (incidents->isEmpty())
        return ExchangePtr();
    return (*reader)->evidence(incidents->first().id).map([](const Evidence &evidence) {
        return evidence.lastGood;
    });
}

Result<QList<ListedIncident>> listIncidents(const DataDirectory &directory, UtcMs from, UtcMs to)
{
    const auto reader = read(directory);
    if (!reader)
        return tl::make_unexpected(reader.error());
    const auto incidents = (*reader)->incidents(0, from, to);
    if (!incidents)
        return tl::make_unexpected(incidents.error());
    const auto names = monitorNames(**reader);
    if (!names)
        return tl::make_unexpected(names.error());
    QList<ListedIncident> listed;
    for (const auto &incident : *incidents) {
        const auto said = classificationsOf((*reader)->database(), incident.id);
        if (!said)
            return tl::make_unexpected(said.error());
        listed.append({incident, names->value(incident.monitor),
                       said->isEmpty() ? std::nullopt : std::optional(said->last())});
    }
    return listed;
}

Result<IncidentAccount> incidentAccount(const DataDirectory &directory, IncidentId id)
{
    const auto reader = read(directory);
    if (!reader)
        return tl::make_unexpected(reader.error());
    const auto incident = (*reader)->incident(id);
    if (!incident)
        return tl::make_unexpected(incident.error());
    const auto names = monitorNames(**reader);
    if (!names)
        return tl::make_unexpected(names.error());
    const auto stored = diagnosesOf((*reader)->database(), id);
    if (!stored)
        return tl::make_unexpected(stored.error());
    const auto said = classificationsOf((*reader)->database(), id);
    if (!said)
        return tl::make_unexpected(said.error());
    IncidentAccount account;
    account.listed = {*incident, names->value(incident->monitor),
                      said->isEmpty() ? std::nullopt : std::optional(said->last())};
    account.classifications = *said;
    for (const auto &one : *stored)
        account.diagnoses.append(diagnosisFromJson(QJsonDocument::fromJson(one.document).object()));
    return account;
}

Result<void> classifyOutage(const DataDirectory &directory, IncidentId incident,
                            const Classification &classification)
{
    return change(directory,
                  [&](const QSqlDatabase &database) { return classify(database, incident, classification); });
}

} // namespace backwatch
