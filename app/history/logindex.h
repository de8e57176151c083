// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"

#include <QHash>
#include <QSqlDatabase>

#include <deque>

namespace backwatch {

/// Which rows of the log are whose. The log has no index of its own, which would cost more than the rows; a
/// reader looks at each row once and remembers.
class LogIndex
{
public:
    /// Takes in what has come since, and forgets what is sealed.
    Result<void> update(const QSqlDatabase &database);
    /// Ascending.
    const std::deque<qint64> &rowsOf(MonitorId monitor) const;

private:
    qint64 m_sealed = 0;
    qint64 m_last = 0;
    QHash<MonitorId, std::deque<qint64>> m_rows;
};

} // namespace backwatch
