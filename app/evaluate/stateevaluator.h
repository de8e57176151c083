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

struct Evaluation
{
    MonitorState next;
    std::optional<StateChange> settled;
    bool recheckSoon =
        false; ///< the next check should come after the retry interval, not after the whole one
};

/// Draws the next state from the one before and one sample. Pure: replaying stored samples gives the same
/// states.
/// @param furtherFailures how many failures after the first make it Down (Monitor::retries)
Evaluation evaluate(const MonitorState &before, const Sample &sample, int furtherFailures);

} // namespace backwatch
