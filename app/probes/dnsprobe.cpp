// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/dnsprobe.h"

#include "app/core/clock.h"
#include "app/probes/dnsrun.h"

#include <QMetaObject>

#include <unordered_map>

namespace backwatch {

/// What lives in the engine's thread. Its members are touched only there, and after the thread has ended.
class DnsProbe::Workshop
{
public:
    explicit Workshop(DnsProbe &probe) : m_probe(probe)
    {
        m_engine.setTurnDone([this] { turnDone(); });
        m_running = m_engine.start();
    }
    ~Workshop()
    {
        m_engine.stop();
        m_over.clear();
        m_runs.clear();
    }

    void start(const ProbeRequest &request, UtcMs startedAt);
    void cancel(quint64 token);

private:
    void begin(const ProbeRequest &request, UtcMs startedAt);
    void turnDone();
    void fail(const ProbeRequest &request, UtcMs startedAt, const QString &sentence);

    DnsProbe &m_probe;
    CurlEngine m_engine;
    bool m_running = false;
    std::unordered_map<quint64, std::unique_ptr<CheckRun>> m_runs; ///< by token
    std::vector<std::unique_ptr<CheckRun>> m_over; ///< to be deleted when none of them is active
    std::vector<ProbeAnswer> m_answers;
};

void DnsProbe::Workshop::start(const ProbeRequest &request, UtcMs startedAt)
{
    if (m_running)
        m_engine.post([this, request, startedAt] { begin(request, startedAt); });
    else
        fail(request, startedAt, DnsProbe::tr("This computer has no resources left for DNS checks."));
}

void DnsProbe::Workshop::cancel(quint64 token)
{
    m_engine.post([this, token] {
        if (const auto run = m_runs.find(token); run != m_runs.end())
            run->second->cancel();
    });
}

void DnsProbe::Workshop::begin(const ProbeRequest &request, UtcMs startedAt)
{
    if (m_runs.count(request.token) > 0 || !std::holds_alternative<DnsCheck>(request.check)) {
        fail(request, startedAt, DnsProbe::tr("This check cannot be asked of a resolver now."));
        return;
    }
    auto done = [this, token = request.token](CheckResult result) {
        m_answers.push_back({token, std::move(result)});
        if (auto run = m_runs.extract(token))
            m_over.push_back(std::move(run.mapped()));
    };
    auto run = std::make_unique<DnsRun>(m_engine, request, startedAt, std::move(done));
    CheckRun &started = *m_runs.emplace(request.token, std::move(run)).first->second;
    started.start();
}

void DnsProbe::Workshop::turnDone()
{
    m_over.clear();
    if (!m_answers.empty())
        m_probe.collect(m_answers);
}

/// For what cannot be begun. Without an engine the caller's own thread collects.
void DnsProbe::Workshop::fail(const ProbeRequest &request, UtcMs startedAt, const QString &sentence)
{
    CheckResult result;
    result.sample.monitor = request.monitor;
    result.sample.startedAt = startedAt;
    result.sample.detail = sentence;
    m_answers.push_back({request.token, std::move(result)});
    if (!m_running)
        m_probe.collect(m_answers);
}

DnsProbe::DnsProbe(const Clock &clock) : m_clock(clock), m_workshop(std::make_unique<Workshop>(*this)) {}

DnsProbe::~DnsProbe() = default;

void DnsProbe::start(const ProbeRequest &request)
{
    m_workshop->start(request, m_clock.utcMs());
}

void DnsProbe::cancel(quint64 token)
{
    m_workshop->cancel(token);
}

void DnsProbe::collect(std::vector<ProbeAnswer> &answers)
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

void DnsProbe::deliver()
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
