// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/streamrun.h"

#include "app/probes/truststore.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

struct StreamRunText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::StreamRun)
};

} // namespace

StreamRun::StreamRun(const Surroundings &surroundings, const ProbeRequest &request, UtcMs startedAt,
                     Done done)
    : m_with(surroundings)
    , m_request(request)
    , m_startedAt(startedAt)
    , m_done(std::move(done))
    , m_plan(streamPlanFor(request.check))
    , m_lookup(surroundings.names)
    , m_socket(surroundings.engine, [this](StreamSocket::Event event) { happened(event); })
{
}

StreamRun::~StreamRun()
{
    stopWaiting();
}

void StreamRun::start()
{
    if (m_plan->secure) // read before the time runs; what is wrong is told when they are needed
        std::ignore = m_with.trust.with(m_plan->tls.authorities);
    m_times.begin = steady_clock::now();
    m_deadline = m_times.begin + m_request.timeout;
    m_timer = m_with.engine.callAt(m_deadline, [this] {
        m_timer.reset();
        expired();
    });
    const ServerAddress &server = m_plan->server;
    if (!server.socket.isEmpty()) {
        m_times.connecting = true;
        m_times.secure = m_plan->secure;
        m_socket.connectTo(server.socket);
        return;
    }
    const auto known = m_lookup.begin(server.host, server.family, m_times.begin,
                                      [this](const AddressLookup::Answer &answer) {
                                          if (answer)
                                              m_times.named = steady_clock::now();
                                          named(answer);
                                      });
    m_times.naming = !known;
    if (known)
        named(*known);
}

void StreamRun::named(const AddressLookup::Answer &answer)
{
    if (answer)
        connectTo(*answer);
    else
        finish(answer.error(), steady_clock::now());
}

void StreamRun::connectTo(const QByteArrayList &addresses)
{
    m_times.connecting = true;
    m_times.secure = m_plan->secure;
    m_socket.connectTo(addresses, m_plan->server.port, m_deadline);
}

void StreamRun::happened(StreamSocket::Event event)
{
    if (m_finished)
        return;
    switch (event) {
    case StreamSocket::Event::Connected:
        connected();
        break;
    case StreamSocket::Event::Secured:
        secured();
        break;
    case StreamSocket::Event::Received:
        received();
        break;
    case StreamSocket::Event::Closed:
        take(m_plan->conversation->closed(m_socket.input()));
        break;
    case StreamSocket::Event::Failed:
        failed();
        break;
    }
}

void StreamRun::connected()
{
    m_times.connected = std::max(m_times.begin, m_with.engine.readyAt());
    if (m_plan->secure) {
        beginTls();
        return;
    }
    m_times.ready = m_times.connected;
    m_talking = true;
    take(m_plan->conversation->opened());
}

void StreamRun::beginTls()
{
    m_tlsBegan = steady_clock::now();
    const auto trust = m_with.trust.with(m_plan->tls.authorities);
    if (!trust) {
        finish({Outcome::Internal, trust.error().sentence}, m_tlsBegan);
        return;
    }
    if (const auto begun = m_socket.secure(m_plan->server.host, m_plan->tls, **trust); !begun)
        finish({Outcome::Internal, begun.error().sentence}, m_tlsBegan);
}

void StreamRun::secured()
{
    const Moment now = steady_clock::now();
    if (m_talking) {
        m_laterTls = std::chrono::floor<microseconds>(now - m_tlsBegan);
        take(m_plan->conversation->secured());
        return;
    }
    m_times.ready = now;
    m_talking = true;
    take(m_plan->conversation->opened());
}

void StreamRun::received()
{
    if (!m_talking)
        return;
    m_heard = true;
    if (!m_times.firstByte)
        m_times.firstByte = std::max(*m_times.ready, m_with.engine.readyAt());
    const bool wasFull = m_socket.inputIsFull();
    const auto before = m_socket.input().size();
    take(m_plan->conversation->received(m_socket.input()));
    if (!m_finished && wasFull && m_socket.input().size() == before)
        finish(
            {Outcome::TooLarge,
             StreamRunText::tr("%1 says more than this program listens to.").arg(hopEnd(m_times.begin).peer)},
            steady_clock::now());
}

void StreamRun::take(Conversation::Step step)
{
    using Then = Conversation::Step::Then;
    if (!m_times.sent) {
        m_times.sent = m_times.ready; // the server speaks first, or what is said is short
        m_times.asks = !step.send.isEmpty();
        m_times.talks = m_times.asks || step.then != Then::Leave;
    }
    if (step.then == Then::Leave) {
        if (!step.send.isEmpty())
            m_socket.send(step.send);
        const Moment end = std::max(m_with.engine.readyAt(), m_times.firstByte.value_or(*m_times.ready));
        m_socket.leave();
        finish(step.verdict, end);
        return;
    }
    if (!step.send.isEmpty())
        m_socket.send(step.send);
    if (step.then == Then::Secure)
        beginTls();
}

void StreamRun::failed()
{
    const Moment end = std::max(m_times.begin, m_with.engine.readyAt());
    HopEnd hop = hopEnd(end);
    if (m_socket.tls()) {
        hop.certificate = m_socket.tls()->certificate();
        hop.verifies = m_plan->tls.verify;
        hop.libraryText = m_socket.tls()->problem();
        hop.stage = HopStage::Securing;
        hop.code = hop.libraryText.isEmpty() && hop.certificate && hop.verifies
                       ? CURLE_PEER_FAILED_VERIFICATION
                       : CURLE_SSL_CONNECT_ERROR;
    } else {
        hop.code = CURLE_COULDNT_CONNECT;
    }
    finish(transportVerdict(hop), end);
}

void StreamRun::expired()
{
    const Moment end = std::max(m_deadline, m_times.begin);
    if (m_talking)
        if (const auto verdict = m_plan->conversation->expired(m_socket.input())) {
            finish(*verdict, end);
            return;
        }
    finish(timeoutVerdict(end), end);
}

Verdict StreamRun::timeoutVerdict(Moment end) const
{
    HopEnd hop = hopEnd(end);
    hop.timedOut = true;
    if (!m_talking || hop.stage == HopStage::Securing)
        return transportVerdict(hop);
    return {m_heard ? Outcome::BodyTimeout : Outcome::FirstByteTimeout,
            StreamRunText::tr("%1 took the connection, but %2 did not come within %3.")
                .arg(hop.peer, m_plan->conversation->awaited(), readableTime(hop.stageTime))};
}

HopStage StreamRun::stage() const
{
    if (!m_times.connecting)
        return HopStage::Naming;
    if (!m_times.connected)
        return HopStage::Connecting;
    if (m_socket.tls() && (!m_talking || m_laterTls.count() == 0) && m_tlsBegan > m_times.begin &&
        (!m_times.ready || m_times.ready < m_tlsBegan))
        return HopStage::Securing;
    return m_heard ? HopStage::Receiving : HopStage::Waiting;
}

HopEnd StreamRun::hopEnd(Moment end) const
{
    HopEnd hop;
    hop.stage = stage();
    const Moment began = hop.stage == HopStage::Naming       ? m_times.begin
                         : hop.stage == HopStage::Connecting ? m_times.named.value_or(m_times.begin)
                         : hop.stage == HopStage::Securing   ? m_tlsBegan
                                                             : m_times.ready.value_or(m_times.begin);
    hop.stageTime = std::max(microseconds(0), std::chrono::floor<microseconds>(end - began));
    hop.systemError = m_socket.systemError();
    hop.localError = m_socket.localError();
    hop.host = m_plan->tls.serverName.isEmpty() ? m_plan->server.host : m_plan->tls.serverName;
    hop.peer = m_plan->server.socket.isEmpty()
                   ? hostAndPort(m_socket.address().isEmpty() ? m_plan->server.host : m_socket.address(),
                                 m_plan->server.port)
                   : m_plan->server.socket;
    return hop;
}

/// What else may be wrong with an answer that is right.
Verdict StreamRun::furtherVerdict(const Verdict &verdict, const Phases &phases) const
{
    if (verdict.outcome != Outcome::Ok)
        return verdict;
    if (m_plan->slowAfter && phases.total > *m_plan->slowAfter)
        return {Outcome::Slow,
                StreamRunText::tr("%1 That took %2; expected within %3.")
                    .arg(verdict.detail, readableTime(phases.total), readableTime(*m_plan->slowAfter))};
    const auto *tls = m_socket.tls();
    if (!tls || !tls->certificate() || m_plan->certificateDays == 0)
        return verdict;
    const Certificate &certificate = tls->certificate()->certificate;
    const int days = certificate.daysLeft(m_startedAt);
    if (days < m_plan->certificateDays)
        return {Outcome::CertificateExpiring,
                StreamRunText::tr("The certificate of %1 expires in %n day(s), on %2.", nullptr, days)
                    .arg(certificate.subject, formatTimestamp(certificate.notAfter).left(10))};
    return verdict;
}

/// A handshake in the middle of the conversation is no part of the answer.
Phases StreamRun::phases() const
{
    Phases phases;
    addHop(phases, m_times);
    if (m_laterTls.count() > 0) {
        auto &from = phases.receive ? phases.receive : phases.wait;
        const auto taken = std::min(m_laterTls, from.value_or(microseconds(0)));
        phases.tls = taken;
        if (from)
            *from -= taken;
    }
    return phases;
}

void StreamRun::cancel()
{
    finish({Outcome::Cancelled, StreamRunText::tr("The check was cancelled.")}, steady_clock::now());
}

void StreamRun::stopWaiting()
{
    if (m_timer)
        m_with.engine.cancelTimer(*m_timer);
    m_timer.reset();
    m_lookup.forget();
}

void StreamRun::finish(const Verdict &verdict, Moment end)
{
    if (m_finished)
        return;
    m_finished = true;
    stopWaiting();
    m_times.end = std::max(end, m_times.begin);
    CheckResult result;
    Sample &sample = result.sample;
    sample.monitor = m_request.monitor;
    sample.startedAt = m_startedAt;
    sample.phases = phases();
    const Verdict whole = furtherVerdict(verdict, sample.phases);
    sample.outcome = whole.outcome;
    sample.detail = whole.detail;
    sample.address = m_socket.address();
    sample.port = m_times.connected && m_plan->server.socket.isEmpty() ? m_plan->server.port : quint16(0);
    if (const auto *tls = m_socket.tls(); tls && tls->certificate())
        sample.certificate = tls->certificate()->certificate;
    m_socket.drop();
    m_done(std::move(result));
}

} // namespace backwatch
