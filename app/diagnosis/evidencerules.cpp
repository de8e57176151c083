// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/rules.h"
#include "app/diagnosis/verdicttext.h"

#include <array>

namespace backwatch {

namespace {

using enum CauseKind;

struct TimeRule
{
    Wait wait;
    CauseKind kind;
    int weight;
};

// What the time until the first byte says about causes that the page allows for. A refused connection, a
// server marked down and a limit answer at once; a time-out needs its time.
constexpr std::array kTimeRules{
    // Weight 0: a fact that stands beside the cause and moves nothing.
    TimeRule{Wait::Instant, UpstreamRefused, 0},
    TimeRule{Wait::Instant, UpstreamUnhealthy, 0},
    TimeRule{Wait::Instant, RateLimited, 0},
    TimeRule{Wait::Instant, UpstreamTimeout, -2},
    TimeRule{Wait::Instant, UpstreamUnreachable, -2},
    TimeRule{Wait::Some, UpstreamRefused, -1},
    TimeRule{Wait::Some, UpstreamUnhealthy, -1},
    TimeRule{Wait::Some, RateLimited, -1},
    TimeRule{Wait::Some, UpstreamClosed, 1},
    TimeRule{Wait::Long, UpstreamRefused, -2},
    TimeRule{Wait::Long, UpstreamUnhealthy, -2},
    TimeRule{Wait::Long, RateLimited, -2},
    TimeRule{Wait::Long, Maintenance, -2},
    TimeRule{Wait::Long, UpstreamClosed, 1},
    TimeRule{Wait::Long, Overload, 1},
    TimeRule{Wait::Round, UpstreamTimeout, 2},
    TimeRule{Wait::Round, UpstreamUnreachable, 1},
    TimeRule{Wait::Round, Overload, 1},
    TimeRule{Wait::Round, UpstreamRefused, -2},
    TimeRule{Wait::Round, UpstreamUnhealthy, -2},
    TimeRule{Wait::Round, RateLimited, -2},
    TimeRule{Wait::Round, Maintenance, -2},
    TimeRule{Wait::Round, UpstreamInvalid, -1},
    TimeRule{Wait::AtTimeout, UpstreamUnhealthy, -2},
    TimeRule{Wait::AtTimeout, Maintenance, -2},
    TimeRule{Wait::AtTimeout, RateLimited, -2},
    TimeRule{Wait::AtTimeout, UpstreamRefused, -2},
    TimeRule{Wait::AtTimeout, UpstreamTimeout, 1},
    TimeRule{Wait::AtTimeout, UpstreamInvalid, -1},
};

QString timeFact(const Signs &signs)
{
    const auto ms = signs.waited.count();
    switch (signs.wait) {
    case Wait::Instant:
        return VerdictText::tr("The answer began after %1 ms: nothing was waited for.").arg(ms);
    case Wait::Round:
    case Wait::AtTimeout:
        return VerdictText::tr(
                   "The answer began after %1 ms, a whole number of seconds as a time-out has it.")
            .arg(ms);
    default:
        return VerdictText::tr("The answer began after %1 ms: something was waited for.").arg(ms);
    }
}

QString timeoutFact(const Signs &signs)
{
    const double seconds = static_cast<double>(signs.timeout->after.count()) / 1000;
    if (signs.timeoutIsConfigured)
        return VerdictText::tr(
                   "The answer began after %1 ms, where the time-out of %2 s that is configured for %3 runs "
                   "out.")
            .arg(signs.waited.count())
            .arg(seconds)
            .arg(signs.producer);
    return VerdictText::tr("The answer began after %1 ms, where %2 of %3 runs out (%4 s unless changed).")
        .arg(signs.waited.count())
        .arg(signs.timeout->setting, signs.producer)
        .arg(seconds);
}

/// A short Retry-After asks for a breath, a long one announces work.
constexpr std::chrono::seconds kAnnouncesWork{60};

} // namespace

void weighTime(const Signs &signs, Ranking &ranking)
{
    if (signs.wait == Wait::NotMeasured || signs.status < 400)
        return;
    const QString fact = timeFact(signs);
    for (const auto &rule : kTimeRules) {
        const bool explained = signs.timeout && signs.timeout->cause == rule.kind;
        if (rule.wait == signs.wait && !explained)
            ranking.weighSuspect(rule.kind, rule.weight, fact);
    }
    if (signs.timeout)
        ranking.weighSuspect(signs.timeout->cause, 3, timeoutFact(signs));
    if (signs.wait == Wait::Instant && signs.pausesWhenRefused)
        ranking.weighSuspect(
            UpstreamRefused, -1,
            VerdictText::tr("%1 tries a refused connection again after a pause, and nothing was waited "
                            "for.")
                .arg(signs.producer));
}

void weighFields(const Signs &signs, Ranking &ranking)
{
    if (signs.status < 400)
        return;
    if (!signs.stored.isEmpty() && signs.status >= 500)
        ranking.weigh({StoredError, 4, signs.stored});
    if (!signs.retryAfter)
        return;
    // Some gateways put the same short Retry-After on every error page; a long one was put there by somebody.
    if (signs.role == Role::Gateway && *signs.retryAfter < kAnnouncesWork)
        return;
    const QString asked =
        VerdictText::tr("Retry-After asks to come back after %1 s.").arg(signs.retryAfter->count());
    if (*signs.retryAfter >= kAnnouncesWork)
        ranking.weighSuspect(Maintenance, 1, asked);
    else
        ranking.weighSuspect(Overload, 1, asked);
}

} // namespace backwatch
