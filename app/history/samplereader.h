// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sample.h"
#include "app/history/logindex.h"
#include "app/history/sampleblock.h"

#include <functional>

class QSqlQuery;

namespace backwatch {

/// Finds samples wherever they are by now: in blocks, in parts or in the log. Times are half open. Belongs to
/// one thread.
class SampleReader
{
public:
    explicit SampleReader(const QSqlDatabase &database) : m_database(database) {}

    /// In order of their start.
    Result<QList<StoredSample>> samples(MonitorId monitor, UtcMs from, UtcMs to);
    /// Of all monitors, in the order in which they came in.
    Result<QList<StoredSample>> asTheyCame(UtcMs from, UtcMs to);
    Result<std::optional<StoredSample>> last(MonitorId monitor, UtcMs before);

    using VisitAnswers = std::function<void(const AnswerColumns &)>;
    /// Those of packed days, in no order, and also some outside of the range.
    Result<void> packedAnswers(MonitorId monitor, UtcMs from, UtcMs to, const VisitAnswers &visit);
    /// Those that stand in no block and no rollup yet.
    Result<void> freshAnswers(MonitorId monitor, UtcMs from, UtcMs to, const VisitAnswers &visit);

private:
    using VisitPacked = std::function<Result<void>(const QByteArray &)>;
    Result<void> eachBlock(MonitorId monitor, UtcMs from, UtcMs to, const VisitPacked &visit);
    Result<void> eachPart(MonitorId monitor, UtcMs from, UtcMs to, const VisitPacked &visit);
    Result<SampleRows> logRows(MonitorId monitor, UtcMs from, UtcMs to);
    Result<void> eachOf(const std::deque<qint64> &ids,
                        const std::function<void(const QSqlQuery &)> &visit) const;
    Result<SampleRows> allRowsOf(MonitorId monitor, UtcMs from, UtcMs to);

    QSqlDatabase m_database;
    LogIndex m_log;
};

} // namespace backwatch
