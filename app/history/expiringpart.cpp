// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/daynumber.h"
#include "app/history/retention.h"
#include "app/history/rows.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Rows of a tier, each with its day and weight.
QString rowsOf(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Blocks:
        return u"SELECT id >> 32 AS day, length(data) AS weight FROM sample_block"_s;
    case HistoryTier::Hours:
        return u"SELECT day, 1 AS weight FROM rollup_hour"_s;
    case HistoryTier::Evidence:
        // That of an incident that lasts stays; it is of no day that could go.
        return u"SELECT CASE WHEN i.closed_at IS NULL THEN 9223372036854775807 ELSE e.taken_at / 86400000 "
               "END AS day, length(e.har) AS weight FROM evidence e JOIN incident i "
               "ON i.id = e.incident_id"_s;
    case HistoryTier::Load:
        return u"SELECT at / 86400000 AS day, 1 AS weight FROM load_value"_s;
    case HistoryTier::Log:
    case HistoryTier::Days:
        break;
    }
    return {};
}

} // namespace

Result<ExpiringPart> expiringPart(const QSqlDatabase &database, HistoryTier tier, KeptDays days, qint64 today)
{
    if (!hasLimit(tier) || !days)
        return ExpiringPart();
    const qint64 first = today - *days;
    const QString statement =
        u"SELECT count(DISTINCT goes), min(goes), total(CASE WHEN goes NOT NULL THEN weight "
        "END) / max(1, total(weight)) FROM (SELECT CASE WHEN day < ? THEN day END AS goes, "
        "weight FROM (%1))"_s.arg(rowsOf(tier));
    const auto part = firstRow(database, statement, {first}, [first](const QSqlQuery &row) {
        return ExpiringPart{row.value(0).toLongLong(), row.value(1).toLongLong() * kDayMs, first * kDayMs,
                            row.value(2).toDouble()};
    });
    return part.map([](const std::optional<ExpiringPart> &found) {
        return found && found->days > 0 ? *found : ExpiringPart();
    });
}

} // namespace backwatch
