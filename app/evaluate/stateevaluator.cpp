// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/stateevaluator.h"

namespace backwatch {

namespace {

/// Settles in a state that began at that moment, or goes on in it.
Evaluation settle(const MonitorState &before, State state, UtcMs at)
{
    Evaluation evaluation;
    MonitorState &next = evaluation.next;
    next.state = next.settled = state;
    next.since = next.settledSince = before.settled == state ? before.settledSince : at;
    if (before.settled != state)
        evaluation.settled = StateChange{before.settled, state, at};
    return evaluation;
}

Evaluation afterFailure(const MonitorState &before, const Sample &sample, int furtherFailures)
{
    const int failures = before.failuresInARow + 1;
    const UtcMs first = before.failuresInARow == 0 ? sample.startedAt : before.firstFailureAt;
    Evaluation evaluation;
    if (before.state == State::Down) {
        // Known to be down from before a restart, but the time since was not observed: it settles from here
        // on.
        evaluation = settle(before, State::Down, sample.startedAt);
    } else if (failures > furtherFailures) {
        evaluation = settle(before, State::Down, first);
    } else {
        evaluation.next = before;
        evaluation.next.state = State::Suspect;
        evaluation.next.since = first;
        evaluation.recheckSoon = true;
    }
    evaluation.next.failuresInARow = failures;
    evaluation.next.firstFailureAt = first;
    return evaluation;
}

} // namespace

Evaluation evaluate(const MonitorState &before, const Sample &sample, int furtherFailures)
{
    switch (judgementOf(sample.outcome)) {
    case Judgement::Good:
        return settle(before, State::Up, sample.startedAt);
    case Judgement::Degraded:
        return settle(before, State::Degraded, sample.startedAt);
    case Judgement::Failed:
        return afterFailure(before, sample, furtherFailures);
    case Judgement::Neutral:
        break;
    }
    return {before, std::nullopt, before.state == State::Suspect};
}

} // namespace backwatch
