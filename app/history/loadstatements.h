// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/loadhistory.h"
#include "app/core/result.h"

#include <QHash>
#include <QSqlDatabase>

namespace backwatch {

/// Stores load values inside the caller's transaction.
class LoadStatements
{
public:
    explicit LoadStatements(const QSqlDatabase &connection);

    /// What was stored for the same moment is replaced.
    Result<void> insert(const LoadValues &values);
    /// Series of a transaction that did not come to its end may not be there.
    void forgetSeries() { m_series.clear(); }

private:
    using Key = std::pair<QString, QString>; ///< service and name

    Result<qint64> series(const Key &key);

    QSqlDatabase m_connection;
    QHash<Key, qint64> m_series;
};

/// Of one service, by name, those with a point in the range; at most so many points each.
Result<QList<LoadSeries>> loadSeriesOf(const QSqlDatabase &database, const QString &service, UtcMs from,
                                       UtcMs to, int mostPoints);

} // namespace backwatch
