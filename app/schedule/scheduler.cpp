// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/scheduler.h"

#include <algorithm>

namespace backwatch {

namespace {

// The first round starts soon, but not as one burst: so many new monitors a second, all within some seconds.
constexpr qint64 kFirstRoundStepMs = 5;
constexpr qint64 kFirstRoundMs = 4'500;

} // namespace

Scheduler::Scheduler(Clock &clock, int maxInFlight)
    : m_clock(clock), m_maxInFlight(maxInFlight), m_alarm(clock.createAlarm())
{
    connect(m_alarm.get(), &Alarm::ringing, this, &Scheduler::giveOut);
}

void Scheduler::setMonitors(const QList<Monitor> &monitors)
{
    QHash<MonitorId, QString> wanted;
    qint64 added = 0;
    for (const auto &monitor : monitors) {
        wanted.insert(monitor.id, checkHost(monitor.check));
        added += m_scheduled.contains(monitor.id) ? 0 : 1;
    }
    for (auto known = m_scheduled.cbegin(); known != m_scheduled.cend(); ++known) {
        if (wanted.contains(known.key()))
            continue;
        m_queue.remove(known.key());
        m_hosts.leave(known.key(), known.value());
    }

    const qint64 now = m_clock.monotonicMs();
    qint64 position = 0;
    for (const auto &monitor : monitors) {
        const qint64 window =
            std::min({qint64(monitor.interval.count()), added * kFirstRoundStepMs, kFirstRoundMs});
        const bool isNew = !m_scheduled.contains(monitor.id);
        const qint64 first =
            isNew ? now + window * position++ / added : nextOnGrid(monitor.id, monitor.interval, now);
        m_queue.set(monitor.id, monitor.interval, first);
    }
    m_scheduled = wanted;
    arm();
}

void Scheduler::setChecksPerHost(int limit)
{
    m_hosts.setLimit(limit);
    giveOut();
}

void Scheduler::settle(milliseconds pause)
{
    m_settlesUntil = m_clock.monotonicMs() + pause.count();
    m_queue.restartAfter(m_settlesUntil);
    arm();
}

void Scheduler::checkNow(MonitorId id)
{
    m_queue.bringForward(id, m_clock.monotonicMs());
    arm();
}

void Scheduler::recheckAfter(MonitorId id, milliseconds delay)
{
    m_queue.bringForward(id, m_clock.monotonicMs() + delay.count());
    arm();
}

void Scheduler::finished(MonitorId id)
{
    m_inFlight.remove(id);
    m_hosts.finished(id);
    if (!m_waiting.isEmpty() || m_hosts.anyInLine())
        giveOut();
}

milliseconds Scheduler::overdueBy()
{
    const auto next = m_queue.nextDue();
    return milliseconds(next ? std::max<qint64>(0, m_clock.monotonicMs() - *next) : 0);
}

void Scheduler::lineUp(MonitorId id)
{
    if (m_inFlight.contains(id) || m_isWaiting.contains(id))
        return;
    m_isWaiting.insert(id);
    if (m_hosts.begin(id, m_scheduled.value(id), m_clock.monotonicMs()))
        m_waiting.enqueue(id);
}

void Scheduler::giveOut()
{
    const qint64 now = m_clock.monotonicMs();
    if (now < m_settlesUntil)
        return arm();
    for (const MonitorId id : m_hosts.next(now))
        m_waiting.enqueue(id);
    for (const MonitorId id : m_queue.take(now))
        lineUp(id);
    QList<MonitorId> ids;
    while (!m_waiting.isEmpty() && m_inFlight.size() < m_maxInFlight) {
        const MonitorId id = m_waiting.dequeue();
        m_isWaiting.remove(id);
        if (!m_scheduled.contains(id)) {
            m_hosts.finished(id);
            continue;
        }
        m_inFlight.insert(id);
        ids.append(id);
    }
    arm();
    if (!ids.isEmpty())
        Q_EMIT due(ids);
}

void Scheduler::arm()
{
    auto next = m_queue.nextDue();
    if (const auto free = m_hosts.nextFree())
        next = std::min(next.value_or(*free), *free);
    if (next)
        m_alarm->setAt(std::max(*next, m_settlesUntil));
    else
        m_alarm->cancel();
}

} // namespace backwatch
