// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/outageclass.h"

#include "app/history/historytext.h"
#include "app/history/rows.h"

#include <limits>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A word that this version does not know says nothing of the outage.
OutageClass classFrom(const QString &word)
{
    return outageClassFromId(word).value_or(OutageClass::Outage);
}

State countedAs(OutageClass outageClass)
{
    return outageClass == OutageClass::Maintenance ? State::Maintenance : State::NotObserved;
}

} // namespace

Result<void> classify(const QSqlDatabase &database, IncidentId incident, const Classification &classification)
{
    if (classification.reason.trimmed().isEmpty())
        return failure(
            Error::Kind::Invalid,
            HistoryText::tr("Say why this outage counts as something else: the report quotes it."));
    const auto known = firstRow(database, u"SELECT 1 FROM incident WHERE id = ?"_s, {incident},
                                [](const QSqlQuery &) { return true; });
    if (!known)
        return tl::make_unexpected(known.error());
    if (!*known)
        return failure(Error::Kind::NotFound,
                       HistoryText::tr("There is no incident %1 in the history. Look its number up in the "
                                       "list of incidents.")
                           .arg(incident));
    return eachRow(
        database,
        u"INSERT INTO incident_classification (incident_id, changed_at, who, classified_as, reason) "
        "VALUES (?, ?, ?, ?, ?)"_s,
        {incident, classification.at, classification.who, outageClassId(classification.countsAs).toString(),
         classification.reason.trimmed()},
        [](const QSqlQuery &) {});
}

Result<QList<Classification>> classificationsOf(const QSqlDatabase &database, IncidentId incident)
{
    return allRows(database,
                   u"SELECT classified_as, reason, who, changed_at FROM incident_classification "
                   "WHERE incident_id = ? ORDER BY id"_s,
                   {incident}, [](const QSqlQuery &row) {
                       return Classification{classFrom(row.value(0).toString()), row.value(1).toString(),
                                             row.value(2).toString(), row.value(3).toLongLong()};
                   });
}

Result<SaidSince> saidSince(const QSqlDatabase &database, qint64 row)
{
    const auto newest = singleValue(database, u"SELECT ifnull(max(id), 0) FROM incident_classification"_s);
    if (!newest)
        return tl::make_unexpected(newest.error());
    SaidSince said{newest->toLongLong(), {}};
    if (said.newest <= row)
        return said;
    auto monitors = allRows(database,
                            u"SELECT DISTINCT i.monitor_id FROM incident_classification c "
                            "JOIN incident i ON i.id = c.incident_id WHERE c.id > ?"_s,
                            {row}, [](const QSqlQuery &found) { return found.value(0).toLongLong(); });
    if (!monitors)
        return tl::make_unexpected(monitors.error());
    said.monitors = *std::move(monitors);
    return said;
}

Result<QList<Reclassified>> reclassifiedOutages(const QSqlDatabase &database, MonitorId monitor,
                                                const TimeSpan &range)
{
    return allRows(database,
                   u"SELECT i.opened_at, i.closed_at, c.classified_as FROM incident_classification c "
                   "JOIN incident i ON i.id = c.incident_id "
                   "WHERE i.monitor_id = ? AND i.opened_at < ? AND (i.closed_at IS NULL OR i.closed_at > ?) "
                   "AND c.id = (SELECT max(n.id) FROM incident_classification n "
                   "WHERE n.incident_id = c.incident_id) AND c.classified_as <> 'outage' "
                   "ORDER BY i.opened_at"_s,
                   {monitor, range.to, range.from}, [](const QSqlQuery &row) {
                       const UtcMs to =
                           row.isNull(1) ? std::numeric_limits<UtcMs>::max() : row.value(1).toLongLong();
                       return Reclassified{{row.value(0).toLongLong(), to},
                                           countedAs(classFrom(row.value(2).toString()))};
                   });
}

} // namespace backwatch
