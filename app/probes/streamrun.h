// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/addresslookup.h"
#include "app/probes/checkrun.h"
#include "app/probes/hoptimes.h"
#include "app/probes/httpoutcome.h"
#include "app/probes/probe.h"
#include "app/probes/streamplan.h"
#include "app/probes/streamsocket.h"

namespace backwatch {

class TrustStores;

/// One check over a plain connection: name, connection, TLS, conversation, farewell, within one timeout.
/// Lives in the engine's thread.
class StreamRun final : public CheckRun
{
public:
    struct Surroundings
    {
        CurlEngine &engine;
        NameResolver &names;
        TrustStores &trust;
    };

    StreamRun(const Surroundings &surroundings, const ProbeRequest &request, UtcMs startedAt, Done done);
    ~StreamRun() override;

    void start() override;
    void cancel() override;

private:
    void named(const AddressLookup::Answer &answer);
    void connectTo(const QByteArrayList &addresses);
    void happened(StreamSocket::Event event);
    void connected();
    void secured();
    void beginTls();
    void received();
    void take(Conversation::Step step);
    void failed();
    void expired();
    Verdict timeoutVerdict(Moment end) const;
    HopStage stage() const;
    HopEnd hopEnd(Moment end) const;
    Verdict furtherVerdict(const Verdict &verdict, const Phases &phases) const;
    Phases phases() const;
    void finish(const Verdict &verdict, Moment end);
    void stopWaiting();

    Surroundings m_with;
    ProbeRequest m_request;
    UtcMs m_startedAt;
    Done m_done;
    std::optional<StreamPlan> m_plan;
    AddressLookup m_lookup;
    StreamSocket m_socket;
    HopTimes m_times;
    Moment m_deadline{};
    Moment m_tlsBegan{};
    microseconds m_laterTls{0}; ///< of a handshake in the middle of the conversation
    bool m_talking = false;
    bool m_heard = false; ///< anything at all
    bool m_finished = false;
    std::optional<CurlEngine::TimerId> m_timer;
};

/// One lane or two, as the server's family asks for; null when the check is not made over a plain connection.
std::unique_ptr<CheckRun> createStreamRun(const StreamRun::Surroundings &surroundings,
                                          const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done);

} // namespace backwatch
