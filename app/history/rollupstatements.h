// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"
#include "app/history/rollupsum.h"

#include <QSqlQuery>

namespace backwatch {

inline const QString kRollupColumns =
    QStringLiteral("checks, failures, codes, outcomes, min_us, max_us, sum_us, phases, sketch");
/// Reads those columns, of which the first one stands at that place. Absent when they are damaged.
std::optional<RollupSum> rollupSumFrom(const QSqlQuery &row, int first);

/// Adds to the rows of hours and days inside the caller's transaction.
class RollupStatements
{
public:
    static Result<RollupStatements> prepared(const QSqlDatabase &connection);

    /// Samples of that day that are not yet in the rows of it.
    Result<void> add(MonitorId monitor, qint64 day, const SampleRows &rows);

private:
    struct Table
    {
        explicit Table(const QSqlDatabase &connection) : find(connection), store(connection) {}

        QSqlQuery find;
        QSqlQuery store;
    };

    explicit RollupStatements(const QSqlDatabase &connection);
    Result<void> add(Table &table, const QVariantList &key, RollupSum sum);

    QString m_path;
    Table m_hours;
    Table m_days;
};

} // namespace backwatch
