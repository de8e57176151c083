// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/restoredmonitor.h"

#include "app/history/daynumber.h"
#include "app/history/outageclass.h"

namespace backwatch {

namespace {

Result<void> restoreIncident(const HistoryReader &reader, LiveMonitor &live)
{
    const auto open = reader.openIncident(live.monitor.id);
    if (!open)
        return tl::make_unexpected(open.error());
    if (!*open)
        return {};
    live.incident = **open;
    live.state.state = State::Down;
    live.state.since = live.incident->openedAt;
    live.state.failuresInARow = live.monitor.retries + 1;
    live.state.firstFailureAt = live.incident->openedAt;
    live.firstFailure.monitor = live.monitor.id;
    live.firstFailure.startedAt = live.incident->openedAt;
    live.firstFailure.outcome = live.incident->outcome;
    live.firstFailure.httpStatus = live.incident->httpStatus;
    live.firstFailure.detail = live.incident->detail;
    const auto evidence = reader.evidence(live.incident->id);
    if (!evidence)
        return tl::make_unexpected(evidence.error());
    live.firstFailureExchange = evidence->failed;
    live.lastGood = evidence->lastGood;
    return {};
}

} // namespace

Result<QList<TimeSpan>> excusedOutages(const HistoryReader &reader, MonitorId monitor, UtcMs now)
{
    return reclassifiedOutages(reader.database(), monitor, {now - kDayMs, now})
        .map([](const QList<Reclassified> &outages) {
            QList<TimeSpan> spans;
            for (const auto &outage : outages)
                spans.append(outage.span);
            return spans;
        });
}

Result<LiveMonitor> restoredMonitor(const HistoryReader &reader, const Monitor &monitor, UtcMs now,
                                    bool withRecent)
{
    LiveMonitor live;
    live.monitor = monitor;
    const auto intervals = reader.stateIntervals(monitor.id, now - kDayMs, now);
    if (!intervals)
        return tl::make_unexpected(intervals.error());
    live.trail = StateTrail(*intervals);
    const auto excused = excusedOutages(reader, monitor.id, now);
    if (!excused)
        return tl::make_unexpected(excused.error());
    live.trail.excuse(*excused);
    if (withRecent) {
        const auto samples = reader.samples(monitor.id, now - RecentSamples::kSpanMs, now);
        if (!samples)
            return tl::make_unexpected(samples.error());
        for (const auto &sample : *samples)
            live.recent.add(sample);
    }
    if (const auto incident = restoreIncident(reader, live); !incident)
        return tl::make_unexpected(incident.error());
    if (monitor.paused)
        live.state = {State::Paused, now, State::Paused, now};
    return live;
}

} // namespace backwatch
