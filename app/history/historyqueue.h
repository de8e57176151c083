// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/history/historyentry.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace backwatch {

/// Hands entries from any thread to the one that writes. Only the first entry of a burst wakes it.
class HistoryQueue
{
public:
    struct Taken
    {
        std::vector<HistoryEntry> entries;
        bool stopped = false;
    };

    /// @param urgent ends the collecting of the burst
    void put(HistoryEntry entry, bool urgent);
    void stop();

    /// Waits for the first entry, then collects what else comes in. Returns at once when stopped.
    /// @param meanwhile called while it waits, until it says that there is nothing left to do; short
    Taken take(milliseconds waitAtMost, milliseconds collectAtMost, const std::function<bool()> &meanwhile);

private:
    template <typename Ready>
    void wait(std::unique_lock<std::mutex> &lock, milliseconds atMost, const std::function<bool()> &meanwhile,
              Ready ready);

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<HistoryEntry> m_entries;
    bool m_urgent = false;
    bool m_stopped = false;
};

} // namespace backwatch
