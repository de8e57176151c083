// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/watchedstate.h"

#include <algorithm>

namespace backwatch {

namespace {

ParentHealth healthOf(const WatchedState &parent, UtcMs failedSince)
{
    switch (parent.state.state) {
    case State::Down:
    case State::Unreachable:
        return ParentHealth::Failed;
    case State::Maintenance:
        return parent.lastFailed ? ParentHealth::Failed : ParentHealth::Fine;
    case State::Suspect:
        return ParentHealth::Undecided;
    case State::Up:
    case State::Degraded:
        // What it was before its child failed does not tell what it is now.
        return parent.lastSampleAt < failedSince ? ParentHealth::Undecided : ParentHealth::Fine;
    case State::NotObserved:
    case State::Paused:
        break;
    }
    return ParentHealth::Fine;
}

} // namespace

WatchedStep advance(WatchedState &watched, const Sample &sample, const JudgingRules &rules,
                    const Surroundings &around)
{
    WatchedStep step;
    const Judgement judgement = judgementOf(sample.outcome);
    step.evaluation = evaluate(watched.state, sample, rules, around);
    step.failureBegan =
        judgement == Judgement::Failed && step.evaluation.next.firstFailureAt == sample.startedAt;
    if (step.failureBegan)
        watched.firstFailure = sample;
    step.incident = track(watched.incident, step.evaluation, sample, watched.firstFailure);
    watched.state = step.evaluation.next;
    if (step.incident.opened)
        watched.incident = step.incident.opened;
    if (step.incident.closed)
        watched.incident.reset();
    if (judgement != Judgement::Neutral) {
        watched.lastSampleAt = sample.startedAt;
        watched.lastFailed = judgement == Judgement::Failed;
    }
    return step;
}

std::optional<StateChange> interrupt(WatchedState &watched, UtcMs from)
{
    const Evaluation evaluation = interrupted(watched.state, from);
    watched.state = evaluation.next;
    return evaluation.settled;
}

ParentHealth healthOfParents(const QList<const WatchedState *> &parents, UtcMs failedSince)
{
    ParentHealth worst = ParentHealth::Fine;
    for (const auto *parent : parents)
        worst = std::max(worst, healthOf(*parent, failedSince));
    return worst;
}

} // namespace backwatch
