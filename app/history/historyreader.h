// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/incident.h"
#include "app/core/loadhistory.h"
#include "app/core/maintenancewindow.h"
#include "app/core/result.h"
#include "app/core/rollup.h"
#include "app/core/sample.h"
#include "app/history/database.h"

#include <QSqlDatabase>

#include <memory>

namespace backwatch {

class PageFetcher;
class SampleReader;

/// Reads the history file over a connection of its own. Belongs to the thread that opened it; never waits for
/// the writer. Times are half open: from ≤ t < to.
class HistoryReader
{
public:
    /// The file has to exist and be of this program's schema.
    static Result<std::unique_ptr<HistoryReader>> open(const QString &path);
    ~HistoryReader();
    HistoryReader(const HistoryReader &) = delete;
    HistoryReader &operator=(const HistoryReader &) = delete;

    /// In order of their start.
    Result<QList<StoredSample>> samples(MonitorId monitor, UtcMs from, UtcMs to) const;
    /// Of all monitors, in the order in which they came in.
    Result<QList<StoredSample>> samplesAsTheyCame(UtcMs from, UtcMs to) const;
    /// Times within the range in which nobody watched, ascending: between two runs of the program, and while
    /// this machine slept.
    Result<QList<TimeSpan>> gaps(UtcMs from, UtcMs to) const;
    /// The newest sample that started before that moment.
    Result<std::optional<StoredSample>> lastSample(MonitorId monitor, UtcMs before) const;
    /// Only those that hold at least one check; starts are multiples of the width since 1970. Percentiles are
    /// within one percent.
    Result<QList<Rollup>> rollups(MonitorId monitor, UtcMs from, UtcMs to, milliseconds width) const;
    /// The range at the resolution that so many pixels need: one to two rollups a pixel where that many can
    /// be told apart, kMostPoints at most. Their least and greatest latencies are kept.
    static constexpr int kMostPoints = 2'000;
    Result<QList<Rollup>> chart(MonitorId monitor, UtcMs from, UtcMs to, int pixels) const;
    /// The same from every sample that is kept: with exact percentiles, and slower.
    Result<QList<Rollup>> chartOfSamples(MonitorId monitor, UtcMs from, UtcMs to, int pixels) const;
    /// Cut to the range; time that nothing was stored for is NotObserved. They touch each other and fill the
    /// range up to `to` or to the last moment this program is known to have been alive, whichever is earlier.
    Result<QList<StateInterval>> stateIntervals(MonitorId monitor, UtcMs from, UtcMs to) const;
    /// The share of Up and Degraded time in the observed time, 0 to 1; absent when nothing was observed.
    Result<std::optional<double>> availability(MonitorId monitor, UtcMs from, UtcMs to) const;

    /// Newest first, all that overlap the range; monitor 0 means every one.
    Result<QList<Incident>> incidents(MonitorId monitor, UtcMs from, UtcMs to) const;
    Result<Incident> incident(IncidentId id) const;
    Result<std::optional<Incident>> openIncident(MonitorId monitor) const;
    Result<Evidence> evidence(IncidentId id) const;

    /// What was read of the load of the machines behind a service, one series a value, those with a reading
    /// in the range; kMostPoints each at most, with the least and the most of what a point stands for.
    Result<QList<LoadSeries>> loadSeries(const QString &service, UtcMs from, UtcMs to) const;

    /// For reading the tables of other rooms (monitors) over the same connection.
    const QSqlDatabase &database() const { return m_database.connection(); }

private:
    explicit HistoryReader(Database database);

    Database m_database;
    std::unique_ptr<SampleReader> m_samples;
    std::unique_ptr<PageFetcher> m_pages;
};

} // namespace backwatch
