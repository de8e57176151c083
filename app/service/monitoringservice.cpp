// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/monitoringservice.h"

#include "app/config/monitorfromaddress.h"
#include "app/evaluate/groupsample.h"
#include "app/evaluate/replay.h"
#include "app/history/daynumber.h"
#include "app/history/outageclass.h"
#include "app/secrets/secretstore.h"
#include "app/service/restoredmonitor.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kTellEveryMs = 250;
constexpr int kHealthEveryMs = 1'000;
/// A command may say what an outage counts as while this runs.
constexpr UtcMs kLookEveryMs = 60'000;
/// An answer or a due check that is later than this means that watching itself has stalled.
constexpr qint64 kStalledAfterMs = 10'000;
/// A network needs some seconds after a sleep; what is asked before fails for that reason alone.
constexpr auto kSettling = std::chrono::seconds(15);
/// Longer than a machine takes to fall asleep.
constexpr auto kFallingAsleep = std::chrono::seconds(60);

/// So much of all last good bodies together; each monitor gets its share.
constexpr qsizetype kBodyBudget = 32 * 1024 * 1024;

} // namespace

MonitoringService::MonitoringService(const MonitoringParts &parts, const MonitoringOptions &options)
    : m_parts(parts)
    , m_options(options)
    , m_scheduler(parts.clock, options.maxInFlight)
    , m_runner(parts.clock, parts.probes)
    , m_inquiry(parts.clock, parts.probes, parts.fingerprints)
    , m_machine(parts.clock, parts.probes, parts.secrets, parts.networkPaths)
    , m_load(parts.clock, parts.probes, parts.writer)
    , m_configuration(parts.writer, parts.queries)
{
    m_machine.serve(m_runner);
    m_inquiry.setFindSecrets(m_machine.findSecrets());
    connect(&m_machine, &OwnMachine::changed, this, &MonitoringService::healthChanged);
    connect(&m_parts.sleep, &SleepWatch::slept, this, &MonitoringService::slept);
    connect(&m_parts.sleep, &SleepWatch::fallingAsleep, this, [this] { m_scheduler.settle(kFallingAsleep); });
    connect(&m_scheduler, &Scheduler::due, this, &MonitoringService::onDue);
    connect(&m_runner, &CheckRunner::checked, this, &MonitoringService::onChecked);
    connect(&m_load, &LoadWatch::exhausted, this, &MonitoringService::reviseForLoad);
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
    m_links = MonitorLinks(m_configuration.current());
    for (const auto &monitor : m_configuration.current().monitors) {
        auto live = restoredMonitor(reader, monitor, now(), m_options.keepRecent);
        if (!live)
            return tl::make_unexpected(live.error());
        if (live->firstFailureExchange)
            live->recognition = m_parts.fingerprints.recognise(*live->firstFailureExchange);
        m_live.insert(monitor.id, *std::move(live));
    }
    return saidSince(reader.database(), 0).map([this](const SaidSince &said) { m_saidUpTo = said.newest; });
}

void MonitoringService::start()
{
    for (auto &live : m_live)
        if (live.monitor.paused)
            m_parts.writer.settle(live.monitor.id, State::Paused, now());
    m_healthTimer.start();
    reschedule();
}

void MonitoringService::slept(UtcMs from, UtcMs to)
{
    // What was under way has seen the other side only with this machine's eyes closed.
    for (const MonitorId id : m_runner.discard())
        m_scheduler.finished(id);
    m_load.discard();
    m_scheduler.settle(kSettling);
    m_parts.writer.interrupted(from, to);
    for (auto &live : m_live) {
        if (live.monitor.paused) {
            m_parts.writer.settle(live.monitor.id, State::Paused, to);
            continue;
        }
        if (const auto change = interrupt(live, from))
            live.trail.settle(change->to, change->at);
        tellLater(live.monitor.id);
    }
}

void MonitoringService::onDue(const QList<MonitorId> &ids)
{
    for (const MonitorId id : ids) {
        const auto live = m_live.constFind(id);
        if (live == m_live.cend())
            m_scheduler.finished(id);
        else if (std::holds_alternative<GroupCheck>(live->monitor.check))
            QMetaObject::invokeMethod(
                this, [this, id] { checkGroup(id); }, Qt::QueuedConnection);
        else
            m_runner.start(live->monitor);
    }
}

/// Asks nobody: what is believed of the members is at hand.
void MonitoringService::checkGroup(MonitorId id)
{
    const auto live = m_live.constFind(id);
    const auto *group = live == m_live.cend() ? nullptr : std::get_if<GroupCheck>(&live->monitor.check);
    CheckResult result;
    if (group) {
        QList<GroupMember> members;
        for (const MonitorId member : m_links.membersOf(id))
            if (const auto found = m_live.constFind(member); found != m_live.cend())
                members.append({found->monitor.name, found->state.state, found->last.value_or(Sample{})});
        result.sample = groupSample(*group, members, now());
        result.sample.monitor = id;
    }
    onChecked(id, result);
}

void MonitoringService::onChecked(MonitorId id, const CheckResult &result)
{
    m_scheduler.finished(id);
    const auto live = m_live.find(id);
    // What ended while its monitor was removed or paused is nobody's answer any more.
    if (live != m_live.end() && !live->monitor.paused)
        takeIn(*live, result);
}

void MonitoringService::takeIn(LiveMonitor &live, const CheckResult &result)
{
    const MonitorId id = live.monitor.id;
    const auto share = std::clamp<qsizetype>(kBodyBudget / std::max<qsizetype>(1, m_live.size()), 1024,
                                             Exchange::kBodyLimit);
    const JudgedMonitor judged{{}, m_links.parentsOf(id), m_links.maintenanceOf(id)};
    const auto around = surroundingsOf(judged, live.state, result.sample, [this](MonitorId parent) {
        const auto found = m_live.constFind(parent);
        return found == m_live.cend() ? nullptr : &*found;
    });
    const WatchedStep step = take(live, result, around, m_parts.fingerprints, share);
    const StoredSample stored{result.sample, step.evaluation.next.state};
    m_parts.writer.append(stored);
    if (m_options.keepRecent)
        live.recent.add(stored);
    if (const auto &settled = step.evaluation.settled)
        m_parts.writer.settle(id, settled->to, settled->at);
    if (step.incident.opened)
        openIncident(live);
    if (step.incident.closed)
        closeIncident(*step.incident.closed);
    if (step.failureBegan || step.evaluation.settled)
        reviseNeighbours(live);
    askOthers(id, step);
    if (step.evaluation.recheckSoon)
        m_scheduler.recheckAfter(id, live.monitor.retryInterval);
    m_lastSampleAt = now();
    tellLater(id);
}

/// A failure may be a parent's, and a group follows its members.
void MonitoringService::askOthers(MonitorId id, const WatchedStep &step)
{
    if (step.failureBegan)
        for (const MonitorId parent : m_links.parentsOf(id))
            m_scheduler.checkNow(parent);
    if (step.evaluation.settled)
        for (const MonitorId group : m_links.groupsWith(id))
            m_scheduler.checkNow(group);
}

void MonitoringService::tellLater(MonitorId id)
{
    m_changed.insert(id);
    if (!m_tellTimer.isActive())
        m_tellTimer.start();
}

void MonitoringService::openIncident(LiveMonitor &live)
{
    live.incident->id = m_parts.writer.nextIncidentId();
    m_parts.writer.store(*live.incident);
    m_parts.writer.store(live.incident->id, Evidence{live.firstFailureExchange, live.lastGood});
    diagnoseIncident(live);
    askAbout(live);
    Q_EMIT incidentOpened(*live.incident);
}

void MonitoringService::closeIncident(const Incident &incident)
{
    m_parts.writer.store(incident);
    if (const auto live = m_live.find(incident.monitor); live != m_live.end() && incident.closedAt)
        live->trail.outageEnded(*incident.closedAt);
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
    WatchHealth health{m_lastSampleAt, m_wasAlive, m_parts.writer.fault()};
    m_machine.report(health);
    return health;
}

void MonitoringService::watchHealth()
{
    const bool alive =
        m_runner.overdueBy().count() < kStalledAfterMs && m_scheduler.overdueBy().count() < kStalledAfterMs;
    if (alive != m_wasAlive) {
        m_wasAlive = alive;
        Q_EMIT healthChanged();
    }
    if (std::abs(now() - m_lastLooked) >= kLookEveryMs)
        adoptWhatWasSaid();
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

QFuture<Result<void>> MonitoringService::setSecret(const QString &name, const QString &value)
{
    return m_parts.secrets.write(name, value);
}

void MonitoringService::keepSecretsForThisSession()
{
    m_parts.secrets.useSessionOnly();
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
    m_links = MonitorLinks(m_configuration.current());
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
        live.incident.reset();
        closeIncident(ended);
    }
    enter(live, State::NotObserved);
    m_live.remove(id);
}

/// The admin's own doing, not drawn from a sample.
void MonitoringService::enter(LiveMonitor &live, State state)
{
    const UtcMs moment = now();
    const Flapping flapping = live.state.flapping;
    live.state = {state, moment, state, moment};
    live.state.flapping = flapping;
    live.trail.settle(state, moment);
    m_parts.writer.settle(live.monitor.id, state, moment);
}

void MonitoringService::reschedule()
{
    QList<Monitor> active;
    for (const auto &monitor : m_configuration.current().monitors)
        if (!monitor.paused)
            active.append(monitor);
    m_machine.setSettings(m_configuration.current().network);
    m_scheduler.setChecksPerHost(m_configuration.current().network.checksPerHost);
    m_scheduler.setMonitors(active);
    m_load.setServices(m_configuration.current().services);
}

} // namespace backwatch
