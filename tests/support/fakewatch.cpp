// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakewatch.h"

#include <QPromise>

#include <algorithm>
#include <memory>
#include <utility>

namespace backwatch {

template <typename T>
QFuture<Result<T>> FakeWatch::answer(Result<T> result)
{
    if (failWith)
        result = tl::make_unexpected(*failWith);
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto deliver = [promise, result] {
        promise->addResult(result);
        promise->finish();
    };
    if (m_hold)
        m_held.append(deliver);
    else
        deliver();
    return promise->future();
}

void FakeWatch::releaseAnswers()
{
    m_hold = false;
    for (const auto &deliver : std::exchange(m_held, {}))
        deliver();
}

MonitorId FakeWatch::putMonitor(Monitor monitor, MonitorStatus status)
{
    if (monitor.id == 0) {
        for (const auto &known : std::as_const(monitorList))
            monitor.id = std::max(monitor.id, known.id);
        ++monitor.id;
    }
    monitorList.append(monitor);
    statuses.insert(monitor.id, std::move(status));
    Q_EMIT monitorsChanged();
    return monitor.id;
}

void FakeWatch::setStatus(MonitorId id, const MonitorStatus &status)
{
    statuses.insert(id, status);
    Q_EMIT statusChanged({id});
}

void FakeWatch::setHealth(const WatchHealth &health)
{
    healthValue = health;
    Q_EMIT healthChanged();
}

void FakeWatch::openIncident(const Incident &incident)
{
    incidentList.prepend(incident);
    Q_EMIT incidentOpened(incident);
}

void FakeWatch::closeIncident(const Incident &incident)
{
    for (auto &known : incidentList)
        if (known.id == incident.id)
            known = incident;
    Q_EMIT incidentClosed(incident);
}

std::optional<Monitor> FakeWatch::monitor(MonitorId id) const
{
    for (const auto &known : monitorList)
        if (known.id == id)
            return known;
    return std::nullopt;
}

QFuture<Result<MonitorId>> FakeWatch::addMonitor(const Monitor &monitor)
{
    added.append(monitor);
    if (failWith)
        return answer<MonitorId>(MonitorId{0});
    return answer<MonitorId>(putMonitor(monitor));
}

QFuture<Result<MonitorId>> FakeWatch::addWebsite(const QString &address)
{
    addresses.append(address);
    Monitor monitor;
    monitor.name = address;
    return addMonitor(monitor);
}

QFuture<Result<void>> FakeWatch::removeMonitor(MonitorId id)
{
    removed.append(id);
    if (!failWith && monitor(id)) {
        monitorList.removeIf([id](const Monitor &known) { return known.id == id; });
        Q_EMIT monitorsChanged();
    }
    return answer<void>({});
}

QFuture<Result<void>> FakeWatch::setSecret(const QString &name, const QString &value)
{
    if (!failWith)
        secretsSet.append({name, value});
    return answer<void>({});
}

QFuture<Result<void>> FakeWatch::setPaused(MonitorId id, bool paused)
{
    pausedCalls.append({id, paused});
    if (!failWith) {
        for (auto &known : monitorList)
            if (known.id == id)
                known.paused = paused;
        Q_EMIT monitorsChanged();
    }
    return answer<void>({});
}

QFuture<Result<QList<Rollup>>> FakeWatch::rollups(MonitorId id, UtcMs from, UtcMs to, milliseconds width)
{
    rollupRequests.append({id, from, to, width});
    return answer<QList<Rollup>>(rollupsFor ? rollupsFor(id, from, to, width) : Result<QList<Rollup>>{});
}

QFuture<Result<QList<StateInterval>>> FakeWatch::stateIntervals(MonitorId id, UtcMs from, UtcMs to)
{
    QList<StateInterval> cut;
    for (auto interval : intervals.value(id)) {
        interval.from = std::max(interval.from, from);
        interval.to = std::min(interval.to, to);
        if (interval.from < interval.to)
            cut.append(interval);
    }
    return answer<QList<StateInterval>>(cut);
}

QFuture<Result<QList<Incident>>> FakeWatch::incidents(MonitorId id, UtcMs from, UtcMs to)
{
    QList<Incident> found;
    for (const auto &incident : std::as_const(incidentList))
        if ((id == 0 || incident.monitor == id) && incident.openedAt < to &&
            incident.closedAt.value_or(nowValue + 1) > from)
            found.append(incident);
    std::stable_sort(found.begin(), found.end(),
                     [](const Incident &a, const Incident &b) { return a.openedAt > b.openedAt; });
    return answer<QList<Incident>>(found);
}

QFuture<Result<IncidentFile>> FakeWatch::incidentFile(IncidentId id)
{
    filesAsked.append(id);
    const auto found = incidentFiles.constFind(id);
    if (found == incidentFiles.cend())
        return answer<IncidentFile>(
            failure(Error::Kind::NotFound, QStringLiteral("There is no such incident.")));
    IncidentFile file = *found;
    if (file.evidence.failed && file.evidence.lastGood)
        file.differences = exchangeDifference(*file.evidence.lastGood, *file.evidence.failed);
    return answer<IncidentFile>(file);
}

QFuture<Result<void>> FakeWatch::countOutageAs(IncidentId id, OutageClass countsAs, const QString &reason)
{
    if (!failWith)
        incidentFiles[id].said.append({countsAs, reason, QStringLiteral("anna@desk"), nowValue});
    return answer<void>({});
}

QFuture<Result<QList<LoadSeries>>> FakeWatch::loadSeries(const QString &service, UtcMs, UtcMs)
{
    loadsAsked.append(service);
    if (loadFailure)
        return answer<QList<LoadSeries>>(tl::make_unexpected(*loadFailure));
    return answer<QList<LoadSeries>>(loads.value(service));
}

QFuture<Result<HistoryAccount>> FakeWatch::historyAccount()
{
    return answer<HistoryAccount>(account);
}

QFuture<Result<ExpiringPart>> FakeWatch::expiringPart(HistoryTier tier, KeptDays days)
{
    expiringAsked.append({tier, days});
    return answer<ExpiringPart>(days ? expiring.value(tier) : ExpiringPart());
}

QFuture<Result<void>> FakeWatch::keepHistory(HistoryTier tier, KeptDays days)
{
    if (!failWith)
        kept.append({tier, days});
    return answer<void>({});
}

} // namespace backwatch
