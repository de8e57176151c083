// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/schedule/duequeue.h"
#include "app/schedule/hostslots.h"

#include <QObject>
#include <QQueue>
#include <QSet>

namespace backwatch {

/// Says when which monitor is to be checked: each at its interval, spread over it, never again while its last
/// check is still under way, no more than so many at once, and so many at one host. Paused monitors are
/// simply not among those it is given.
class Scheduler : public QObject
{
    Q_OBJECT

public:
    /// @param clock    must outlive it
    /// @param maxInFlight checks under way at once; the others wait in the order in which they became due
    Scheduler(Clock &clock, int maxInFlight);

    /// Makes the set of scheduled monitors be this one. Those that it knows keep their places.
    void setMonitors(const QList<Monitor> &monitors);
    /// So many checks at most are begun at one host at once, see HostSlots; 0: no limit.
    void setChecksPerHost(int limit);
    void checkNow(MonitorId id);
    /// The next check of that monitor comes after the delay, if its regular one is not earlier.
    void recheckAfter(MonitorId id, milliseconds delay);
    /// To be called once for every id that due() gave out.
    void finished(MonitorId id);

    /// Nothing is given out for so long; afterwards every monitor goes on at its next regular place.
    void settle(milliseconds pause);

    int inFlight() const { return static_cast<int>(m_inFlight.size()); }
    /// How late the check is that should have been given out first; 0 when all is in time.
    milliseconds overdueBy();

Q_SIGNALS:
    void due(const QList<backwatch::MonitorId> &ids);

private:
    void giveOut();
    void lineUp(MonitorId id);
    void arm();

    Clock &m_clock;
    const int m_maxInFlight;
    std::unique_ptr<Alarm> m_alarm;
    DueQueue m_queue;
    HostSlots m_hosts;
    QHash<MonitorId, QString> m_scheduled; ///< with its host
    QSet<MonitorId> m_inFlight;
    QSet<MonitorId> m_isWaiting; ///< in m_waiting, or in line at their host
    QQueue<MonitorId> m_waiting;
    qint64 m_settlesUntil = 0;
};

} // namespace backwatch
