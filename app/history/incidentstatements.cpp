// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/incidentstatements.h"

#include "app/core/redaction.h"
#include "app/history/database.h"
#include "app/history/evidencecodec.h"

#include <QSqlQuery>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

// A null string would be stored as NULL.
QString notNull(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

} // namespace

IncidentStatements::IncidentStatements(const QSqlDatabase &connection)
    : m_connection(connection), m_path(databasePath(connection))
{
}

Result<void> IncidentStatements::store(const Incident &incident)
{
    if (auto done = storeRow(incident); !done)
        return done;
    return storeReferences(incident);
}

Result<void> IncidentStatements::storeRow(const Incident &incident)
{
    QSqlQuery query(m_connection);
    const auto statement =
        u"INSERT INTO incident (id, monitor_id, opened_at, confirmed_at, closed_at, outcome, http_status, "
        u"detail, "
        "producer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "monitor_id = excluded.monitor_id, opened_at = excluded.opened_at, confirmed_at = "
        "excluded.confirmed_at, "
        "closed_at = excluded.closed_at, outcome = excluded.outcome, http_status = excluded.http_status, "
        "detail = excluded.detail, producer = excluded.producer"_s;
    if (auto ready = prepare(query, statement, m_path); !ready)
        return ready;
    query.addBindValue(incident.id);
    query.addBindValue(incident.monitor);
    query.addBindValue(incident.openedAt);
    query.addBindValue(incident.confirmedAt);
    query.addBindValue(incident.closedAt ? QVariant(*incident.closedAt)
                                         : QVariant(QMetaType::fromType<qlonglong>()));
    query.addBindValue(static_cast<int>(incident.outcome));
    query.addBindValue(incident.httpStatus);
    query.addBindValue(notNull(incident.detail));
    query.addBindValue(notNull(incident.producer));
    return run(query, m_path);
}

Result<void> IncidentStatements::storeReferences(const Incident &incident)
{
    QSqlQuery remove(m_connection);
    if (auto ready = prepare(remove, u"DELETE FROM incident_reference WHERE incident_id = ?"_s, m_path);
        !ready)
        return ready;
    remove.addBindValue(incident.id);
    if (auto done = run(remove, m_path); !done)
        return done;
    QSqlQuery insert(m_connection);
    const auto statement =
        u"INSERT INTO incident_reference (incident_id, position, kind, value) VALUES (?, ?, ?, ?)"_s;
    if (auto ready = prepare(insert, statement, m_path); !ready)
        return ready;
    int position = 0;
    for (const auto &reference : incident.references) {
        insert.bindValue(0, incident.id);
        insert.bindValue(1, position++);
        insert.bindValue(2, notNull(reference.kind));
        insert.bindValue(3, notNull(reference.value));
        if (auto done = run(insert, m_path); !done)
            return done;
    }
    return {};
}

Result<void> IncidentStatements::store(IncidentId incident, const Evidence &evidence)
{
    if (auto done = storeExchange(incident, u"failed"_s, evidence.failed); !done)
        return done;
    return storeExchange(incident, u"last-good"_s, evidence.lastGood);
}

Result<void> IncidentStatements::storeExchange(IncidentId incident, const QString &role,
                                               const ExchangePtr &exchange)
{
    if (!exchange)
        return {};
    const auto packed = packEvidence(redacted(*exchange));
    if (!packed)
        return tl::make_unexpected(packed.error());
    QSqlQuery query(m_connection);
    const auto statement = u"INSERT INTO evidence (incident_id, role, taken_at, har) VALUES (?, ?, ?, ?) "
                           "ON CONFLICT (incident_id, role) DO UPDATE SET taken_at = excluded.taken_at, "
                           "har = excluded.har"_s;
    if (auto ready = prepare(query, statement, m_path); !ready)
        return ready;
    query.addBindValue(incident);
    query.addBindValue(role);
    query.addBindValue(exchange->startedAt);
    query.addBindValue(*packed);
    return run(query, m_path);
}

} // namespace backwatch
