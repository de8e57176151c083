// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/evaluate/incidenttracker.h"
#include "app/evaluate/stateevaluator.h"

namespace backwatch {

/// What the judgement remembers of one monitor between two samples.
struct WatchedState
{
    MonitorState state;
    Sample firstFailure;              ///< of the failure under way
    std::optional<Incident> incident; ///< the one that lasts
    UtcMs lastSampleAt = 0;           ///< of the newest sample that says something; 0: none yet
    bool lastFailed = false;          ///< that one did
};

/// What one sample did.
struct WatchedStep
{
    Evaluation evaluation;
    IncidentChange incident;
    bool failureBegan = false; ///< the sample is the first of a failure
};

/// Takes one sample in. Pure but for the record that it changes. An incident that opens carries neither id
/// nor producer and references yet; it stands in the record at once, and is gone from it when it closes.
WatchedStep advance(WatchedState &watched, const Sample &sample, const JudgingRules &rules,
                    const Surroundings &around);

/// The same record after a time in which nobody watched.
std::optional<StateChange> interrupt(WatchedState &watched, UtcMs from);

/// How parents look to a failure of their child.
/// @param failedSince start of the child's first failing sample
ParentHealth healthOfParents(const QList<const WatchedState *> &parents, UtcMs failedSince);

} // namespace backwatch
