// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/rules.h"

namespace backwatch {

namespace {

using enum CauseKind;

/// How much measured exhaustion explains of what ranks first without it.
enum class Bearing {
    None,  ///< the one has nothing to do with the other
    Some,  ///< what is exhausted may end in it
    Whole, ///< it is how exhaustion looks from outside
};

Bearing bearingOn(CauseKind first)
{
    switch (first) {
    case Overload:
    case UpstreamTimeout:
    case UpstreamUnreachable:
    case UpstreamClosed:
    case UpstreamUnhealthy:
    case HostingLimit:
    case RateLimited:
    case Maintenance:
    case Unknown:
        return Bearing::Whole;
    case UpstreamRefused:
    case UpstreamInvalid:
    case ApplicationError:
    case Truncated:
        return Bearing::Some;
    default:
        return Bearing::None;
    }
}

/// Another cause, and not only the way in which one shows.
bool isReason(CauseKind kind)
{
    return kind == RateLimited || kind == Maintenance || kind == HostingLimit || kind == ApplicationError;
}

/// A name that is not there and a certificate that has expired fail on idle machines as well.
bool mayComeOfLoad(const Signs &signs)
{
    switch (signs.outcome) {
    case Outcome::ConnectTimeout:
    case Outcome::FirstByteTimeout:
    case Outcome::BodyTimeout:
    case Outcome::ClosedEarly:
        return true;
    default:
        return signs.status >= 500 || signs.truncated;
    }
}

/// Behind those that serve the requests: they are busy because they wait for it.
bool isWaitedFor(const FailingPart &failing, const FailingPart &exhausted)
{
    switch (failing.layer) {
    case Layer::Unknown:
        return false;
    case Layer::Database:
    case Layer::Dns:
        return true;
    case Layer::Runtime:
        return exhausted.layer == Layer::WebServer || exhausted.layer == Layer::Balancer;
    default:
        return false;
    }
}

int weightOf(Bearing bearing, const DiagnosisContext &context, const FailingPart &failing)
{
    if (bearing == Bearing::None)
        return 0;
    if (!context.workersExhausted || isWaitedFor(failing, context.exhausted))
        return bearing == Bearing::Whole ? 2 : 1;
    // A refusal needs no load to explain it, but a full queue refuses too.
    return bearing == Bearing::Whole ? 8 : 4;
}

} // namespace

void weighLoad(const Signs &signs, const DiagnosisContext &context, const FailingPart &failing,
               Ranking &ranking)
{
    if (context.loadFacts.isEmpty() || ranking.isEmpty() || !mayComeOfLoad(signs))
        return;
    if (!context.overloaded) {
        ranking.weighSuspect(Overload, -1, context.loadFacts.first());
        return;
    }
    const Cause first = ranking.causes().first();
    // A reason that a page names for certain stays first.
    const bool isSettled = first.confidence == Confidence::High && isReason(first.kind);
    int weight = isSettled ? 0 : weightOf(bearingOn(first.kind), context, failing);
    // The first sentence moves the cause, the others stand beside it.
    for (const auto &fact : context.loadFacts) {
        if (weight > 0)
            ranking.weigh({Overload, weight, fact});
        else
            ranking.weighSuspect(Overload, 0, fact);
        weight = 0;
    }
}

} // namespace backwatch
