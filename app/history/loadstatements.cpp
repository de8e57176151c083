// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/loadstatements.h"

#include "app/history/chartwidth.h"
#include "app/history/rows.h"

#include <cmath>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kSeriesInMemory = 20'000;
constexpr auto kLimit = ".limit"_L1;

struct Named
{
    qint64 id = 0;
    QString name;
};

Result<QList<Named>> seriesOf(const QSqlDatabase &database, const QString &service)
{
    return allRows(database, u"SELECT id, name FROM load_series WHERE service = ? ORDER BY name"_s, {service},
                   [](const QSqlQuery &row) {
                       return Named{row.value(0).toLongLong(), row.value(1).toString()};
                   });
}

Result<QList<LoadPoint>> pointsOf(const QSqlDatabase &database, qint64 series, UtcMs from, UtcMs to,
                                  milliseconds width)
{
    return allRows(database,
                   u"SELECT min(at), avg(value), min(value), max(value) FROM load_value "
                   "WHERE series_id = ? AND at >= ? AND at < ? GROUP BY at / ? ORDER BY 1"_s,
                   {series, from, to, qint64(width.count())}, [](const QSqlQuery &row) {
                       return LoadPoint{row.value(0).toLongLong(), row.value(1).toDouble(),
                                        row.value(2).toDouble(), row.value(3).toDouble()};
                   });
}

/// The one that held when the range began, and each time that it changed. It is stored again every hour.
Result<QList<LoadLimit>> limitsOf(const QSqlDatabase &database, qint64 series, UtcMs from, UtcMs to)
{
    QList<LoadLimit> limits;
    auto read =
        eachRow(database,
                u"SELECT at, value FROM load_value WHERE series_id = ? AND at < ? AND at >= coalesce(("
                "SELECT max(at) FROM load_value WHERE series_id = ? AND at <= ?), ?) ORDER BY at"_s,
                {series, to, series, from, from}, [&limits](const QSqlQuery &row) {
                    const LoadLimit limit{row.value(0).toLongLong(), row.value(1).toDouble()};
                    if (limits.isEmpty() || limits.last().value != limit.value)
                        limits.append(limit);
                });
    if (!read)
        return tl::make_unexpected(read.error());
    return limits;
}

} // namespace

LoadStatements::LoadStatements(const QSqlDatabase &connection) : m_connection(connection) {}

Result<qint64> LoadStatements::series(const Key &key)
{
    if (const auto known = m_series.constFind(key); known != m_series.cend())
        return *known;
    const QVariantList named{key.first, key.second};
    if (auto made = eachRow(m_connection,
                            u"INSERT INTO load_series (service, name) VALUES (?, ?) "
                            "ON CONFLICT (service, name) DO NOTHING"_s,
                            named, [](const QSqlQuery &) {});
        !made)
        return tl::make_unexpected(made.error());
    const auto id = firstRow(m_connection, u"SELECT id FROM load_series WHERE service = ? AND name = ?"_s,
                             named, [](const QSqlQuery &row) { return row.value(0).toLongLong(); });
    if (!id)
        return tl::make_unexpected(id.error());
    if (m_series.size() >= kSeriesInMemory)
        m_series.clear();
    return *m_series.insert(key, id->value_or(0));
}

// A few values every half a minute, so these are prepared each time.
Result<void> LoadStatements::insert(const LoadValues &values)
{
    for (const auto &value : values.values) {
        if (!std::isfinite(value.value))
            continue; // SQLite would make NULL of it, which no value is
        const auto id = series({values.service, value.name});
        if (!id)
            return tl::make_unexpected(id.error());
        if (auto done = eachRow(
                m_connection, u"INSERT OR REPLACE INTO load_value (series_id, at, value) VALUES (?, ?, ?)"_s,
                {*id, values.at, value.value}, [](const QSqlQuery &) {});
            !done)
            return done;
    }
    return {};
}

Result<QList<LoadSeries>> loadSeriesOf(const QSqlDatabase &database, const QString &service, UtcMs from,
                                       UtcMs to, int mostPoints)
{
    QList<LoadSeries> all;
    if (to <= from)
        return all;
    const auto stored = seriesOf(database, service);
    if (!stored)
        return tl::make_unexpected(stored.error());
    QHash<QString, qint64> limits;
    for (const auto &named : *stored)
        if (named.name.endsWith(kLimit))
            limits.insert(named.name.chopped(kLimit.size()), named.id);
    const auto width = chartWidth(from, to, mostPoints, mostPoints);
    for (const auto &named : *stored) {
        if (named.name.endsWith(kLimit))
            continue;
        const auto points = pointsOf(database, named.id, from, to, width);
        if (!points)
            return tl::make_unexpected(points.error());
        const auto held = limitsOf(database, limits.value(named.name), from, to);
        if (!held)
            return tl::make_unexpected(held.error());
        if (!points->isEmpty())
            all.append({named.name, *points, *held});
    }
    return all;
}

} // namespace backwatch
