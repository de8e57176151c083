// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/duequeue.h"

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

/// So many places there are in an interval, and none is shorter than that. Where there are more monitors,
/// some share one: waking up for each check alone costs more than the check, and nobody sees the twentieth of
/// a second in a minute.
constexpr qint64 kMostSlots = 1'200;
constexpr qint64 kShortestSlotMs = 2;

/// 0 ≤ share < 1. Multiples of the golden ratio fall into the largest free gap, however many there are.
double shareOf(MonitorId id)
{
    constexpr double kGoldenRatio = 0.6180339887498949;
    const double product = static_cast<double>(id) * kGoldenRatio;
    return product - std::floor(product);
}

} // namespace

qint64 nextOnGrid(MonitorId id, milliseconds interval, qint64 now)
{
    const qint64 step = interval.count();
    const qint64 slots = std::clamp<qint64>(step / kShortestSlotMs, 1, kMostSlots);
    const auto slot = static_cast<qint64>(shareOf(id) * static_cast<double>(slots));
    const qint64 offset = slot * step / slots;
    return now - ((now - offset) % step + step) % step + step;
}

void DueQueue::set(MonitorId id, milliseconds interval, qint64 firstDue)
{
    const auto known = m_entries.find(id);
    if (known == m_entries.end()) {
        Entry entry;
        entry.interval = interval;
        plan(id, *m_entries.insert(id, entry), firstDue);
    } else if (known->interval != interval) {
        known->interval = interval;
        plan(id, *known, firstDue);
    }
}

void DueQueue::remove(MonitorId id)
{
    m_entries.remove(id);
}

void DueQueue::bringForward(MonitorId id, qint64 due)
{
    const auto entry = m_entries.find(id);
    if (entry != m_entries.end() && due < entry->due)
        plan(id, *entry, due);
}

void DueQueue::restartAfter(qint64 moment)
{
    m_heap = {};
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry)
        plan(entry.key(), *entry, nextOnGrid(entry.key(), entry->interval, moment));
}

QList<MonitorId> DueQueue::take(qint64 now)
{
    QList<MonitorId> due;
    for (dropStale(); !m_heap.empty() && m_heap.top().due <= now; dropStale()) {
        const Item item = m_heap.top();
        m_heap.pop();
        Entry &entry = *m_entries.find(item.id);
        if (now - item.due <= entry.interval.count() / 2)
            due.append(item.id);
        qint64 next = nextOnGrid(item.id, entry.interval, now);
        // A first check or a re-check just before the regular place makes that one superfluous.
        if (next - item.due < entry.interval.count() / 2)
            next += entry.interval.count();
        plan(item.id, entry, next);
    }
    return due;
}

std::optional<qint64> DueQueue::nextDue()
{
    dropStale();
    if (m_heap.empty())
        return std::nullopt;
    return m_heap.top().due;
}

void DueQueue::plan(MonitorId id, Entry &entry, qint64 due)
{
    entry.due = due;
    m_heap.push({due, id, ++entry.generation});
}

void DueQueue::dropStale()
{
    while (!m_heap.empty()) {
        const Item &top = m_heap.top();
        const auto entry = m_entries.constFind(top.id);
        if (entry != m_entries.cend() && entry->generation == top.generation)
            return;
        m_heap.pop();
    }
}

} // namespace backwatch
