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

template <typename Ready>
void HistoryQueue::wait(std::unique_lock<std::mutex> &lock, milliseconds atMost,
                        const std::function<bool()> &meanwhile, Ready ready)
{
    const auto end = std::chrono::steady_clock::now() + atMost;
    for (bool more = true; more && !ready() && std::chrono::steady_clock::now() < end;) {
        lock.unlock();
        more = meanwhile();
        lock.lock();
    }
    m_wake.wait_until(lock, end, ready);
}

HistoryQueue::Taken HistoryQueue::take(milliseconds waitAtMost, milliseconds collectAtMost,
                                       const std::function<bool()> &meanwhile)
{
    std::unique_lock lock(m_mutex);
    wait(lock, waitAtMost, meanwhile, [this] { return m_stopped || !m_entries.empty(); });
    if (!m_entries.empty())
        wait(lock, collectAtMost, meanwhile, [this] { return m_stopped || m_urgent; });
    m_urgent = false;
    return {std::exchange(m_entries, {}), m_stopped};
}

} // namespace backwatch
