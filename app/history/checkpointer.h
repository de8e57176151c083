// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/history/database.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace backwatch {

/// Carries the write-ahead log over into the file, in a thread and on a connection of its own: that waits for
/// the disk, which a commit of samples should not. The writer starts it when it has written enough, and
/// leaves SQLite's own checkpoints off. Everything here belongs to the thread of the writer.
class Checkpointer
{
public:
    /// Pages between two checkpoints: 8 MB, so that what is written often is carried over once.
    static constexpr int kPages = 2'000;

    explicit Checkpointer(QString path);
    ~Checkpointer(); ///< waits for the one at work
    Checkpointer(const Checkpointer &) = delete;
    Checkpointer &operator=(const Checkpointer &) = delete;

    /// So many pages were written since, about. Starts when there are enough and none is at work.
    void written(int pages);
    /// Waits while the log is longer than it should be, so that it does not grow faster than it is carried
    /// over. Whether it still is.
    bool isBehind(milliseconds waitAtMost);

private:
    void work();
    Result<void> carryOver(std::optional<Database> &database) const;

    const QString m_path;
    int m_pages = 0;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_wanted = false;
    bool m_stopped = false;
    std::thread m_thread;
};

} // namespace backwatch
