// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupstatements.h"

#include "app/core/logging.h"
#include "app/history/database.h"
#include "app/history/daynumber.h"

#include <QSqlError>
#include <QVariant>

#include <map>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

QVariant number(std::optional<qint64> value)
{
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<qlonglong>());
}

std::optional<qint64> number(const QSqlQuery &row, int column)
{
    const QVariant value = row.value(column);
    return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
}

Result<void> prepareTable(QSqlQuery &find, QSqlQuery &store, const QString &table, const QString &keys,
                          const QString &path)
{
    const auto places = QStringList(keys.count(u',') + 1, u"?"_s).join(u", "_s);
    const QString select = u"SELECT %1 FROM %2 WHERE (%3) = (%4)"_s.arg(kRollupColumns, table, keys, places);
    if (auto ready = prepare(find, select, path); !ready)
        return ready;
    return prepare(store,
                   u"INSERT OR REPLACE INTO %1 (%2, %3) VALUES (%4, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(
                       table, keys, kRollupColumns, places),
                   path);
}

} // namespace

std::optional<RollupSum> rollupSumFrom(const QSqlQuery &row, int first)
{
    RollupSum sum;
    sum.checks = row.value(first).toLongLong();
    sum.failures = row.value(first + 1).toLongLong();
    const auto codes = Tally::fromText(row.value(first + 2).toByteArray());
    const auto outcomes = Tally::fromText(row.value(first + 3).toByteArray());
    sum.least = number(row, first + 4);
    sum.most = number(row, first + 5);
    sum.sum = number(row, first + 6).value_or(0);
    const auto phases = unpackPhases(row.value(first + 7).toByteArray(), sum.checks);
    auto sketch = LatencySketch::unpacked(row.value(first + 8).toByteArray());
    if (!codes || !outcomes || !phases || !sketch)
        return std::nullopt;
    sum.codes = *codes;
    sum.outcomes = *outcomes;
    sum.phases = *phases;
    sum.sketch = std::move(*sketch);
    return sum;
}

RollupStatements::RollupStatements(const QSqlDatabase &connection)
    : m_path(databasePath(connection)), m_hours(connection), m_days(connection)
{
}

Result<RollupStatements> RollupStatements::prepared(const QSqlDatabase &connection)
{
    RollupStatements statements(connection);
    if (auto ready = prepareTable(statements.m_hours.find, statements.m_hours.store, u"rollup_hour"_s,
                                  u"day, monitor_id, hour"_s, statements.m_path);
        !ready)
        return tl::make_unexpected(ready.error());
    if (auto ready = prepareTable(statements.m_days.find, statements.m_days.store, u"rollup_day"_s,
                                  u"monitor_id, day"_s, statements.m_path);
        !ready)
        return tl::make_unexpected(ready.error());
    return statements;
}

Result<void> RollupStatements::add(Table &table, const QVariantList &key, RollupSum sum)
{
    int place = 0;
    for (const auto &value : key) {
        table.find.bindValue(place, value);
        table.store.bindValue(place++, value);
    }
    if (auto done = run(table.find, m_path); !done)
        return done;
    if (table.find.next()) {
        if (const auto before = rollupSumFrom(table.find, 0))
            sum.merge(*before);
        else
            qCWarning(lcHistory) << "a damaged rollup is made anew:" << key;
    }
    const QSqlError error = table.find.lastError();
    table.find.finish();
    if (error.isValid())
        return tl::make_unexpected(databaseError(error, m_path));
    for (const auto &value : {QVariant(sum.checks), QVariant(sum.failures), QVariant(sum.codes.text()),
                              QVariant(sum.outcomes.text()), number(sum.least), number(sum.most),
                              number(sum.least ? std::optional(sum.sum) : std::nullopt),
                              QVariant(packPhases(sum)), QVariant(sum.sketch.packed())})
        table.store.bindValue(place++, value);
    return run(table.store, m_path);
}

Result<void> RollupStatements::add(MonitorId monitor, qint64 day, const SampleRows &rows)
{
    std::map<qint64, RollupSum> hours;
    for (const auto &row : rows)
        hours[floorDivide(row.startedAt - day * kDayMs, kHourMs)].add(row);
    RollupSum whole;
    for (const auto &[hour, sum] : hours) {
        whole.merge(sum);
        if (auto done = add(m_hours, {day, monitor, hour}, sum); !done)
            return done;
    }
    return whole.checks > 0 ? add(m_days, {monitor, day}, whole) : Result<void>();
}

} // namespace backwatch
