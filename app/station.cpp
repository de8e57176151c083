// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/station.h"

#include "app/probes/proberegistry.h"
#include "app/secrets/keychainsecrets.h"

namespace backwatch {

Station::Station() = default;
Station::~Station() = default;

Result<std::unique_ptr<Station>> Station::open(const DataDirectory &directory, Clock &clock,
                                               const MonitoringOptions &options)
{
    std::unique_ptr<Station> station(new Station);
    auto lock = directory.lock();
    if (!lock)
        return tl::make_unexpected(lock.error());
    station->m_lock = *std::move(lock);

    auto fingerprints = Fingerprints::load(QStringLiteral(":/fingerprints"));
    if (!fingerprints)
        return tl::make_unexpected(fingerprints.error());
    station->m_fingerprints = *std::move(fingerprints);
    auto playbooks = Playbooks::load(QStringLiteral(":/playbooks"));
    if (!playbooks)
        return tl::make_unexpected(playbooks.error());
    station->m_playbooks = *std::move(playbooks);

    auto writer = HistoryWriter::open(directory.database(), clock, OnDamage::SetAside);
    if (!writer)
        return tl::make_unexpected(writer.error());
    station->m_writer = *std::move(writer);
    station->m_queries = std::make_unique<HistoryQueries>(directory.database());
    station->m_probes = createProbes(clock);
    station->m_secrets = createKeychainSecrets(clock);
    station->m_networkPaths = std::make_unique<SystemNetworkPaths>();
    station->m_sleep = std::make_unique<SleepWatch>(clock);
    station->m_sleep->listenToLogind();

    const MonitoringParts parts{clock,
                                *station->m_probes,
                                *station->m_writer,
                                *station->m_queries,
                                *station->m_fingerprints,
                                *station->m_playbooks,
                                *station->m_secrets,
                                *station->m_networkPaths,
                                *station->m_sleep};
    station->m_service = std::make_unique<MonitoringService>(parts, options);
    const auto reader = HistoryReader::open(directory.database());
    if (!reader)
        return tl::make_unexpected(reader.error());
    if (const auto restored = station->m_service->restore(**reader); !restored)
        return tl::make_unexpected(restored.error());
    station->m_integrity = std::make_unique<IntegrityWatch>(directory.database(), *station->m_writer, clock);
    return station;
}

} // namespace backwatch
