// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httplanes.h"

#include "app/probes/familylanes.h"
#include "app/probes/proxyaddress.h"

#include <QHostAddress>

namespace backwatch {

std::unique_ptr<CheckRun> createHttpRun(const HttpRun::Surroundings &surroundings,
                                        const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done)
{
    const auto &check = std::get<HttpCheck>(request.check);
    const auto proxy = parseProxy(check.proxy);
    const bool oneLane = check.family != AddressFamily::Both ||
                         !QHostAddress(endpointOf(check).host).isNull() ||
                         (proxy && !proxy->wantsAddresses());
    if (oneLane)
        return std::make_unique<HttpRun>(surroundings, request, startedAt, std::move(done));
    return std::make_unique<FamilyLanes>(
        [&](AddressFamily family, CheckRun::Done laneDone) {
            ProbeRequest lane = request;
            std::get<HttpCheck>(lane.check).family = family;
            return std::make_unique<HttpRun>(surroundings, lane, startedAt, std::move(laneDone));
        },
        std::move(done));
}

} // namespace backwatch
