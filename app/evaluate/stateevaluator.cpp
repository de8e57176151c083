// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/stateevaluator.h"

#include "app/evaluate/flapping.h"

namespace backwatch {

namespace {

/// So many failures more than usual are waited for while it is not clear whether a parent is to blame.
constexpr int kPatienceWithParents = 3;

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

Evaluation suspect(const MonitorState &before, UtcMs first)
{
    Evaluation evaluation;
    evaluation.next = before;
    evaluation.next.state = State::Suspect;
    evaluation.next.since = first;
    evaluation.recheckSoon = true;
    return evaluation;
}

Evaluation confirmed(const MonitorState &before, const Sample &sample, UtcMs first, ParentHealth parents)
{
    const bool wasKnown = before.state == State::Down || before.state == State::Unreachable;
    if (parents == ParentHealth::Failed)
        return settle(before, State::Unreachable, wasKnown ? sample.startedAt : first);
    // Known to be down from before a restart, but the time since was not observed: it settles from here on.
    return settle(before, State::Down, before.state == State::Down ? sample.startedAt : first);
}

Evaluation afterFailure(const MonitorState &before, const Sample &sample, const JudgingRules &rules,
                        ParentHealth parents)
{
    // When its parents have recovered it gets the time that any other failure gets.
    const bool anew =
        before.failuresInARow == 0 || (before.state == State::Unreachable && parents != ParentHealth::Failed);
    const int failures = anew ? 1 : before.failuresInARow + 1;
    const UtcMs first = anew ? sample.startedAt : before.firstFailureAt;
    const int needed =
        rules.furtherFailures + (parents == ParentHealth::Undecided ? kPatienceWithParents : 0);
    Evaluation evaluation = before.state == State::Down || failures > needed
                                ? confirmed(before, sample, first, parents)
                                : suspect(before, first);
    evaluation.next.failuresInARow = failures;
    evaluation.next.firstFailureAt = first;
    return evaluation;
}

bool announcesMaintenance(const Sample &sample)
{
    constexpr int kServiceUnavailable = 503;
    return sample.httpStatus == kServiceUnavailable && sample.retryAfter &&
           *sample.retryAfter >= kLeastAnnouncement;
}

Evaluation afterAnnouncement(const MonitorState &before, const Sample &sample, UtcMs since)
{
    Evaluation evaluation = settle(before, State::Maintenance, sample.startedAt);
    evaluation.next.announcedSince = since;
    return evaluation;
}

/// This machine's own network is gone; a failure that was not confirmed by then may have been the first sign.
Evaluation afterOwnLoss(const MonitorState &before, const Sample &sample)
{
    const UtcMs from = before.state == State::Suspect ? before.firstFailureAt : sample.startedAt;
    return settle(before, State::NotObserved, from);
}

Evaluation judged(const MonitorState &before, const Sample &sample, const JudgingRules &rules,
                  const Surroundings &around)
{
    const Judgement judgement = judgementOf(sample.outcome);
    if (sample.outcome == Outcome::LocalNetwork)
        return afterOwnLoss(before, sample);
    if (judgement == Judgement::Neutral)
        return {before, std::nullopt, before.state == State::Suspect};
    if (around.inMaintenance)
        return settle(before, State::Maintenance, sample.startedAt);
    if (judgement == Judgement::Good)
        return settle(before, State::Up, sample.startedAt);
    if (judgement == Judgement::Degraded)
        return settle(before, State::Degraded, sample.startedAt);

    const UtcMs announcedSince = before.announcedSince > 0 ? before.announcedSince : sample.startedAt;
    const bool announces = announcesMaintenance(sample);
    if (announces && sample.startedAt - announcedSince < rules.announcedMaintenance.count())
        return afterAnnouncement(before, sample, announcedSince);
    Evaluation evaluation = afterFailure(before, sample, rules, around.parents);
    evaluation.next.announcedSince = announces ? announcedSince : 0;
    return evaluation;
}

} // namespace

JudgingRules rulesOf(const Monitor &monitor)
{
    // The members of a group have been confirmed already.
    const bool isGroup = std::holds_alternative<GroupCheck>(monitor.check);
    return {isGroup ? 0 : monitor.retries, monitor.announcedMaintenance};
}

Evaluation evaluate(const MonitorState &before, const Sample &sample, const JudgingRules &rules,
                    const Surroundings &around)
{
    Evaluation evaluation = judged(before, sample, rules, around);
    evaluation.next.flapping = withCheck(before.flapping, judgementOf(sample.outcome));
    return evaluation;
}

Evaluation interrupted(const MonitorState &before, UtcMs from)
{
    Evaluation evaluation = settle(before, State::NotObserved, from);
    evaluation.next.flapping = before.flapping;
    return evaluation;
}

} // namespace backwatch
