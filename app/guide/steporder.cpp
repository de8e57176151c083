// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/guide/steporder.h"

#include "app/guide/playbook.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

using enum CauseKind;

// One letter a step: (l)ogs, l(o)ad, (b)ackend services, application (c)ode, c(f)g, cache (k), (p)rovider.
struct OrderRow
{
    CauseKind cause;
    const char *steps;
};

// Logs come first where only they tell the reason. Emptying a cache adds load, so it is last unless the cache
// itself is the trouble.
constexpr std::array kOrders{
    OrderRow{UpstreamRefused, "lbofcpk"},    OrderRow{UpstreamUnreachable, "lbfpock"},
    OrderRow{UpstreamTimeout, "lobcfpk"},    OrderRow{UpstreamClosed, "lcobfpk"},
    OrderRow{UpstreamInvalid, "lfcbopk"},    OrderRow{UpstreamUnhealthy, "lbfocpk"},
    OrderRow{UpstreamUnresolved, "flbpock"}, OrderRow{UpstreamTls, "flbpock"},
    OrderRow{Overload, "olbfcpk"},           OrderRow{RateLimited, "lfopcbk"},
    OrderRow{Maintenance, "cflbopk"},        OrderRow{DatabaseDown, "bolfcpk"},
    OrderRow{ApplicationError, "lcbofpk"},   OrderRow{Misconfigured, "flcbopk"},
    OrderRow{StoredError, "klbfocp"},        OrderRow{HostingLimit, "polcfbk"},
    OrderRow{Truncated, "lcobfpk"},          OrderRow{RedirectLoop, "fckblop"},
};

QString stepOf(char letter)
{
    constexpr std::string_view kLetters = "lobcfkp"; // as PlaybookFile::stepIds() has them
    return PlaybookFile::stepIds().value(static_cast<qsizetype>(kLetters.find(letter)));
}

} // namespace

QStringList stepOrder(CauseKind cause)
{
    QStringList order;
    const auto row = std::find_if(kOrders.begin(), kOrders.end(),
                                  [cause](const OrderRow &one) { return one.cause == cause; });
    if (row != kOrders.end())
        for (const char letter : std::string_view(row->steps))
            order.append(stepOf(letter));
    return order;
}

} // namespace backwatch
