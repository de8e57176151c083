// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyqueue.h"

#include <utility>

namespace backwatch {

void HistoryQueue::put(HistoryEntry entry, bool urgent)
{
    bool wake = urgent;
    {
        const std::lock_guard lock(m_mutex);
        wake = wake || m_entries.empty();
        m_entries.push_back(std::move(entry));
        m_urgent = m_urgent || urgent;
    }
    if (wake)
        m_wake.notify_one();
}

void HistoryQueue::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_wake.notify_one();
}

HistoryQueue::Taken HistoryQueue::take(milliseconds waitAtMost, milliseconds collectAtMost)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, waitAtMost, [this] { return m_stopped || !m_entries.empty(); });
    if (!m_entries.empty())
        m_wake.wait_for(lock, collectAtMost, [this] { return m_stopped || m_urgent; });
    m_urgent = false;
    return {std::exchange(m_entries, {}), m_stopped};
}

} // namespace backwatch
