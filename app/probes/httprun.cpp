// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httprun.h"

#include "app/probes/addresslookup.h"
#include "app/probes/httpframing.h"
#include "app/probes/retryafter.h"
#include "app/probes/urlparts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QHostAddress>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

struct HttpRunText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpRun)
};

Verdict familyVerdict(const QString &host, AddressFamily family)
{
    return {Outcome::DnsNotFound,
            family == AddressFamily::Ipv4
                ? HttpRunText::tr("%1 is not an IPv4 address, which is asked for.").arg(host)
                : HttpRunText::tr("%1 is not an IPv6 address, which is asked for.").arg(host)};
}

/// What tells one state of the client's certificate files from another.
QString clientFilesOf(const TlsSettings &tls)
{
    QString state;
    for (const QString &file : {tls.certificate, tls.key})
        if (!file.isEmpty())
            state += u'\n' + QString::number(QFileInfo(file).lastModified().toMSecsSinceEpoch());
    return state;
}

/// Whether the other side, and not this program, ended the answer before its end.
bool isTruncated(Outcome outcome, const HopEnd &end)
{
    return end.answerBegan && (outcome == Outcome::ClosedEarly || outcome == Outcome::BodyTimeout);
}

} // namespace

HttpRun::HttpRun(const Surroundings &surroundings, ProbeRequest request, UtcMs startedAt, Done done)
    : m_with(surroundings), m_request(std::move(request)), m_startedAt(startedAt), m_done(std::move(done))
{
}

HttpRun::~HttpRun()
{
    stopWaiting();
}

void HttpRun::start()
{
    m_check = std::get<HttpCheck>(m_request.check);
    // Reading the authorities for the first time takes some 30 ms, which are none of the target's. What is
    // wrong with them is told below.
    if (isSecure(m_check.url))
        std::ignore = m_with.tools.trust.with(m_check.tls.authorities);
    const Moment now = steady_clock::now();
    m_times.begin = now;
    m_deadline = now + m_request.timeout;
    auto check = prepared(m_check);
    if (!check) {
        finish({Outcome::Internal, check.error().sentence}, now);
        return;
    }
    m_check = std::move(*check);
    m_timer = m_with.tools.engine.callAt(m_deadline, [this] {
        m_timer.reset();
        expired();
    });
    startHop();
}

void HttpRun::startHop()
{
    m_headers = requestHeaders(m_check, m_with.userAgent);
    m_endpoint = endpointOf(m_check);
    m_proxy = parseProxy(m_check.proxy);
    if (!findTrust())
        return;
    if (!m_proxy) {
        lookUpTarget();
        return;
    }
    lookUp(m_proxy->host, AddressFamily::Any, [this](const QByteArrayList &addresses) {
        m_proxyAddresses = addresses;
        if (m_proxy->wantsAddresses())
            lookUpTarget();
        else
            connectTo({});
    });
}

bool HttpRun::findTrust()
{
    m_trust.reset();
    if (!isSecure(m_check.url) && !(m_proxy && m_proxy->kind == ProxyAddress::Kind::Https))
        return true;
    auto trust = m_with.tools.trust.with(m_check.tls.authorities);
    if (!trust) {
        finish({Outcome::Internal, trust.error().sentence}, m_times.begin);
        return false;
    }
    m_trust = std::move(*trust);
    return true;
}

/// Whatever makes another server, or another way of believing it, makes another session.
QByteArray HttpRun::sessionKey()
{
    if (!isSecure(m_check.url) || m_request.monitor == 0)
        return {};
    const TlsSettings &tls = m_check.tls;
    const QString key = QString::number(m_request.monitor) + u'\n' + m_check.url.authority() + u'\n' +
                        m_endpoint.host + u':' + QString::number(m_endpoint.port) + u'\n' + m_check.proxy +
                        u'\n' + tls.serverName + u'\n' + tls.authorities + u'\n' + tls.certificate + u'\n' +
                        tls.key + u'\n' + QString::number(static_cast<int>(m_check.family)) +
                        (tls.verify ? u'v' : u'-') + clientFilesOf(tls);
    m_sessionKeys.append(key.toUtf8());
    return m_sessionKeys.last();
}

void HttpRun::lookUpTarget()
{
    lookUp(m_endpoint.host, m_check.family,
           [this](const QByteArrayList &addresses) { connectTo(addresses); });
}

void HttpRun::lookUp(const QString &host, AddressFamily family, WithAddresses next)
{
    m_lookedUp = host;
    m_lookedUpFamily = family;
    const QHostAddress literal(host);
    const QByteArray name = host.toLatin1();
    if (!literal.isNull()) {
        if (isOfFamily(literal, family))
            next({name});
        else
            finish(familyVerdict(host, family), m_times.begin);
        return;
    }
    if (const auto known = m_with.names.cached(name, family, m_times.begin)) {
        next(known->addresses);
        return;
    }
    m_times.naming = true;
    m_ticket = m_with.names.ask(name, family, [this, then = std::move(next)](const NameAnswer &answer) {
        m_ticket.reset();
        named(answer, then);
    });
}

void HttpRun::named(const NameAnswer &answer, const WithAddresses &next)
{
    const Moment now = steady_clock::now();
    if (answer.status != NameAnswer::Status::Found) {
        finish(nameVerdict(m_lookedUp, m_lookedUpFamily, answer), now);
        return;
    }
    m_times.named = now;
    next(answer.addresses);
}

void HttpRun::connectTo(const QByteArrayList &addresses)
{
    m_addresses = addresses;
    const auto left = std::chrono::ceil<milliseconds>(m_deadline - steady_clock::now());
    HttpTransfer::Plan plan{m_check,
                            m_headers,
                            m_endpoint,
                            addresses,
                            m_proxy,
                            m_proxyAddresses,
                            m_trust,
                            sessionKey(),
                            m_startedAt,
                            left,
                            m_check.followRedirects,
                            m_request.keptBody};
    m_transfer =
        std::make_unique<HttpTransfer>(m_with.tools, std::move(plan), m_times, [this] { transferDone(); });
    if (!m_transfer->start())
        transferDone();
}

/// Some servers break off when they are offered a session that they gave out themselves.
void HttpRun::shakeHandsAnew()
{
    m_with.tools.sessions.refused(m_sessionKeys.last());
    m_transfer.reset();
    connectTo(m_addresses);
}

/// It held this program up for that long, so that the clock says more than the moment of the turn.
void HttpRun::endFlood()
{
    if (steady_clock::now() >= m_deadline)
        return expired();
    m_truncated = m_transfer->answer().headerComplete();
    finish({Outcome::ProtocolError,
            HttpRunText::tr("%1 sent without pause what is no content; the connection was cut off.")
                .arg(m_endpoint.host)},
           steady_clock::now());
}

void HttpRun::transferDone()
{
    if (m_transfer->isCutOff()) {
        endFlood();
        return;
    }
    if (m_transfer->sessionFailed()) {
        shakeHandsAnew();
        return;
    }
    const Moment end = std::max(m_with.tools.engine.readyAt(), m_times.begin);
    const HopEnd hop = m_transfer->end(end);
    Verdict verdict = transportVerdict(hop);
    if (const auto &answer = m_transfer->answer(); answer.headerComplete())
        if (const QString fault = framingFault(answer.status, answer.headers); !fault.isEmpty())
            verdict = {Outcome::MalformedResponse, fault};
    if (verdict.outcome != Outcome::Ok) {
        m_truncated = isTruncated(verdict.outcome, hop);
        finish(verdict, end);
        return;
    }
    const HttpAnswer &answer = m_transfer->answer();
    if (m_check.followRedirects && isRedirect(answer.status, answer.headers))
        follow();
    else
        judge();
}

void HttpRun::follow()
{
    const Moment end = std::max(m_with.tools.engine.readyAt(), m_times.begin);
    const HttpAnswer &answer = m_transfer->answer();
    auto next = redirected(m_check, answer.status, headerValue(answer.headers, "Location"));
    if (!next) {
        finish({Outcome::MalformedResponse, next.error().sentence}, end);
        return;
    }
    if (++m_redirects > kRedirects) {
        finish({Outcome::RedirectLoop,
                HttpRunText::tr("More than %n redirect(s), the last one to %1.", nullptr, kRedirects)
                    .arg(readableUrl(next->url))},
               end);
        return;
    }
    addHop(m_phases, m_transfer->times(end));
    m_transfer.reset();
    // Whole microseconds, so that what each hop drops does not add up.
    const Moment begin = m_times.begin + std::chrono::floor<microseconds>(end - m_times.begin);
    m_times = {};
    m_times.begin = begin;
    m_check = std::move(*next);
    startHop();
}

void HttpRun::judge()
{
    finish({Outcome::Ok, {}}, std::max(m_with.tools.engine.readyAt(), m_times.begin));
}

void HttpRun::expired()
{
    const Moment end = std::max(m_deadline, m_times.begin);
    HopEnd hop;
    if (m_transfer)
        hop = m_transfer->end(end);
    hop.timedOut = true;
    if (!m_transfer) {
        hop.host = m_lookedUp;
        hop.stageTime = std::chrono::floor<microseconds>(end - m_times.begin);
    }
    const Verdict verdict = transportVerdict(hop);
    m_truncated = isTruncated(verdict.outcome, hop);
    finish(verdict, end);
}

void HttpRun::cancel()
{
    finish({Outcome::Cancelled, HttpRunText::tr("The check was cancelled.")}, steady_clock::now());
}

void HttpRun::stopWaiting()
{
    if (m_timer)
        m_with.tools.engine.cancelTimer(*m_timer);
    if (m_ticket)
        m_with.names.forget(*m_ticket);
    m_timer.reset();
    m_ticket.reset();
}

void HttpRun::fillAnswer(Exchange &exchange) const
{
    const HttpAnswer &answer = m_transfer->answer();
    exchange.status = answer.status;
    exchange.httpVersion = answer.version;
    exchange.reason = answer.reason;
    exchange.responseHeaders = answer.headers;
    exchange.body = answer.body;
    exchange.bodySize = m_transfer->received();
    exchange.address = m_transfer->address();
    exchange.port = m_transfer->connected() ? static_cast<quint16>(m_proxy ? m_proxy->port : m_endpoint.port)
                                            : quint16(0);
    if (const auto &peer = m_transfer->certificate())
        exchange.certificate = peer->certificate;
}

void HttpRun::finish(const Verdict &verdict, Moment end)
{
    if (m_finished)
        return;
    m_finished = true;
    stopWaiting();

    auto exchange = std::make_shared<Exchange>();
    exchange->startedAt = m_startedAt;
    exchange->method = httpMethodName(m_check.method).toLatin1();
    exchange->url = m_check.url;
    exchange->requestHeaders = withoutSecrets(m_headers, m_check);
    exchange->truncated = m_truncated;
    if (m_transfer)
        fillAnswer(*exchange);
    m_times.end = std::max(end, m_times.begin);
    exchange->phases = m_phases;
    addHop(exchange->phases, m_transfer ? m_transfer->times(m_times.end) : m_times);
    const Verdict whole =
        verdict.outcome == Outcome::Ok ? answerVerdict(m_check, *exchange, m_transfer->answer()) : verdict;
    if (judgementOf(whole.outcome) != Judgement::Good && judgementOf(whole.outcome) != Judgement::Degraded)
        for (const QByteArray &key : std::as_const(m_sessionKeys))
            m_with.tools.sessions.forget(key);
    exchange->outcome = whole.outcome;
    exchange->detail = whole.detail;

    CheckResult result;
    result.sample = {m_request.monitor,     m_startedAt,          whole.outcome,     exchange->status,
                     exchange->httpVersion, exchange->phases,     exchange->address, exchange->port,
                     whole.detail,          exchange->certificate};
    result.sample.retryAfter = retryAfterOf(exchange->status, exchange->responseHeaders, m_startedAt);
    result.exchange = std::move(exchange);
    m_done(std::move(result));
}

} // namespace backwatch
