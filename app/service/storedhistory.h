// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/diagnosis/diagnosis.h"
#include "app/history/outageclass.h"
#include "app/history/retention.h"
#include "app/service/datadirectory.h"

namespace backwatch {

/// What an admin does to the history of a folder, whether a Backwatch runs over it or not. All of it reads or
/// writes the disk; NotFound where nothing has been recorded there yet.

Result<QList<TierSize>> historySizes(const DataDirectory &directory);
Result<void> keepHistory(const DataDirectory &directory, HistoryTier tier, KeptDays days);

/// A copy in a single file; notes in the audit that it was made.
Result<void> copyHistory(const DataDirectory &directory, const Clock &clock, const QString &file);

/// The last good exchange that is stored with the monitor's incident under way, or its newest one; null when
/// there is none.
Result<ExchangePtr> storedLastGood(const DataDirectory &directory, MonitorId monitor);

struct ListedIncident
{
    Incident incident;
    QString monitor;                              ///< "Service/Monitor"; empty when it is no longer known
    std::optional<Classification> classification; ///< the newest
};

/// One incident with everything that was thought and said of it, oldest first.
struct IncidentAccount
{
    ListedIncident listed;
    QList<Diagnosis> diagnoses;
    QList<Classification> classifications;
};

Result<IncidentAccount> incidentAccount(const DataDirectory &directory, IncidentId incident);

/// Newest first, all that overlap the range.
Result<QList<ListedIncident>> listIncidents(const DataDirectory &directory, UtcMs from, UtcMs to);
Result<void> classifyOutage(const DataDirectory &directory, IncidentId incident,
                            const Classification &classification);

} // namespace backwatch
