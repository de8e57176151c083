// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/pingrun.h"

#include "app/probes/familylanes.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <sys/epoll.h>

#include <algorithm>
#include <cerrno>

namespace backwatch {

namespace {

using std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Between two pings; less is refused to ordinary users by ping itself.
constexpr auto kBetween = 200ms;
/// After some came back the others are not waited for until the very deadline.
constexpr auto kLeastPatience = 1'000ms;

struct PingRunText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::Ping)
};

} // namespace

PingRun::PingRun(const Surroundings &surroundings, const ProbeRequest &request, UtcMs startedAt, Done done)
    : m_with(surroundings)
    , m_request(request)
    , m_check(std::get<PingCheck>(request.check))
    , m_startedAt(startedAt)
    , m_done(std::move(done))
    , m_lookup(surroundings.names)
{
}

PingRun::~PingRun()
{
    stop();
}

void PingRun::start()
{
    m_begin = steady_clock::now();
    m_deadline = m_begin + m_request.timeout;
    callAt(m_deadline, &PingRun::tallyUp);
    const auto known =
        m_lookup.begin(m_check.host, m_check.family, m_begin, [this](const AddressLookup::Answer &answer) {
            m_named = steady_clock::now();
            named(answer);
        });
    if (known)
        named(*known);
}

void PingRun::named(const AddressLookup::Answer &answer)
{
    if (!answer)
        return finish(answer.error());
    m_address = answer->value(0);
    const SocketAddress address = socketAddress(m_address, 0);
    begin(m_socket.open(address));
}

void PingRun::begin(IcmpSocket::Opened opened)
{
    if (opened == IcmpSocket::Opened::NotAllowed)
        return beginSystemPing();
    if (opened == IcmpSocket::Opened::Failed) {
        m_tally.error = errno;
        return tallyUp();
    }
    m_watched = m_socket.descriptor();
    m_with.engine.watch(m_watched, EPOLLIN, [this](quint32) { heard(); });
    sendNext();
}

void PingRun::sendNext()
{
    const auto sequence = static_cast<quint16>(++m_tally.sent);
    m_sentAt[sequence] = steady_clock::now();
    if (const int error = m_socket.send(sequence); error != 0) {
        m_tally.error = error;
        m_sentAt.erase(sequence);
    }
    if (m_tally.sent < m_check.count)
        callAt(std::min(m_deadline, steady_clock::now() + kBetween),
               steady_clock::now() + kBetween < m_deadline ? &PingRun::sendNext : &PingRun::tallyUp);
    else
        waitForRest();
}

void PingRun::heard()
{
    while (const auto reply = m_socket.receive()) {
        if (reply->error != 0) {
            m_tally.error = reply->error;
            continue;
        }
        const auto sent = m_sentAt.find(reply->sequence);
        if (sent == m_sentAt.end())
            continue; // twice, or not ours
        const auto taken = std::chrono::floor<microseconds>(m_with.engine.readyAt() - sent->second);
        m_tally.roundTrips.append(std::max(microseconds(0), taken));
        m_longest = std::max(m_longest, taken);
        m_sentAt.erase(sent);
    }
    if (m_tally.sent >= m_check.count)
        waitForRest();
}

void PingRun::waitForRest()
{
    // Where nothing can come any more, nothing is waited for.
    const bool toldSo = m_tally.roundTrips.isEmpty() && m_tally.error != 0;
    if (m_sentAt.empty() || toldSo)
        return tallyUp();
    if (m_tally.roundTrips.isEmpty())
        return callAt(m_deadline, &PingRun::tallyUp);
    const Moment last =
        std::max_element(m_sentAt.cbegin(), m_sentAt.cend(), [](const auto &a, const auto &b) {
            return a.second < b.second;
        })->second;
    const auto patience = std::max<steady_clock::duration>(kLeastPatience, 4 * m_longest);
    callAt(std::min(m_deadline, last + patience), &PingRun::tallyUp);
}

void PingRun::beginSystemPing()
{
    const auto left = std::chrono::floor<milliseconds>(m_deadline - steady_clock::now());
    if (!m_ping.start(m_address, m_check.count, left))
        return finish(
            {Outcome::Internal,
             PingRunText::tr("This program may not send pings, and there is no ping program: allow it by "
                             "the system's net.ipv4.ping_group_range, or install iputils-ping.")});
    m_tally.sent = m_check.count;
    m_watched = m_ping.descriptor();
    m_with.engine.watch(m_watched, EPOLLIN, [this](quint32) { systemPingSaid(); });
}

void PingRun::systemPingSaid()
{
    if (m_ping.read())
        return;
    m_tally.roundTrips = roundTripsIn(m_ping.said());
    tallyUp();
}

void PingRun::tallyUp()
{
    if (m_address.isEmpty()) {
        finish({Outcome::DnsTimeout,
                PingRunText::tr("The name %1 was not answered in time.").arg(m_check.host)});
        return;
    }
    if (m_tally.sent == 0)
        m_tally.sent = m_check.count;
    if (m_ping.descriptor() >= 0)
        m_tally.roundTrips = roundTripsIn(m_ping.said());
    finish(pingVerdict(m_tally, QString::fromLatin1(m_address), m_check.slowAfter, m_request.timeout));
}

void PingRun::callAt(Moment when, void (PingRun::*what)())
{
    if (m_timer)
        m_with.engine.cancelTimer(*m_timer);
    m_timer = m_with.engine.callAt(when, [this, what] {
        m_timer.reset();
        (this->*what)();
    });
}

void PingRun::cancel()
{
    finish({Outcome::Cancelled, PingRunText::tr("The check was cancelled.")});
}

void PingRun::stop()
{
    if (m_timer)
        m_with.engine.cancelTimer(*m_timer);
    m_timer.reset();
    m_lookup.forget();
    if (m_watched >= 0)
        m_with.engine.unwatch(m_watched);
    m_watched = -1;
    m_socket.close();
}

void PingRun::finish(const Verdict &verdict)
{
    if (m_finished)
        return;
    m_finished = true;
    const Moment end = steady_clock::now();
    stop();
    CheckResult result;
    Sample &sample = result.sample;
    sample.monitor = m_request.monitor;
    sample.startedAt = m_startedAt;
    sample.outcome = verdict.outcome;
    sample.detail = verdict.detail;
    sample.address = QString::fromLatin1(m_address);
    Phases &phases = sample.phases;
    if (m_named)
        phases.dns = std::chrono::floor<microseconds>(*m_named - m_begin);
    // One round trip; without any, as long as was waited.
    const auto began = m_named.value_or(m_begin);
    phases.wait = m_tally.median().value_or(std::chrono::floor<microseconds>(end - began));
    phases.total = phases.dns.value_or(microseconds(0)) + *phases.wait;
    m_done(std::move(result));
}

std::unique_ptr<CheckRun> createPingRun(const PingRun::Surroundings &surroundings,
                                        const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done)
{
    const auto &check = std::get<PingCheck>(request.check);
    if (check.family != AddressFamily::Both || !QHostAddress(check.host).isNull())
        return std::make_unique<PingRun>(surroundings, request, startedAt, std::move(done));
    return std::make_unique<FamilyLanes>(
        [&](AddressFamily family, CheckRun::Done laneDone) {
            ProbeRequest lane = request;
            std::get<PingCheck>(lane.check).family = family;
            return std::make_unique<PingRun>(surroundings, lane, startedAt, std::move(laneDone));
        },
        std::move(done));
}

} // namespace backwatch
