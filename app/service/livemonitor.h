// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/diagnosis/fingerprints.h"
#include "app/evaluate/incidenttracker.h"
#include "app/evaluate/stateevaluator.h"
#include "app/evaluate/statetrail.h"
#include "app/service/recentsamples.h"

namespace backwatch {

/// Everything that is known of one monitor while the program runs.
struct LiveMonitor
{
    Monitor monitor;
    MonitorState state;
    std::optional<Sample> last;
    RecentSamples recent;
    StateTrail trail;
    std::optional<Incident> incident; ///< the one that lasts

    // Of the failure under way, from its first failing sample on.
    Sample firstFailure;
    ExchangePtr firstFailureExchange;
    Recognition recognition;
    ExchangePtr lastGood;
};

/// What one answer led to.
struct LiveStep
{
    Evaluation evaluation;
    IncidentChange incident; ///< opened: with producer and references, without id
};

/// Takes one answer in: state, incident, last exchanges. Pure but for the monitor that it changes; who is
/// told and what is stored is the service's affair.
/// @param bodyBudget bytes of body that are kept of the last good exchange
LiveStep take(LiveMonitor &live, const CheckResult &result, const Fingerprints &fingerprints,
              qsizetype bodyBudget);

/// A short sentence on what is wrong while it is, empty while all is well:
/// "Varnish Cache answers 503 Backend fetch failed".
QString causeOf(const LiveMonitor &live);

} // namespace backwatch
