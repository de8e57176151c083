// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/monitor.h"

#include <QHash>
#include <QList>
#include <queue>

#include <optional>
#include <vector>

namespace backwatch {

/// When each monitor is due. Every monitor has a grid of its own, an interval apart and shifted by a share of
/// it that depends on its id alone, so that many monitors spread evenly and keep their places over restarts.
/// Pure arithmetic on the monotonic milliseconds that it is given.
class DueQueue
{
public:
    /// Adds a monitor, or changes its interval. The first check of a new one comes at `firstDue`.
    void set(MonitorId id, milliseconds interval, qint64 firstDue);
    void remove(MonitorId id);
    bool contains(MonitorId id) const { return m_entries.contains(id); }

    /// Brings the next check of a monitor forward; a later moment than the planned one changes nothing.
    void bringForward(MonitorId id, qint64 due);

    /// Gives every check the first place of its grid after that moment: nothing is due before, and then no
    /// burst.
    void restartAfter(qint64 moment);

    /// Takes out all that are due. Each goes back to the next place of its grid. One that is later than half
    /// its interval is left out this time: after a standstill there is no burst, and the spread stays.
    QList<MonitorId> take(qint64 now);

    std::optional<qint64> nextDue();

private:
    struct Entry
    {
        milliseconds interval{0};
        qint64 due = 0;
        quint32 generation = 0; ///< of the newest heap item; older items are ignored
    };
    struct Item
    {
        qint64 due;
        MonitorId id;
        quint32 generation;
        bool operator>(const Item &other) const { return due > other.due; }
    };

    void plan(MonitorId id, Entry &entry, qint64 due);
    void dropStale();

    QHash<MonitorId, Entry> m_entries;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> m_heap;
};

/// The first place after `now` on the grid of that monitor.
qint64 nextOnGrid(MonitorId id, milliseconds interval, qint64 now);

} // namespace backwatch
