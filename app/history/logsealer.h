// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"
#include "app/history/samplerow.h"

#include <QSqlDatabase>

#include <limits>
#include <map>

namespace backwatch {

/// Moves the oldest rows of the log into one part a monitor and day, in short steps. Nothing is seen of it
/// until the seal itself is written, in one go; a crash before leaves the log as it was.
class LogSealer
{
public:
    /// So many rows are in memory at once.
    static constexpr qint64 kMostRows = 250'000;

    explicit LogSealer(const QSqlDatabase &connection);

    /// Finishes what an earlier run left half done, then seals the rows up to that one, kMostRows at most and
    /// never the newest: ids have to go on from it.
    Result<void> begin(qint64 upTo);
    /// Works for a few milliseconds, in the caller's transaction. Whether there is more to do.
    Result<bool> step();
    /// The oldest day that a part was made of since forgetDays(); far in the future when
    /// none was.
    qint64 oldestDay() const { return m_oldestDay; }
    void forgetDays() { m_oldestDay = std::numeric_limits<qint64>::max(); }
    /// The newest row that is in a part.
    qint64 sealed() const { return m_sealed; }

private:
    enum class Stage { Idle, Clearing, Reading, Writing, Removing };
    using Key = std::pair<MonitorId, qint64>; ///< monitor and day

    Result<void> clear();
    Result<void> read();
    Result<void> readChunk();
    Result<void> write();
    Result<void> writePart(const Key &key, const SampleRows &rows);
    Result<void> finishSeal();
    Result<void> remove();
    Result<void> keepNewer();
    Result<void> makeShelter();
    Result<void> removeSome();

    QSqlDatabase m_connection;
    QString m_path;
    Stage m_stage = Stage::Idle;
    qint64 m_sealed = 0; ///< rows up to this one are in parts
    qint64 m_upTo = 0;
    qint64 m_lastRead = 0;
    qint64 m_sheltered = -1; ///< newer rows up to this one are put aside
    qint64 m_oldestDay = std::numeric_limits<qint64>::max();
    std::map<Key, SampleRows> m_rows;
};

} // namespace backwatch
