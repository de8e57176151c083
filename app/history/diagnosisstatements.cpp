// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/diagnosisstatements.h"

#include "app/history/rows.h"

namespace backwatch {

Result<void> storeDiagnosis(const QSqlDatabase &database, IncidentId incident,
                            const StoredDiagnosis &diagnosis)
{
    const QString path = databasePath(database);
    QSqlQuery query(database);
    if (auto ready =
            prepare(query,
                    QStringLiteral("INSERT OR REPLACE INTO diagnosis (incident_id, made_at, document) "
                                   "VALUES (?, ?, ?)"),
                    path);
        !ready)
        return ready;
    query.addBindValue(incident);
    query.addBindValue(diagnosis.madeAt);
    query.addBindValue(diagnosis.document);
    return run(query, path);
}

Result<QList<StoredDiagnosis>> diagnosesOf(const QSqlDatabase &database, IncidentId incident)
{
    return allRows(
        database,
        QStringLiteral("SELECT made_at, document FROM diagnosis WHERE incident_id = ? ORDER BY made_at"),
        {incident}, [](const QSqlQuery &row) {
            return StoredDiagnosis{row.value(0).toLongLong(), row.value(1).toByteArray()};
        });
}

} // namespace backwatch
