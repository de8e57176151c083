// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/networkprobe.h"

#include "app/core/clock.h"
#include "app/core/logging.h"
#include "app/probes/dnsrun.h"
#include "app/probes/httplanes.h"
#include "app/probes/pingrun.h"
#include "app/probes/streamrun.h"
#include "app/probes/truststore.h"

#include <QMetaObject>

#include <unordered_map>

namespace backwatch {

/// What lives in the engine's thread. Its members are touched only there, and after the thread has ended.
class NetworkProbe::Workshop
{
public:
    Workshop(NetworkProbe &probe, const ProbeSettings &settings, NameLookup lookup);
    ~Workshop();

    void start(const ProbeRequest &request, UtcMs startedAt);
    void cancel(quint64 token);

private:
    void begin(const ProbeRequest &request, UtcMs startedAt);
    std::unique_ptr<CheckRun> createRun(const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done);
    void done(quint64 token, CheckResult result);
    void fail(const ProbeRequest &request, UtcMs startedAt, const QString &sentence);
    void turnDone();

    NetworkProbe &m_probe;
    CurlEngine m_engine;
    EasyPool m_pool;
    TrustStores m_trust;
    TlsSessions m_sessions;
    std::unique_ptr<NameResolver> m_names;
    QByteArray m_userAgent;
    bool m_running = false;
    std::unordered_map<quint64, std::unique_ptr<CheckRun>> m_runs; ///< by token
    std::vector<std::unique_ptr<CheckRun>> m_over; ///< to be deleted when none of them is active
    std::vector<ProbeAnswer> m_answers;
};

NetworkProbe::Workshop::Workshop(NetworkProbe &probe, const ProbeSettings &settings, NameLookup lookup)
    : m_probe(probe)
    , m_trust(settings.certificateAuthorities)
    , m_names(std::make_unique<NameResolver>(
          std::move(lookup), [this](NameResolver::Task task) { m_engine.post(std::move(task)); }))
    , m_userAgent(settings.userAgent)
{
    if (!m_trust.common())
        qCWarning(lcProbe) << m_trust.common().error().sentence;
    m_engine.setTurnDone([this] { turnDone(); });
    m_running = m_engine.start();
}

NetworkProbe::Workshop::~Workshop()
{
    m_engine.stop();
    m_over.clear();
    m_runs.clear();
    m_names.reset();
}

void NetworkProbe::Workshop::start(const ProbeRequest &request, UtcMs startedAt)
{
    if (m_running)
        m_engine.post([this, request, startedAt] { begin(request, startedAt); });
    else
        fail(request, startedAt, NetworkProbe::tr("This computer has no resources left for network checks."));
}

void NetworkProbe::Workshop::cancel(quint64 token)
{
    m_engine.post([this, token] {
        if (const auto run = m_runs.find(token); run != m_runs.end())
            run->second->cancel();
    });
}

std::unique_ptr<CheckRun> NetworkProbe::Workshop::createRun(const ProbeRequest &request, UtcMs startedAt,
                                                            CheckRun::Done done)
{
    if (std::holds_alternative<HttpCheck>(request.check)) {
        const HttpRun::Surroundings with{{m_engine, m_pool, m_trust, m_sessions}, *m_names, m_userAgent};
        return createHttpRun(with, request, startedAt, std::move(done));
    }
    if (std::holds_alternative<DnsCheck>(request.check))
        return std::make_unique<DnsRun>(m_engine, request, startedAt, std::move(done));
    if (std::holds_alternative<PingCheck>(request.check))
        return createPingRun({m_engine, *m_names}, request, startedAt, std::move(done));
    return createStreamRun({m_engine, *m_names, m_trust}, request, startedAt, std::move(done));
}

void NetworkProbe::Workshop::begin(const ProbeRequest &request, UtcMs startedAt)
{
    if (m_runs.count(request.token) > 0) {
        fail(request, startedAt, NetworkProbe::tr("A check with the same number is still under way."));
        return;
    }
    auto run = createRun(request, startedAt, [this, token = request.token](CheckResult result) {
        done(token, std::move(result));
    });
    if (!run) {
        fail(request, startedAt, NetworkProbe::tr("This kind of check is not made over a connection."));
        return;
    }
    CheckRun &started = *m_runs.emplace(request.token, std::move(run)).first->second;
    started.start();
}

void NetworkProbe::Workshop::done(quint64 token, CheckResult result)
{
    m_answers.push_back({token, std::move(result)});
    if (auto run = m_runs.extract(token))
        m_over.push_back(std::move(run.mapped()));
}

void NetworkProbe::Workshop::turnDone()
{
    m_over.clear();
    if (!m_answers.empty())
        m_probe.collect(m_answers);
}

/// For what cannot be begun. Without an engine the caller's own thread collects.
void NetworkProbe::Workshop::fail(const ProbeRequest &request, UtcMs startedAt, const QString &sentence)
{
    CheckResult result;
    result.sample.monitor = request.monitor;
    result.sample.startedAt = startedAt;
    result.sample.detail = sentence;
    m_answers.push_back({request.token, std::move(result)});
    if (!m_running)
        m_probe.collect(m_answers);
}

NetworkProbe::NetworkProbe(const Clock &clock, const ProbeSettings &settings, NameLookup lookup)
    : m_clock(clock), m_workshop(std::make_unique<Workshop>(*this, settings, std::move(lookup)))
{
}

NetworkProbe::~NetworkProbe() = default;

void NetworkProbe::start(const ProbeRequest &request)
{
    const auto *check = std::get_if<HttpCheck>(&request.check);
    if (!check || check->proxy != QLatin1String("system")) {
        m_workshop->start(request, m_clock.utcMs());
        return;
    }
    ProbeRequest settled = request;
    m_systemProxy.settle(std::get<HttpCheck>(settled.check), m_clock.monotonicMs());
    m_workshop->start(settled, m_clock.utcMs());
}

void NetworkProbe::cancel(quint64 token)
{
    m_workshop->cancel(token);
}

void NetworkProbe::collect(std::vector<ProbeAnswer> &answers)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_answers.isEmpty();
        for (auto &answer : answers)
            m_answers.append(std::move(answer));
    }
    answers.clear();
    if (first)
        QMetaObject::invokeMethod(this, "deliver", Qt::QueuedConnection);
}

void NetworkProbe::deliver()
{
    QList<ProbeAnswer> answers;
    {
        const std::lock_guard lock(m_mutex);
        answers.swap(m_answers);
    }
    if (!answers.isEmpty())
        Q_EMIT answered(answers);
}

} // namespace backwatch
