// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/pingtally.h"

#include "app/probes/httpoutcome.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace backwatch {

namespace {

struct PingTallyText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::Ping)
};

Verdict nothingCameBack(const PingTally &tally, const QString &address, milliseconds waited)
{
    switch (tally.error) {
    case 0:
        return {Outcome::FirstByteTimeout,
                PingTallyText::tr("%1 answered none of %n ping(s) within %2; a firewall may keep pings away.",
                                  nullptr, tally.sent)
                    .arg(address, readableTime(waited))};
    case ENETUNREACH:
        return {Outcome::Unreachable, PingTallyText::tr("No route leads to %1.").arg(address)};
    case EHOSTUNREACH:
    case EHOSTDOWN:
        return {Outcome::Unreachable,
                PingTallyText::tr("%1 is not there: the network says that the host cannot be reached.")
                    .arg(address)};
    case EACCES:
    case EPERM:
        return {Outcome::Unreachable, PingTallyText::tr("A firewall forbids pings to %1.").arg(address)};
    default:
        return {Outcome::Unreachable, PingTallyText::tr("%1 cannot be pinged: %2.")
                                          .arg(address, QString::fromLocal8Bit(std::strerror(tally.error)))};
    }
}

} // namespace

std::optional<microseconds> PingTally::median() const
{
    if (roundTrips.isEmpty())
        return std::nullopt;
    auto sorted = roundTrips;
    const auto middle = sorted.begin() + (sorted.size() - 1) / 2;
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

Verdict pingVerdict(const PingTally &tally, const QString &address, std::optional<milliseconds> slowAfter,
                    milliseconds waited)
{
    const auto median = tally.median();
    if (!median)
        return nothingCameBack(tally, address, waited);
    const int lost = tally.sent - static_cast<int>(tally.roundTrips.size());
    if (lost > 0)
        return {Outcome::Partial, PingTallyText::tr("%n ping(s) of %1 to %2 were lost.", nullptr, lost)
                                      .arg(tally.sent)
                                      .arg(address)};
    if (slowAfter && *median > *slowAfter)
        return {Outcome::Slow, PingTallyText::tr("%1 answers pings after %2; expected within %3.")
                                   .arg(address, readableTime(*median), readableTime(*slowAfter))};
    return {Outcome::Ok, PingTallyText::tr("%1 answered %n ping(s), after %2 as a rule.", nullptr, tally.sent)
                             .arg(address, readableTime(*median))};
}

} // namespace backwatch
