// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QThread>

#include <condition_variable>
#include <mutex>

namespace backwatch {

class Clock;
class HistoryWriter;

/// Looks for damage while the program watches: quickly at its start, fully once a week. In a thread of its
/// own that gets only the time that nobody else wants, over a connection of its own.
class IntegrityWatch final : public QThread
{
public:
    /// Both must outlive it. Starts at once.
    IntegrityWatch(const QString &path, HistoryWriter &writer, const Clock &clock);
    /// Waits for the check under way.
    ~IntegrityWatch() override;

private:
    void run() override;
    bool fullCheckIsDue() const;
    void look();

    const QString m_path;
    HistoryWriter &m_writer;
    const Clock &m_clock;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopped = false;
};

/// A copy of the history as it is at this moment, taken while the program may be writing; a single file that
/// needs nothing beside it. Refuses to replace a file.
Result<void> backUpHistory(const QString &path, const QString &copy);

} // namespace backwatch
