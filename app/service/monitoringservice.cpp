// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/monitoringservice.h"

#include "app/config/monitorfromaddress.h"
#include "app/core/redaction.h"
#include "app/service/restoredmonitor.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kTellEveryMs = 250;
constexpr int kHealthEveryMs = 1'000;
/// An answer or a due check that is later than this means that watching itself has stalled.
constexpr qint64 kStalledAfterMs = 10'000;
constexpr qint64 kDayMs = 86'400'000;
constexpr qint64 kAroundMs = 300'000;

/// What is at hand still holds the secrets that the database never gets; no screen gets them either.
ExchangePtr redactedCopy(const ExchangePtr &exchange)
{
    return exchange ? std::make_shared<const Exchange>(redacted(*exchange)) : nullptr;
}

/// So much of all last good bodies together; each monitor gets its share.
constexpr qsizetype kBodyBudget = 32 * 1024 * 1024;

} // namespace

MonitoringService::MonitoringService(const MonitoringParts &parts, const MonitoringOptions &options)
    : m_parts(parts)
    , m_options(options)
    , m_scheduler(parts.clock, options.maxInFlight)
    , m_configuration(parts.writer, parts.queries)
{
    connect(&m_scheduler, &Scheduler::due, this, &MonitoringService::onDue);
    connect(&m_parts.probes, &Probe::answered, this, &MonitoringService::onAnswered);
    connect(&m_configuration, &ConfigurationKeeper::changed, this, &MonitoringService::adoptConfiguration);
    connect(&m_parts.writer, &HistoryWriter::faultChanged, this, &MonitoringService::healthChanged);
    m_tellTimer.setInterval(kTellEveryMs);
    m_tellTimer.setSingleShot(true);
    connect(&m_tellTimer, &QTimer::timeout, this, &MonitoringService::tellChanged);
    m_healthTimer.setInterval(kHealthEveryMs);
    connect(&m_healthTimer, &QTimer::timeout, this, &MonitoringService::watchHealth);
}

MonitoringService::~MonitoringService() = default;

Result<void> MonitoringService::restore(HistoryReader &reader)
{
    if (const auto loaded = m_configuration.load(reader); !loaded)
        return loaded;
    for (const auto &monitor : m_configuration.current().monitors) {
        auto live = restoredMonitor(reader, monitor, now(), m_options.keepRecent);
        if (!live)
            return tl::make_unexpected(live.error());
        if (live->firstFailureExchange)
            live->recognition = m_parts.fingerprints.recognise(*live->firstFailureExchange);
        m_live.insert(monitor.id, *std::move(live));
    }
    return {};
}

void MonitoringService::start()
{
    for (auto &live : m_live)
        if (live.monitor.paused)
            m_parts.writer.settle(live.monitor.id, State::Paused, now());
    m_healthTimer.start();
    reschedule();
}

void MonitoringService::onDue(const QList<MonitorId> &ids)
{
    for (const MonitorId id : ids) {
        const auto live = m_live.constFind(id);
        if (live == m_live.cend()) {
            m_scheduler.finished(id);
            continue;
        }
        const quint64 token = ++m_lastToken;
        const auto &monitor = live->monitor;
        m_underWay.insert(token,
                          {id, m_parts.clock.monotonicMs() + monitor.timeout.count() + kStalledAfterMs});
        m_parts.probes.start({token, id, monitor.check, monitor.timeout});
    }
}

void MonitoringService::onAnswered(const QList<ProbeAnswer> &answers)
{
    for (const auto &answer : answers) {
        const auto underWay = m_underWay.take(answer.token);
        if (underWay.monitor == 0)
            continue;
        m_scheduler.finished(underWay.monitor);
        const auto live = m_live.find(underWay.monitor);
        // What ended while its monitor was removed or paused is nobody's answer any more.
        if (live != m_live.end() && !live->monitor.paused)
            takeIn(*live, answer.result);
    }
}

void MonitoringService::takeIn(LiveMonitor &live, const CheckResult &result)
{
    const auto share = std::clamp<qsizetype>(kBodyBudget / std::max<qsizetype>(1, m_live.size()), 1024,
                                             Exchange::kBodyLimit);
    const LiveStep step = take(live, result, m_parts.fingerprints, share);
    const StoredSample stored{result.sample, step.evaluation.next.state};
    m_parts.writer.append(stored);
    if (m_options.keepRecent)
        live.recent.add(stored);
    if (const auto &settled = step.evaluation.settled)
        m_parts.writer.settle(live.monitor.id, settled->to, settled->at);
    if (step.incident.opened)
        openIncident(live, *step.incident.opened);
    if (step.incident.closed)
        closeIncident(live, *step.incident.closed);
    if (step.evaluation.recheckSoon)
        m_scheduler.recheckAfter(live.monitor.id, live.monitor.retryInterval);
    m_lastSampleAt = now();
    m_changed.insert(live.monitor.id);
    if (!m_tellTimer.isActive())
        m_tellTimer.start();
}

void MonitoringService::openIncident(LiveMonitor &live, const Incident &incident)
{
    live.incident = incident;
    live.incident->id = m_parts.writer.nextIncidentId();
    m_parts.writer.store(*live.incident);
    m_parts.writer.store(live.incident->id, Evidence{live.firstFailureExchange, live.lastGood});
    Q_EMIT incidentOpened(*live.incident);
}

void MonitoringService::closeIncident(LiveMonitor &live, const Incident &incident)
{
    live.incident.reset();
    m_parts.writer.store(incident);
    Q_EMIT incidentClosed(incident);
}

void MonitoringService::tellChanged()
{
    const auto ids = m_changed.values();
    m_changed.clear();
    Q_EMIT statusChanged(ids);
}

QList<Monitor> MonitoringService::monitors() const
{
    return m_configuration.current().monitors;
}

std::optional<Monitor> MonitoringService::monitor(MonitorId id) const
{
    const auto live = m_live.constFind(id);
    return live == m_live.cend() ? std::nullopt : std::optional(live->monitor);
}

MonitorStatus MonitoringService::status(MonitorId id) const
{
    const auto live = m_live.constFind(id);
    if (live == m_live.cend())
        return {};
    const UtcMs moment = now();
    return {live->state,         live->last,
            live->recent.list(), live->trail.availability(moment - kDayMs, moment),
            live->incident,      causeOf(*live)};
}

WatchHealth MonitoringService::health() const
{
    return {m_lastSampleAt, m_wasAlive, m_parts.writer.fault()};
}

void MonitoringService::watchHealth()
{
    const qint64 moment = m_parts.clock.monotonicMs();
    const bool answersCome =
        std::none_of(m_underWay.cbegin(), m_underWay.cend(),
                     [moment](const UnderWay &check) { return check.deadline < moment; });
    const bool alive = answersCome && m_scheduler.overdueBy().count() < kStalledAfterMs;
    if (alive != m_wasAlive) {
        m_wasAlive = alive;
        Q_EMIT healthChanged();
    }
}

UtcMs MonitoringService::now() const
{
    return m_parts.clock.utcMs();
}

QFuture<Result<MonitorId>> MonitoringService::addMonitor(const Monitor &monitor)
{
    return m_configuration.add(monitor);
}

QFuture<Result<MonitorId>> MonitoringService::addWebsite(const QString &address)
{
    const auto monitor = monitorFromAddress(address);
    if (!monitor)
        return QtFuture::makeReadyFuture(Result<MonitorId>(tl::make_unexpected(monitor.error())));
    return m_configuration.add(*monitor);
}

QFuture<Result<void>> MonitoringService::removeMonitor(MonitorId id)
{
    return m_configuration.remove(id);
}

QFuture<Result<void>> MonitoringService::setPaused(MonitorId id, bool paused)
{
    auto changed = monitor(id);
    if (!changed) {
        return QtFuture::makeReadyFuture(
            Result<void>(failure(Error::Kind::NotFound, tr("This monitor has been removed."))));
    }
    changed->paused = paused;
    return m_configuration.replace(*changed);
}

void MonitoringService::checkNow(MonitorId id)
{
    m_scheduler.checkNow(id);
}

void MonitoringService::adoptConfiguration()
{
    QSet<MonitorId> wanted;
    for (const auto &monitor : m_configuration.current().monitors) {
        wanted.insert(monitor.id);
        adoptMonitor(monitor);
    }
    for (const MonitorId id : m_live.keys())
        if (!wanted.contains(id))
            retire(id);
    reschedule();
    Q_EMIT monitorsChanged();
}

void MonitoringService::adoptMonitor(const Monitor &monitor)
{
    LiveMonitor &live = m_live[monitor.id];
    const bool wasPaused = live.monitor.paused;
    live.monitor = monitor;
    if (monitor.paused && !wasPaused)
        enter(live, State::Paused);
    else if (!monitor.paused && wasPaused)
        enter(live, State::NotObserved);
}

void MonitoringService::retire(MonitorId id)
{
    LiveMonitor &live = m_live[id];
    if (live.incident) {
        Incident ended = *live.incident;
        ended.closedAt = now();
        closeIncident(live, ended);
    }
    enter(live, State::NotObserved);
    m_live.remove(id);
}

/// The admin's own doing, not drawn from a sample.
void MonitoringService::enter(LiveMonitor &live, State state)
{
    const UtcMs moment = now();
    live.state = {state, moment, state, moment, 0, 0};
    live.trail.settle(state, moment);
    m_parts.writer.settle(live.monitor.id, state, moment);
}

void MonitoringService::reschedule()
{
    QList<Monitor> active;
    for (const auto &monitor : m_configuration.current().monitors)
        if (!monitor.paused)
            active.append(monitor);
    m_scheduler.setMonitors(active);
}

QFuture<Result<QList<Rollup>>> MonitoringService::rollups(MonitorId id, UtcMs from, UtcMs to,
                                                          milliseconds width)
{
    return m_parts.queries.ask([=](HistoryReader &reader) { return reader.rollups(id, from, to, width); });
}

QFuture<Result<QList<StateInterval>>> MonitoringService::stateIntervals(MonitorId id, UtcMs from, UtcMs to)
{
    return m_parts.queries.ask([=](HistoryReader &reader) { return reader.stateIntervals(id, from, to); });
}

QFuture<Result<QList<Incident>>> MonitoringService::incidents(MonitorId id, UtcMs from, UtcMs to)
{
    return m_parts.queries.ask([=](HistoryReader &reader) { return reader.incidents(id, from, to); });
}

QFuture<Result<IncidentFile>> MonitoringService::incidentFile(IncidentId id)
{
    // Only what is committed can be read; an incident that lasts is at hand, however young it is.
    IncidentFile live;
    for (const auto &candidate : std::as_const(m_live)) {
        if (candidate.incident && candidate.incident->id == id) {
            live.incident = *candidate.incident;
            live.evidence = {candidate.firstFailureExchange, candidate.lastGood};
        }
    }
    const auto moment = now();
    return m_parts.queries.ask(
        [parts = m_parts, id, live, moment](HistoryReader &reader) -> Result<IncidentFile> {
            IncidentFile file = live;
            if (file.incident.id == 0) {
                const auto incident = reader.incident(id);
                if (!incident)
                    return tl::make_unexpected(incident.error());
                const auto evidence = reader.evidence(id);
                if (!evidence)
                    return tl::make_unexpected(evidence.error());
                file.incident = *incident;
                file.evidence = *evidence;
            }
            file.evidence = {redactedCopy(file.evidence.failed), redactedCopy(file.evidence.lastGood)};
            if (file.evidence.failed && file.evidence.lastGood)
                file.differences = exchangeDifference(*file.evidence.lastGood, *file.evidence.failed);
            const auto around = reader.samples(file.incident.monitor, file.incident.openedAt - kAroundMs,
                                               file.incident.closedAt.value_or(moment) + kAroundMs);
            if (!around)
                return tl::make_unexpected(around.error());
            file.around = *around;
            const auto recognition =
                file.evidence.failed ? parts.fingerprints.recognise(*file.evidence.failed) : Recognition{};
            file.guide = parts.playbooks.guideFor(file.incident, recognition, file.evidence.failed.get());
            return file;
        });
}

} // namespace backwatch
