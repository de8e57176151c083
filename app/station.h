// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/fingerprints.h"
#include "app/guide/playbooks.h"
#include "app/history/historyqueries.h"
#include "app/history/historywriter.h"
#include "app/history/integritywatch.h"
#include "app/probes/probe.h"
#include "app/service/datadirectory.h"
#include "app/service/monitoringservice.h"

#include <QLockFile>

#include <memory>

namespace backwatch {

/// Everything that watches from one data directory, wired together. Part of the composition root: nothing but
/// main.cpp includes it. Members end in reverse order, so the service goes before what it works with.
class Station
{
public:
    /// Fails with a sentence when another program watches from there, or when the database cannot be used.
    static Result<std::unique_ptr<Station>> open(const DataDirectory &directory, Clock &clock,
                                                 const MonitoringOptions &options);
    ~Station();

    MonitoringService &service() { return *m_service; }
    HistoryWriter &writer() { return *m_writer; }

private:
    Station();

    std::unique_ptr<QLockFile> m_lock;
    std::optional<Fingerprints> m_fingerprints;
    std::optional<Playbooks> m_playbooks;
    std::unique_ptr<HistoryWriter> m_writer;
    std::unique_ptr<IntegrityWatch> m_integrity;
    std::unique_ptr<HistoryQueries> m_queries;
    std::unique_ptr<Probe> m_probes;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<NetworkPaths> m_networkPaths;
    std::unique_ptr<SleepWatch> m_sleep;
    std::unique_ptr<MonitoringService> m_service;
};

} // namespace backwatch
