// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/incidenttracker.h"

namespace backwatch {

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
    } else if (open && (state == State::Up || state == State::Degraded)) {
        change.closed = open;
        change.closed->closedAt = sample.startedAt;
    }
    return change;
}

} // namespace backwatch
