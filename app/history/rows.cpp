// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rows.h"

#include "app/history/evidencecodec.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<microseconds> phase(const QSqlQuery &row, int column)
{
    const QVariant value = row.value(column);
    return value.isNull() ? std::nullopt : std::optional(microseconds(value.toLongLong()));
}

} // namespace

Outcome outcomeFromRow(const QVariant &number)
{
    return outcomeFromNumber(number.toInt()).value_or(Outcome::Internal);
}

StoredSample storedSampleFrom(const QSqlQuery &row)
{
    StoredSample stored;
    auto &sample = stored.sample;
    sample.monitor = row.value(0).toLongLong();
    sample.startedAt = row.value(1).toLongLong();
    sample.outcome = outcomeFromRow(row.value(2));
    stored.state = stateFromNumber(row.value(3).toInt()).value_or(State::NotObserved);
    sample.httpStatus = row.value(4).toInt();
    sample.phases = {phase(row, 5),
                     phase(row, 6),
                     phase(row, 7),
                     phase(row, 8),
                     phase(row, 9),
                     phase(row, 10),
                     microseconds(row.value(11).toLongLong())};
    sample.address = row.value(12).toString();
    sample.detail = row.value(13).toString();
    if (!row.isNull(14))
        sample.retryAfter = std::chrono::seconds(row.value(14).toLongLong());
    return stored;
}

SampleRow sampleRowFrom(const QSqlQuery &row)
{
    SampleRow sample;
    sample.id = row.value(0).toLongLong();
    sample.startedAt = row.value(2).toLongLong();
    sample.outcome = row.value(3).toLongLong();
    sample.state = row.value(4).toLongLong();
    sample.httpStatus = row.value(5).toLongLong();
    sample.address = row.value(6).toLongLong(); // null: 0
    sample.detail = row.value(7).toLongLong();
    if (!row.isNull(8))
        sample.retryAfter = row.value(8).toLongLong();
    for (int phase = 0; phase < kPhaseCount; ++phase) {
        const QVariant value = row.value(9 + phase);
        if (value.isNull())
            continue;
        sample.present |= static_cast<quint8>(1 << phase);
        sample.phases[static_cast<std::size_t>(phase)] = value.toLongLong();
    }
    sample.total = row.value(15).toLongLong();
    return sample;
}

MonitorId monitorFromRow(const QSqlQuery &row)
{
    return row.value(1).toLongLong();
}

Result<void> change(const QSqlDatabase &database, const QString &statement, const QVariantList &values)
{
    return eachRow(database, statement, values, [](const QSqlQuery &) {});
}

Incident incidentFrom(const QSqlQuery &row)
{
    Incident incident;
    incident.id = row.value(0).toLongLong();
    incident.monitor = row.value(1).toLongLong();
    incident.openedAt = row.value(2).toLongLong();
    incident.confirmedAt = row.value(3).toLongLong();
    if (!row.isNull(4))
        incident.closedAt = row.value(4).toLongLong();
    incident.outcome = outcomeFromRow(row.value(5));
    incident.httpStatus = row.value(6).toInt();
    incident.detail = row.value(7).toString();
    incident.producer = row.value(8).toString();
    return incident;
}

Result<QList<Incident>> withReferences(const QSqlDatabase &database, QList<Incident> incidents)
{
    for (auto &incident : incidents) {
        auto references = allRows(
            database, u"SELECT kind, value FROM incident_reference WHERE incident_id = ? ORDER BY position"_s,
            {incident.id}, [](const QSqlQuery &row) {
                return Reference{row.value(0).toString(), row.value(1).toString()};
            });
        if (!references)
            return tl::make_unexpected(references.error());
        incident.references = std::move(*references);
    }
    return incidents;
}

Result<Evidence> evidenceOf(const QSqlDatabase &database, IncidentId id)
{
    struct Row
    {
        QString role;
        QByteArray har;
    };
    const auto rows = allRows(database, u"SELECT role, har FROM evidence WHERE incident_id = ?"_s, {id},
                              [](const QSqlQuery &row) {
                                  return Row{row.value(0).toString(), row.value(1).toByteArray()};
                              });
    if (!rows)
        return tl::make_unexpected(rows.error());
    Evidence evidence;
    for (const auto &row : *rows) {
        auto exchange = unpackEvidence(row.har);
        if (!exchange)
            return tl::make_unexpected(exchange.error());
        auto &place = row.role == "failed"_L1 ? evidence.failed : evidence.lastGood;
        place = std::make_shared<const Exchange>(std::move(*exchange));
    }
    return evidence;
}

} // namespace backwatch
