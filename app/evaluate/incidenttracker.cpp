// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/incidenttracker.h"

namespace backwatch {

namespace {

/// Whatever the state is called: in maintenance, too, an answer ends what was wrong.
bool worked(const Sample &sample)
{
    const Judgement judgement = judgementOf(sample.outcome);
    return judgement == Judgement::Good || judgement == Judgement::Degraded;
}

} // namespace

IncidentChange track(const std::optional<Incident> &open, const Evaluation &evaluation, const Sample &sample,
                     const Sample &firstFailure)
{
    IncidentChange change;
    const State state = evaluation.next.state;
    if (state == State::Down && !open) {
        Incident incident;
        incident.monitor = sample.monitor;
        incident.openedAt = evaluation.next.firstFailureAt;
        incident.confirmedAt = sample.startedAt;
        incident.outcome = firstFailure.outcome;
        incident.httpStatus = firstFailure.httpStatus;
        incident.detail = firstFailure.detail;
        change.opened = incident;
    } else if (open && worked(sample)) {
        change.closed = open;
        change.closed->closedAt = sample.startedAt;
    }
    return change;
}

} // namespace backwatch
