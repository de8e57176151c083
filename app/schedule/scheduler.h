// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/schedule/duequeue.h"

#include <QObject>
#include <QQueue>
#include <QSet>

namespace backwatch {

/// Says when which monitor is to be checked: each at its interval, spread over it, never again while its last
/// check is still under way, and no more than so many at once. Paused monitors are simply not among those it
/// is given.
class Scheduler : public QObject
{
    Q_OBJECT

public:
    /// @param clock    must outlive it
    /// @param maxInFlight checks under way at once; the others wait in the order in which they became due
    Scheduler(Clock &clock, int maxInFlight);

    /// Makes the set of scheduled monitors be this one. Those that it knows keep their places.
    void setMonitors(const QList<Monitor> &monitors);
    void checkNow(MonitorId id);
    /// The next check of that monitor comes after the delay, if its regular one is not earlier.
    void recheckAfter(MonitorId id, milliseconds delay);
    /// To be called once for every id that due() gave out.
    void finished(MonitorId id);

    int inFlight() const { return static_cast<int>(m_inFlight.size()); }
    /// How late the check is that should have been given out first; 0 when all is in time.
    milliseconds overdueBy();

Q_SIGNALS:
    void due(const QList<backwatch::MonitorId> &ids);

private:
    void giveOut();
    void arm();

    Clock &m_clock;
    const int m_maxInFlight;
    std::unique_ptr<Alarm> m_alarm;
    DueQueue m_queue;
    QSet<MonitorId> m_scheduled;
    QSet<MonitorId> m_inFlight;
    QSet<MonitorId> m_isWaiting;
    QQueue<MonitorId> m_waiting;
};

} // namespace backwatch
