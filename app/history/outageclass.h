// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/outageclass.h"
#include "app/core/result.h"
#include "app/history/availability.h"

#include <QSqlDatabase>

namespace backwatch {

/// Adds one to what was said of the incident; what was measured stays. Runs inside the caller's transaction.
/// Invalid without a reason, NotFound without the incident.
Result<void> classify(const QSqlDatabase &database, IncidentId incident,
                      const Classification &classification);

/// All that was said of it, oldest first.
Result<QList<Classification>> classificationsOf(const QSqlDatabase &database, IncidentId incident);

/// What was said after a row of the table of it.
struct SaidSince
{
    qint64 newest = 0; ///< row of all; less than the given one in a file that was begun anew
    QList<MonitorId> monitors;
};
Result<SaidSince> saidSince(const QSqlDatabase &database, qint64 row);

/// Where a monitor's outages count as something else, in order of their start.
Result<QList<Reclassified>> reclassifiedOutages(const QSqlDatabase &database, MonitorId monitor,
                                                const TimeSpan &range);

} // namespace backwatch
