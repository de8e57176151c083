// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/sample.h"
#include "app/history/database.h"
#include "app/history/samplerow.h"

#include <QSqlError>
#include <QSqlQuery>

#include <type_traits>

namespace backwatch {

/// How rows become values.

inline const QString kSelectSamples = QStringLiteral(
    "SELECT s.monitor_id, s.started_at, s.outcome, s.state, s.http_status, s.dns_us, s.connect_us, s.tls_us, "
    "s.send_us, s.wait_us, s.receive_us, s.total_us, a.value, d.value, s.retry_after_s FROM sample s "
    "LEFT JOIN phrase a ON a.id = s.address LEFT JOIN phrase d ON d.id = s.detail");
StoredSample storedSampleFrom(const QSqlQuery &row);

/// The same as numbers; which monitor's it is stands apart.
inline const QString kSelectRows = QStringLiteral(
    "SELECT id, monitor_id, started_at, outcome, state, http_status, address, detail, retry_after_s, "
    "dns_us, connect_us, tls_us, send_us, wait_us, receive_us, total_us FROM sample");
SampleRow sampleRowFrom(const QSqlQuery &row);
MonitorId monitorFromRow(const QSqlQuery &row);

/// A number that this version does not know reads as Internal.
Outcome outcomeFromRow(const QVariant &number);

inline const QString kSelectIncidents =
    QStringLiteral("SELECT id, monitor_id, opened_at, confirmed_at, closed_at, outcome, http_status, detail, "
                   "producer FROM incident");
Incident incidentFrom(const QSqlQuery &row);
Result<QList<Incident>> withReferences(const QSqlDatabase &database, QList<Incident> incidents);
Result<Evidence> evidenceOf(const QSqlDatabase &database, IncidentId id);

/// Hands every row of the answer to a function, until it answers false where it answers anything.
template <typename Visit>
Result<void> eachRow(const QSqlDatabase &database, const QString &statement, const QVariantList &values,
                     Visit visit)
{
    const QString path = databasePath(database);
    QSqlQuery query(database);
    if (auto ready = prepare(query, statement, path); !ready)
        return ready;
    for (const auto &value : values)
        query.addBindValue(value);
    if (auto done = run(query, path); !done)
        return done;
    while (query.next()) {
        if constexpr (std::is_same_v<std::invoke_result_t<Visit, const QSqlQuery &>, bool>) {
            if (!visit(std::as_const(query)))
                return {};
        } else {
            visit(std::as_const(query));
        }
    }
    if (query.lastError().isValid())
        return tl::make_unexpected(databaseError(query.lastError(), path));
    return {};
}

/// For a statement that gives no rows.
Result<void> change(const QSqlDatabase &database, const QString &statement, const QVariantList &values);

template <typename Make>
auto allRows(const QSqlDatabase &database, const QString &statement, const QVariantList &values, Make make)
    -> Result<QList<std::invoke_result_t<Make, const QSqlQuery &>>>
{
    QList<std::invoke_result_t<Make, const QSqlQuery &>> rows;
    auto done = eachRow(database, statement, values, [&](const QSqlQuery &row) { rows.append(make(row)); });
    if (!done)
        return tl::make_unexpected(done.error());
    return rows;
}

template <typename Make>
auto firstRow(const QSqlDatabase &database, const QString &statement, const QVariantList &values, Make make)
    -> Result<std::optional<std::invoke_result_t<Make, const QSqlQuery &>>>
{
    const auto rows = allRows(database, statement, values, make);
    if (!rows)
        return tl::make_unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    return rows->first();
}

} // namespace backwatch
