// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/dnsrun.h"

#include "app/probes/dnsrecords.h"
#include "app/probes/dnsverdict.h"
#include "app/probes/httpoutcome.h"

#include <QCoreApplication>
#include <QUrl>

#include <ares.h>
#include <sys/epoll.h>
#include <sys/time.h>

#include <algorithm>
#include <iterator>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

/// A lost datagram is asked for again after a quarter of the time, then after half of it.
constexpr int kTries = 3;
constexpr int kRetryShare = 4;

struct DnsRunText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DnsProbe)
};

} // namespace

DnsRun::DnsRun(CurlEngine &engine, const ProbeRequest &request, UtcMs startedAt, Done done)
    : m_engine(engine)
    , m_request(request)
    , m_check(std::get<DnsCheck>(request.check))
    , m_startedAt(startedAt)
    , m_done(std::move(done))
{
}

DnsRun::~DnsRun()
{
    m_finished = true;
    if (m_timer)
        m_engine.cancelTimer(*m_timer);
    if (m_channel)
        ares_destroy(m_channel);
}

void DnsRun::start()
{
    m_begin = steady_clock::now();
    m_deadline = m_begin + m_request.timeout;
    const QByteArray name = dnsQuestion(m_check.name, m_check.type);
    if (name.isEmpty()) {
        conclude(ARES_EBADNAME, {});
        return;
    }
    if (!openChannel()) {
        finish({Outcome::Internal, DnsRunText::tr("This computer has no resources left for DNS checks.")},
               m_begin);
        return;
    }
    if (!chooseResolver()) {
        finish({Outcome::Internal, DnsRunText::tr("The resolver “%1” is no address. Write it as 192.0.2.1, "
                                                  "192.0.2.1:53 or [2001:db8::1]:53.")
                                       .arg(m_check.resolver)},
               m_begin);
        return;
    }
    ares_query(m_channel, name.constData(), 1 /* Internet */, dnsTypeNumber(m_check.type), &DnsRun::onAnswer,
               this);
    waitFurther();
}

bool DnsRun::openChannel()
{
    ares_options options{};
    // Of a chosen resolver every answer counts; of the system's several the next one is asked.
    options.flags = m_check.resolver.isEmpty() ? 0 : ARES_FLAG_NOCHECKRESP;
    options.timeout =
        static_cast<int>(std::clamp<qint64>(m_request.timeout.count() / kRetryShare, 100, 60'000));
    options.tries = kTries;
    options.sock_state_cb = &DnsRun::onSocket;
    options.sock_state_cb_data = this;
    return ares_init_options(&m_channel, &options,
                             ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB) ==
           ARES_SUCCESS;
}

bool DnsRun::chooseResolver()
{
    if (m_check.resolver.isEmpty()) {
        ares_addr_port_node *servers = nullptr;
        if (ares_get_servers_ports(m_channel, &servers) == ARES_SUCCESS && servers) {
            m_address = servers->family == AF_INET
                            ? QHostAddress(ntohl(servers->addr.addr4.s_addr)).toString()
                            : QHostAddress(servers->addr.addr6._S6_un._S6_u8).toString();
            m_port = servers->udp_port > 0 ? static_cast<quint16>(servers->udp_port) : quint16(53);
            ares_free_data(servers);
        }
        return true;
    }
    QHostAddress address(m_check.resolver);
    if (address.isNull()) {
        const QUrl url(QStringLiteral("dns://%1").arg(m_check.resolver), QUrl::StrictMode);
        address = QHostAddress(url.host());
        m_port = static_cast<quint16>(url.port(53));
        if (address.isNull() || m_port == 0 || url.authority() != m_check.resolver)
            return false;
    }
    m_address = address.toString();
    ares_addr_port_node server{};
    server.udp_port = server.tcp_port = m_port;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        server.family = AF_INET;
        server.addr.addr4.s_addr = htonl(address.toIPv4Address());
    } else {
        server.family = AF_INET6;
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::copy(std::begin(bytes.c), std::end(bytes.c), std::begin(server.addr.addr6._S6_un._S6_u8));
    }
    return ares_set_servers_ports(m_channel, &server) == ARES_SUCCESS;
}

void DnsRun::onSocket(void *self, int socket, int readable, int writable)
{
    auto &run = *static_cast<DnsRun *>(self);
    if (!readable && !writable) {
        run.m_engine.unwatch(socket);
        return;
    }
    quint32 wanted = 0;
    if (readable)
        wanted |= static_cast<quint32>(EPOLLIN);
    if (writable)
        wanted |= static_cast<quint32>(EPOLLOUT);
    // One that is not watched leads to a time-out, as a silent resolver does.
    run.m_engine.watch(socket, wanted, [&run, socket](quint32 events) { run.serve(socket, events); });
}

void DnsRun::serve(int socket, quint32 events)
{
    const bool broken = (events & static_cast<quint32>(EPOLLERR | EPOLLHUP)) != 0;
    const bool readable = broken || (events & static_cast<quint32>(EPOLLIN)) != 0;
    const bool writable = (events & static_cast<quint32>(EPOLLOUT)) != 0;
    ares_process_fd(m_channel, readable ? socket : ARES_SOCKET_BAD, writable ? socket : ARES_SOCKET_BAD);
    waitFurther();
}

/// Until the library wants to ask again, or all the time is over.
void DnsRun::waitFurther()
{
    if (m_timer)
        m_engine.cancelTimer(*m_timer);
    m_timer.reset();
    if (m_finished)
        return;
    Moment next = m_deadline;
    timeval wait{};
    if (ares_timeout(m_channel, nullptr, &wait))
        next = std::min(next, steady_clock::now() + std::chrono::seconds(wait.tv_sec) +
                                  microseconds(wait.tv_usec + 1'000));
    m_timer = m_engine.callAt(next, [this] {
        m_timer.reset();
        if (m_engine.readyAt() >= m_deadline) {
            conclude(ARES_ETIMEOUT, {});
            return;
        }
        ares_process_fd(m_channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        waitFurther();
    });
}

void DnsRun::onAnswer(void *self, int status, int, unsigned char *reply, int size)
{
    auto &run = *static_cast<DnsRun *>(self);
    if (run.m_finished)
        return;
    run.m_answered = size > 0;
    run.conclude(status, reply ? QByteArray(static_cast<const char *>(static_cast<const void *>(reply)), size)
                               : QByteArray());
}

void DnsRun::conclude(int status, const QByteArray &reply)
{
    const QString resolver = hostAndPort(m_address, m_port);
    const Moment end = status == ARES_ETIMEOUT ? std::min(m_deadline, steady_clock::now())
                                               : std::max(m_begin, m_engine.readyAt());
    Verdict verdict = dnsVerdict(m_check, resolver, status, reply);
    const auto taken = std::chrono::floor<microseconds>(end - m_begin);
    if (verdict.outcome == Outcome::Ok && m_check.slowAfter && taken > *m_check.slowAfter)
        verdict = {Outcome::Slow, DnsRunText::tr("The resolver %1 took %2; expected within %3.")
                                      .arg(resolver, readableTime(taken), readableTime(*m_check.slowAfter))};
    finish(verdict, end);
}

void DnsRun::cancel()
{
    finish({Outcome::Cancelled, DnsRunText::tr("The check was cancelled.")}, steady_clock::now());
}

void DnsRun::finish(const Verdict &verdict, Moment end)
{
    if (m_finished)
        return;
    m_finished = true;
    if (m_timer)
        m_engine.cancelTimer(*m_timer);
    m_timer.reset();
    CheckResult result;
    Sample &sample = result.sample;
    sample.monitor = m_request.monitor;
    sample.startedAt = m_startedAt;
    sample.outcome = verdict.outcome;
    sample.detail = verdict.detail;
    sample.address = m_address;
    sample.port = m_answered ? m_port : quint16(0);
    sample.phases.total = std::max(microseconds(0), std::chrono::floor<microseconds>(end - m_begin));
    if (verdict.outcome != Outcome::Internal)
        sample.phases.wait = sample.phases.total;
    m_done(std::move(result));
}

} // namespace backwatch
