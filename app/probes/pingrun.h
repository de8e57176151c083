// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/addresslookup.h"
#include "app/probes/checkrun.h"
#include "app/probes/curlengine.h"
#include "app/probes/icmpsocket.h"
#include "app/probes/pingtally.h"
#include "app/probes/probe.h"
#include "app/probes/systemping.h"

#include <map>

namespace backwatch {

/// Some pings to one host. Its phases are those of one round trip, the median. Lives in the engine's thread.
class PingRun final : public CheckRun
{
public:
    struct Surroundings
    {
        CurlEngine &engine;
        NameResolver &names;
    };

    PingRun(const Surroundings &surroundings, const ProbeRequest &request, UtcMs startedAt, Done done);
    ~PingRun() override;

    void start() override;
    void cancel() override;

private:
    void named(const AddressLookup::Answer &answer);
    void begin(IcmpSocket::Opened opened);
    void beginSystemPing();
    void sendNext();
    void heard();
    void systemPingSaid();
    void waitForRest();
    void tallyUp();
    void callAt(Moment when, void (PingRun::*what)());
    void finish(const Verdict &verdict);
    void stop();

    Surroundings m_with;
    ProbeRequest m_request;
    PingCheck m_check;
    UtcMs m_startedAt;
    Done m_done;
    AddressLookup m_lookup;
    QByteArray m_address;
    IcmpSocket m_socket;
    SystemPing m_ping;
    PingTally m_tally;
    std::map<quint16, Moment> m_sentAt; ///< those that are still awaited, by their sequence number
    microseconds m_longest{0};
    Moment m_begin{};
    Moment m_deadline{};
    std::optional<Moment> m_named;
    std::optional<CurlEngine::TimerId> m_timer;
    int m_watched = -1;
    bool m_finished = false;
};

/// One lane or two, as the check's family asks for.
std::unique_ptr<CheckRun> createPingRun(const PingRun::Surroundings &surroundings,
                                        const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done);

} // namespace backwatch
