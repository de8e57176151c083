// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

#include <QStringView>

#include <optional>

namespace backwatch {

/// What is believed of a monitor. The numbers are stored and the ids are public, so neither ever changes.
enum class State {
    NotObserved = 0, ///< no sample yet, or this program could not see
    Up = 1,
    Degraded = 2,
    Suspect = 3, ///< failed, not yet confirmed by the fast re-check
    Down = 4,    ///< failure confirmed
    Unreachable = 5,
    Maintenance = 6,
    Paused = 7,
};

constexpr int kStateCount = 8;

QStringView
stateId(State state); ///< not-observed, up, degraded, suspect, down, unreachable, maintenance, paused
std::optional<State> stateFromId(QStringView id);
std::optional<State> stateFromNumber(int number);

/// Whether a monitor changes to and fro, after the model of Nagios.
struct Flapping
{
    quint64 recent = 0; ///< the newest checks, two bits each, the newest lowest: 1 up, 2 degraded, 3 failed
    int count = 0;      ///< how many checks stand in it, 21 at most
    double share = 0;   ///< weighted share of changes among them, 0 to 1
    bool flapping = false;

    bool operator==(const Flapping &) const = default;
};

/// The judgement over the samples so far. A value: the evaluator makes the next one from it.
struct MonitorState
{
    State state = State::NotObserved;
    UtcMs since = 0;                    ///< start of the first sample of this state
    State settled = State::NotObserved; ///< the newest state that is not Suspect
    UtcMs settledSince = 0;
    int failuresInARow = 0;   ///< 0 unless Suspect or Down
    UtcMs firstFailureAt = 0; ///< start of the first of them
    UtcMs announcedSince = 0; ///< start of the first 503 in a row that announced Maintenance; 0: none did
    Flapping flapping{};

    bool operator==(const MonitorState &) const = default;
};

/// A stretch of time in one settled state; Suspect is never one, it becomes Down or is forgotten.
struct StateInterval
{
    State state = State::NotObserved;
    UtcMs from = 0;
    UtcMs to = 0; ///< exclusive; the current interval ends "now"

    bool operator==(const StateInterval &) const = default;
};

} // namespace backwatch
