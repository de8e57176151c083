// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyreader.h"

#include "app/history/chartwidth.h"
#include "app/history/historyfile.h"
#include "app/history/historytext.h"
#include "app/history/lastalive.h"
#include "app/history/loadstatements.h"
#include "app/history/migrations.h"
#include "app/history/pagefetcher.h"
#include "app/history/rollupreader.h"
#include "app/history/rows.h"
#include "app/history/samplereader.h"
#include "app/history/stateintervals.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlQuery>

#include <limits>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

// Without a folder that can be written SQLite cannot keep the files that a shared database needs; a history
// on read-only media changes under nobody.
Database::Access accessFor(const QString &path)
{
    const QFileInfo info(path);
    const bool alone =
        QFileInfo(path + "-wal"_L1).size() == 0 && !QFileInfo(info.absolutePath()).isWritable();
    return alone ? Database::Access::Immutable : Database::Access::ReadOnly;
}

} // namespace

HistoryReader::HistoryReader(Database database)
    : m_database(std::move(database))
    , m_samples(std::make_unique<SampleReader>(m_database.connection()))
    , m_pages(std::make_unique<PageFetcher>(databasePath(m_database.connection())))
{
}

HistoryReader::~HistoryReader() = default;

Result<std::unique_ptr<HistoryReader>> HistoryReader::open(const QString &path)
{
    const auto info = inspectHistoryFile(path);
    if (!info)
        return tl::make_unexpected(info.error());
    const QString shown = QDir::toNativeSeparators(path);
    if (info->isNew)
        return failure(
            Error::Kind::NotFound,
            HistoryText::tr("There is no history at %1 yet. Start watching first, or name another data "
                            "folder.")
                .arg(shown));
    if (info->schema < newestSchema())
        return failure(
            Error::Kind::Conflict,
            HistoryText::tr("The history %1 was written by an older Backwatch. Start the program once to "
                            "bring it up to date.")
                .arg(shown));
    auto database = Database::open(path, accessFor(path));
    if (!database)
        return tl::make_unexpected(database.error());
    return std::unique_ptr<HistoryReader>(new HistoryReader(std::move(*database)));
}

Result<QList<StoredSample>> HistoryReader::samples(MonitorId monitor, UtcMs from, UtcMs to) const
{
    return m_samples->samples(monitor, from, to);
}

Result<QList<StoredSample>> HistoryReader::samplesAsTheyCame(UtcMs from, UtcMs to) const
{
    return m_samples->asTheyCame(from, to);
}

Result<QList<TimeSpan>> HistoryReader::gaps(UtcMs from, UtcMs to) const
{
    return allRows(database(),
                   u"SELECT last_seen_at, next FROM (SELECT last_seen_at, "
                   "lead(started_at) OVER (ORDER BY id) AS next FROM observer) "
                   "WHERE next > last_seen_at AND next > ? AND last_seen_at < ? ORDER BY last_seen_at"_s,
                   {from, to}, [](const QSqlQuery &row) {
                       return TimeSpan{row.value(0).toLongLong(), row.value(1).toLongLong()};
                   });
}

Result<std::optional<StoredSample>> HistoryReader::lastSample(MonitorId monitor, UtcMs before) const
{
    return m_samples->last(monitor, before);
}

Result<QList<Rollup>> HistoryReader::rollups(MonitorId monitor, UtcMs from, UtcMs to,
                                             milliseconds width) const
{
    if (width.count() <= 0)
        return failure(Error::Kind::Invalid,
                       HistoryText::tr("The resolution of a history has to be longer than 0."));
    return RollupReader(database(), *m_samples, *m_pages)
        .rollups(monitor, from, to, width, RollupSource::Stored);
}

Result<QList<Rollup>> HistoryReader::chart(MonitorId monitor, UtcMs from, UtcMs to, int pixels) const
{
    if (to <= from || pixels <= 0)
        return QList<Rollup>();
    return rollups(monitor, from, to, chartWidth(from, to, pixels, kMostPoints));
}

Result<QList<Rollup>> HistoryReader::chartOfSamples(MonitorId monitor, UtcMs from, UtcMs to, int pixels) const
{
    if (to <= from || pixels <= 0)
        return QList<Rollup>();
    return RollupReader(database(), *m_samples, *m_pages)
        .rollups(monitor, from, to, chartWidth(from, to, pixels, kMostPoints), RollupSource::SamplesOnly);
}

Result<QList<StateInterval>> HistoryReader::stateIntervals(MonitorId monitor, UtcMs from, UtcMs to) const
{
    const auto alive = lastAlive(database());
    if (!alive)
        return tl::make_unexpected(alive.error());
    const UtcMs end = qMin(to, *alive);
    if (end <= from)
        return QList<StateInterval>();
    const auto stored = allRows(
        database(),
        u"SELECT state, started_at, ended_at FROM state_interval WHERE monitor_id = ? AND started_at < ? "
        "AND (ended_at IS NULL OR ended_at > ?) ORDER BY started_at, id"_s,
        {monitor, end, from}, [](const QSqlQuery &row) {
            const auto state = stateFromNumber(row.value(0).toInt()).value_or(State::NotObserved);
            const UtcMs until = row.isNull(2) ? std::numeric_limits<UtcMs>::max() : row.value(2).toLongLong();
            return StateInterval{state, row.value(1).toLongLong(), until};
        });
    return stored.map([=](const QList<StateInterval> &intervals) { return filled(intervals, from, end); });
}

Result<std::optional<double>> HistoryReader::availability(MonitorId monitor, UtcMs from, UtcMs to) const
{
    return stateIntervals(monitor, from, to).map(availabilityOf);
}

Result<QList<Incident>> HistoryReader::incidents(MonitorId monitor, UtcMs from, UtcMs to) const
{
    // One that was over at once still happened at its moment.
    const QString overlapping = kSelectIncidents +
                                u" WHERE (? = 0 OR monitor_id = ?) AND opened_at < ? "
                                "AND (closed_at IS NULL OR max(closed_at, opened_at + 1) > ?) "
                                "ORDER BY opened_at DESC, id DESC"_s;
    return allRows(database(), overlapping, {monitor, monitor, to, from}, incidentFrom)
        .and_then(
            [this](QList<Incident> incidents) { return withReferences(database(), std::move(incidents)); });
}

Result<Incident> HistoryReader::incident(IncidentId id) const
{
    const auto found = allRows(database(), kSelectIncidents + u" WHERE id = ?"_s, {id}, incidentFrom)
                           .and_then([this](QList<Incident> incidents) {
                               return withReferences(database(), std::move(incidents));
                           });
    if (!found)
        return tl::make_unexpected(found.error());
    if (found->isEmpty())
        return failure(
            Error::Kind::NotFound,
            HistoryText::tr("There is no incident %1 in the history. Look its number up in the list of "
                            "incidents.")
                .arg(id));
    return found->first();
}

Result<std::optional<Incident>> HistoryReader::openIncident(MonitorId monitor) const
{
    const QString newest = kSelectIncidents + u" WHERE monitor_id = ? AND closed_at IS NULL "
                                              "ORDER BY opened_at DESC, id DESC LIMIT 1"_s;
    return allRows(database(), newest, {monitor}, incidentFrom)
        .and_then(
            [this](QList<Incident> incidents) { return withReferences(database(), std::move(incidents)); })
        .map([](const QList<Incident> &incidents) {
            return incidents.isEmpty() ? std::optional<Incident>() : incidents.first();
        });
}

Result<Evidence> HistoryReader::evidence(IncidentId id) const
{
    return evidenceOf(database(), id);
}

Result<QList<LoadSeries>> HistoryReader::loadSeries(const QString &service, UtcMs from, UtcMs to) const
{
    return loadSeriesOf(database(), service, from, to, kMostPoints);
}

} // namespace backwatch
