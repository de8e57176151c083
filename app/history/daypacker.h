// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/rollupstatements.h"

#include <QSqlDatabase>

#include <optional>
#include <utility>

namespace backwatch {

/// Turns the parts of finished days into one block a monitor and day, and adds them to the rollups, in short
/// steps. Samples that come late, for a day that is packed already, are added to its block.
class DayPacker
{
public:
    static Result<DayPacker> prepared(const QSqlDatabase &connection);

    /// @param lastDay the newest day that counts as finished
    Result<void> begin(qint64 lastDay);
    /// Works for a few milliseconds, in the caller's transaction. Whether there is more to do.
    Result<bool> step();
    /// Whether a finished day was packed since this was asked.
    bool takePacked() { return std::exchange(m_hasPacked, false); }

private:
    struct Work
    {
        MonitorId monitor = 0;
        qint64 day = 0;

        auto operator<=>(const Work &) const = default;
    };

    DayPacker(const QSqlDatabase &connection, RollupStatements rollups);
    Result<void> look(qint64 seal);
    Result<std::optional<Work>> next();
    Result<void> pack(const Work &work);
    /// In the order in which they came; nothing when a part is damaged.
    Result<std::optional<SampleRows>> partsOf(const Work &work);
    Result<std::optional<SampleRows>> blockOf(const Work &work);
    Result<void> store(const Work &work, SampleRows rows);
    Result<void> removeParts(const Work &work);
    Result<void> removeEmptySeals();

    QSqlDatabase m_connection;
    QString m_path;
    RollupStatements m_rollups;
    QSqlQuery m_nextPart;
    bool m_working = false;
    bool m_hasPacked = false;
    qint64 m_lastDay = 0;
    QList<qint64> m_unseen; ///< seals that may have parts of finished days
    QList<qint64> m_seals;  ///< that have
    Work m_done;            ///< all before it are done
};

} // namespace backwatch
