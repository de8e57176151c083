// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/maintenancewindow.h"
#include "app/core/state.h"

#include <QList>

#include <optional>

namespace backwatch {

/// The settled states of one monitor over the last while, for figures that have to be at hand without asking
/// the disk. Pure.
class StateTrail
{
public:
    StateTrail() = default;
    /// @param intervals in order; what lies between them was not observed
    explicit StateTrail(const QList<StateInterval> &intervals);

    /// That state began at that moment; what was settled after it is overruled.
    void settle(State state, UtcMs at);
    /// Outages that count as something else, instead of those that were told before; one that lasts ends at
    /// the greatest time.
    void excuse(const QList<TimeSpan> &outages) { m_excused = outages; }
    /// What lasted has come to its end: the next outage is not excused.
    void outageEnded(UtcMs at);
    /// Forgets what ended before that moment.
    void forgetBefore(UtcMs moment);

    /// The share of Up and Degraded time in the observed time from `from` to `now`, 0 to 1; absent when
    /// nothing was observed. Maintenance, Paused and NotObserved count as not observed,
    /// and so do outages that are excused.
    std::optional<double> availability(UtcMs from, UtcMs now) const;

private:
    qint64 excusedIn(UtcMs from, UtcMs to) const;

    struct Turn
    {
        State state;
        UtcMs at;
    };
    QList<Turn> m_turns;
    QList<TimeSpan> m_excused;
};

} // namespace backwatch
