// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/diagnosis/diagnosis.h"
#include "app/evaluate/statetrail.h"
#include "app/evaluate/watchedstate.h"
#include "app/service/loadpicture.h"
#include "app/service/recentsamples.h"

namespace backwatch {

/// Everything that is known of one monitor while the program runs.
struct LiveMonitor : WatchedState
{
    Monitor monitor;
    std::optional<Sample> last;
    RecentSamples recent;
    StateTrail trail;

    // Of the failure under way, from its first failing sample on.
    ExchangePtr firstFailureExchange;
    Recognition recognition;
    Diagnosis diagnosis;             ///< of the incident; without causes until it opens
    QList<AnsweredQuestion> answers; ///< to what was asked about the incident
    LoadPicture load; ///< of the machines behind; once at their limit, it stays that of the incident
    ExchangePtr lastGood;
};

/// Takes one answer in: state, incident, last exchanges. Pure but for the monitor that it changes; who is
/// told and what is stored is the service's affair. An incident that opens carries producer and references,
/// but no id yet.
/// @param bodyBudget bytes of body that are kept of the last good exchange
WatchedStep take(LiveMonitor &live, const CheckResult &result, const Surroundings &around,
                 const Fingerprints &fingerprints, qsizetype bodyBudget);

/// A short sentence on what is wrong while it is, empty while all is well:
/// "Varnish Cache answers 503 Backend fetch failed".
QString causeOf(const LiveMonitor &live);

} // namespace backwatch
