// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/streamlanes.h"

#include "app/probes/httplanes.h"

#include <QHostAddress>

namespace backwatch {

namespace {

ProbeRequest laneOf(ProbeRequest request, AddressFamily family)
{
    serverOf(request.check)->family = family;
    return request;
}

} // namespace

StreamLanes::StreamLanes(const StreamRun::Surroundings &surroundings, const ProbeRequest &request,
                         UtcMs startedAt, Done done)
    : m_done(std::move(done))
    , m_ipv4(surroundings, laneOf(request, AddressFamily::Ipv4), startedAt,
             [this](CheckResult result) { laneDone(m_ipv4Result, std::move(result)); })
    , m_ipv6(surroundings, laneOf(request, AddressFamily::Ipv6), startedAt,
             [this](CheckResult result) { laneDone(m_ipv6Result, std::move(result)); })
{
}

void StreamLanes::start()
{
    m_ipv4.start();
    m_ipv6.start();
}

void StreamLanes::cancel()
{
    m_ipv4.cancel();
    m_ipv6.cancel();
}

void StreamLanes::laneDone(std::optional<CheckResult> &lane, CheckResult result)
{
    lane = std::move(result);
    if (m_ipv4Result && m_ipv6Result)
        m_done(mergedLanes(std::move(*m_ipv4Result), std::move(*m_ipv6Result)));
}

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
        return std::make_unique<StreamLanes>(surroundings, request, startedAt, std::move(done));
    return std::make_unique<StreamRun>(surroundings, request, startedAt, std::move(done));
}

} // namespace backwatch
