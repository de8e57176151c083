// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/evaluate/watchedstate.h"

#include <QHash>

#include <algorithm>

namespace backwatch {

/// What the judgement needs to know of one monitor besides its samples.
struct JudgedMonitor
{
    JudgingRules rules;
    QList<MonitorId> parents;
    QList<MaintenanceWindow> maintenance; ///< its own and its service's
};

/// What was true around that sample, given what is remembered of everybody at that moment.
template <typename Remembered> ///< MonitorId -> const WatchedState *, null for a stranger
Surroundings surroundingsOf(const JudgedMonitor &monitor, const MonitorState &before, const Sample &sample,
                            Remembered remembered)
{
    Surroundings around;
    around.inMaintenance =
        std::any_of(monitor.maintenance.begin(), monitor.maintenance.end(),
                    [&](const auto &window) { return occurrenceAt(window, sample.startedAt).has_value(); });
    if (monitor.parents.isEmpty() || judgementOf(sample.outcome) != Judgement::Failed)
        return around;
    QList<const WatchedState *> parents;
    for (const MonitorId id : monitor.parents)
        if (const WatchedState *parent = remembered(id))
            parents += parent;
    around.parents =
        healthOfParents(parents, before.failuresInARow > 0 ? before.firstFailureAt : sample.startedAt);
    return around;
}

struct Replayed
{
    QList<State> states;       ///< one for each sample, in the same order
    QList<Incident> incidents; ///< in the order in which they opened, without ids, producers and references
    QHash<MonitorId, QList<StateChange>> changes;
};

/// Draws states and incidents anew from samples in the order in which they came in.
/// @param gaps times in which nobody watched, ascending
Replayed replay(const QHash<MonitorId, JudgedMonitor> &monitors, const QList<Sample> &samples,
                const QList<TimeSpan> &gaps = {});

} // namespace backwatch
