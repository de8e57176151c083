// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/streamlanes.h"

#include "app/probes/familylanes.h"

#include <QHostAddress>

namespace backwatch {

std::unique_ptr<CheckRun> createStreamRun(const StreamRun::Surroundings &surroundings,
                                          const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done)
{
    CheckSpec check = request.check;
    const ServerAddress *server = serverOf(check);
    if (!server)
        return nullptr;
    const bool twoLanes = server->family == AddressFamily::Both && server->socket.isEmpty() &&
                          QHostAddress(server->host).isNull();
    if (twoLanes)
        return std::make_unique<FamilyLanes>(
            [&](AddressFamily family, CheckRun::Done laneDone) {
                ProbeRequest lane = request;
                serverOf(lane.check)->family = family;
                return std::make_unique<StreamRun>(surroundings, lane, startedAt, std::move(laneDone));
            },
            std::move(done));
    return std::make_unique<StreamRun>(surroundings, request, startedAt, std::move(done));
}

} // namespace backwatch
