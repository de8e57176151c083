// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sample.h"
#include "app/core/state.h"

#include <optional>

namespace backwatch {

/// A settled state begins. Suspect never settles: it is confirmed, and then counts from its first failing
/// sample, or it is refuted, and then the time belongs to the state before.
struct StateChange
{
    State from = State::NotObserved;
    State to = State::NotObserved;
    UtcMs at = 0; ///< when the new state began

    bool operator==(const StateChange &) const = default;
};

/// How what a monitor depends on is, as a failure of the monitor sees it.
enum class ParentHealth {
    Fine,
    Undecided, ///< one of them has failed without being confirmed, or was not looked at since
    Failed,    ///< one of them is Down, Unreachable, or failing in its maintenance
};

/// What the admin wants of the judgement on one monitor.
struct JudgingRules
{
    int furtherFailures = 2; ///< how many failures after the first make it Down (Monitor::retries)
    milliseconds announcedMaintenance{0}; ///< see Monitor::announcedMaintenance
};

JudgingRules rulesOf(const Monitor &monitor);

/// What was true around a sample when it was taken.
struct Surroundings
{
    bool inMaintenance = false; ///< planned by the admin
    ParentHealth parents = ParentHealth::Fine;
};

struct Evaluation
{
    MonitorState next;
    std::optional<StateChange> settled;
    bool recheckSoon =
        false; ///< the next check should come after the retry interval, not after the whole one
};

/// A Retry-After below this is no announcement: caches and balancers send a few seconds with every error.
constexpr std::chrono::seconds kLeastAnnouncement{30};

/// Draws the next state from the one before and one sample. Pure: replaying stored samples gives the same
/// states.
Evaluation evaluate(const MonitorState &before, const Sample &sample, const JudgingRules &rules,
                    const Surroundings &around = {});

/// Nobody watched from that moment on: this program was away, or this machine slept.
Evaluation interrupted(const MonitorState &before, UtcMs from);

} // namespace backwatch
