// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"
#include "app/core/state.h"

#include <QSqlDatabase>

namespace backwatch {

/// The row of the table observer that stands for this run of the program; 0 when this run does not watch.
struct ObserverRun
{
    qint64 id = 0;
    UtcMs startedAt = 0;
};

/// When this program was running, and which state each monitor was in. Works inside the caller's transaction.
class StateStatements
{
public:
    explicit StateStatements(const QSqlDatabase &connection, ObserverRun run = {});

    /// Ends what an earlier run that was cut off left open at the moment it was last seen, and begins this
    /// run.
    Result<void> beginRun(UtcMs now);
    /// Notes that this run is still alive. Does nothing, like endRun(), when none was begun.
    Result<void> seen(UtcMs now);
    /// Ends this run and every state at the one moment, and begins another run at the other.
    Result<void> interrupted(UtcMs from, UtcMs to);
    /// Ends every state, because nobody looks any more.
    Result<void> endRun(UtcMs now);

    /// A moment before the current interval's start cuts or replaces what stands after it. Time between two
    /// runs stays unobserved.
    Result<void> settle(MonitorId monitor, State state, UtcMs at);

    ObserverRun run() const { return m_run; }

private:
    Result<void> insertRun(UtcMs now);
    Result<void> execute(const QString &statement, const QVariantList &values);
    Result<void> endAllAt(const QVariant &moment);
    /// Where the newest interval of a monitor ended in an earlier run; absent while it lasts.
    Result<std::optional<UtcMs>> lastEnd(MonitorId monitor);
    Result<void> begin(MonitorId monitor, State state, UtcMs from, std::optional<UtcMs> to);

    QSqlDatabase m_connection;
    QString m_path;
    ObserverRun m_run;
};

} // namespace backwatch
