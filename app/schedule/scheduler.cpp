// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/scheduler.h"

#include <algorithm>

namespace backwatch {

namespace {

// The first round starts soon, but not as one burst: so many new monitors a second, all within some seconds.
constexpr qint64 kFirstRoundStepMs = 5;
constexpr qint64 kFirstRoundMs = 5'000;

} // namespace

Scheduler::Scheduler(Clock &clock, int maxInFlight)
    : m_clock(clock), m_maxInFlight(maxInFlight), m_alarm(clock.createAlarm())
{
    connect(m_alarm.get(), &Alarm::ringing, this, &Scheduler::giveOut);
}

void Scheduler::setMonitors(const QList<Monitor> &monitors)
{
    QSet<MonitorId> wanted;
    qint64 added = 0;
    for (const auto &monitor : monitors) {
        wanted.insert(monitor.id);
        added += m_scheduled.contains(monitor.id) ? 0 : 1;
    }
    for (const MonitorId id : m_scheduled - wanted)
        m_queue.remove(id);

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
    if (!m_waiting.isEmpty())
        giveOut();
}

milliseconds Scheduler::overdueBy()
{
    const auto next = m_queue.nextDue();
    return milliseconds(next ? std::max<qint64>(0, m_clock.monotonicMs() - *next) : 0);
}

void Scheduler::giveOut()
{
    for (const MonitorId id : m_queue.take(m_clock.monotonicMs())) {
        if (!m_inFlight.contains(id) && !m_isWaiting.contains(id)) {
            m_waiting.enqueue(id);
            m_isWaiting.insert(id);
        }
    }
    QList<MonitorId> ids;
    while (!m_waiting.isEmpty() && m_inFlight.size() < m_maxInFlight) {
        const MonitorId id = m_waiting.dequeue();
        m_isWaiting.remove(id);
        if (!m_scheduled.contains(id))
            continue;
        m_inFlight.insert(id);
        ids.append(id);
    }
    arm();
    if (!ids.isEmpty())
        Q_EMIT due(ids);
}

void Scheduler::arm()
{
    if (const auto next = m_queue.nextDue())
        m_alarm->setAt(*next);
    else
        m_alarm->cancel();
}

} // namespace backwatch
