// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/writersession.h"

#include "app/history/historyfile.h"
#include "app/history/historytext.h"
#include "app/history/migrations.h"

#include <QDir>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

WriterSession::WriterSession(Database database, SampleStatements samples,
                             std::unique_ptr<SamplePacker> packer, ObserverRun run)
    : m_database(std::move(database))
    , m_samples(std::move(samples))
    , m_packer(std::move(packer))
    , m_states(m_database.connection(), run)
    , m_incidents(m_database.connection())
    , m_loads(m_database.connection())
    , m_checkpointer(databasePath(m_database.connection()))
{
}

Result<std::unique_ptr<WriterSession>> WriterSession::prepared(Database database, ObserverRun run)
{
    if (auto done = execute(database.connection(), u"PRAGMA wal_autocheckpoint = 0"_s); !done)
        return tl::make_unexpected(done.error());
    auto samples = SampleStatements::prepared(database.connection());
    if (!samples)
        return tl::make_unexpected(samples.error());
    auto packer = SamplePacker::prepared(database.connection());
    if (!packer)
        return tl::make_unexpected(packer.error());
    return std::unique_ptr<WriterSession>(
        new WriterSession(std::move(database), std::move(*samples), std::move(*packer), run));
}

Result<std::unique_ptr<WriterSession>> WriterSession::create(const QString &path)
{
    if (const auto info = inspectHistoryFile(path); !info)
        return tl::make_unexpected(info.error());
    if (auto made = makeHistoryFolder(path); !made)
        return tl::make_unexpected(made.error());
    auto database = Database::open(path, Database::Access::Create);
    if (!database)
        return tl::make_unexpected(database.error());
    if (auto migrated = migrate(database->connection()); !migrated)
        return tl::make_unexpected(migrated.error());
    return prepared(std::move(*database), {});
}

Result<std::unique_ptr<WriterSession>> WriterSession::reopen(const QString &path, ObserverRun run)
{
    const auto info = inspectHistoryFile(path);
    if (!info)
        return tl::make_unexpected(info.error());
    if (info->isNew)
        return failure(
            Error::Kind::Unwritable,
            HistoryText::tr("The history %1 is no longer there. Connect its disk or put the file back.")
                .arg(QDir::toNativeSeparators(path)));
    auto database = Database::open(path, Database::Access::ReadWrite);
    if (!database)
        return tl::make_unexpected(database.error());
    return prepared(std::move(*database), run);
}

Result<void> WriterSession::write(const HistoryEntry &entry)
{
    if (const auto *sample = std::get_if<StoredSample>(&entry))
        return m_samples.insert(*sample);
    if (const auto *settled = std::get_if<StateEntry>(&entry))
        return m_states.settle(settled->monitor, settled->state, settled->at);
    if (const auto *gap = std::get_if<GapEntry>(&entry))
        return m_states.interrupted(gap->from, gap->to);
    if (const auto *incident = std::get_if<Incident>(&entry))
        return m_incidents.store(*incident);
    if (const auto *evidence = std::get_if<EvidenceEntry>(&entry))
        return m_incidents.store(evidence->incident, evidence->evidence);
    if (const auto *load = std::get_if<LoadValues>(&entry))
        return m_loads.insert(*load);
    return {};
}

} // namespace backwatch
