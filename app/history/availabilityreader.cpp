// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/availabilityreader.h"

#include "app/history/lastalive.h"
#include "app/history/outageclass.h"
#include "app/history/rows.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Rows come from the index alone. The row that the range begins in is found first, so that what lies before
/// it costs nothing.
class IntervalQuery
{
public:
    static Result<IntervalQuery> prepared(const QSqlDatabase &database, const TimeSpan &range)
    {
        const auto alive = lastAlive(database);
        if (!alive)
            return tl::make_unexpected(alive.error());
        IntervalQuery intervals(database, range, *alive);
        const auto statement =
            u"SELECT state, started_at, ended_at FROM state_interval WHERE monitor_id = ? AND started_at < ? "
            "AND started_at >= ifnull((SELECT b.started_at FROM state_interval b WHERE b.monitor_id = ? "
            "AND b.started_at <= ? ORDER BY b.started_at DESC LIMIT 1), ?) ORDER BY started_at"_s;
        if (auto ready = prepare(intervals.m_query, statement, intervals.m_path); !ready)
            return tl::make_unexpected(ready.error());
        return intervals;
    }

    Result<QList<StateInterval>> of(MonitorId monitor)
    {
        int place = 0;
        for (const qint64 value : {monitor, m_range.to, monitor, m_range.from, m_range.from})
            m_query.bindValue(place++, value);
        if (auto done = run(m_query, m_path); !done)
            return tl::make_unexpected(done.error());
        QList<StateInterval> intervals;
        while (m_query.next()) {
            const auto state = stateFromNumber(m_query.value(0).toInt()).value_or(State::NotObserved);
            const QVariant end = m_query.value(2);
            intervals.append(
                {state, m_query.value(1).toLongLong(), end.isNull() ? m_alive : end.toLongLong()});
        }
        if (m_query.lastError().isValid())
            return tl::make_unexpected(databaseError(m_query.lastError(), m_path));
        return intervals;
    }

private:
    IntervalQuery(const QSqlDatabase &database, const TimeSpan &range, UtcMs alive)
        : m_query(database), m_path(databasePath(database)), m_range(range), m_alive(alive)
    {
    }

    QSqlQuery m_query;
    QString m_path;
    TimeSpan m_range;
    UtcMs m_alive;
};

TimeSpan hullOf(const QList<TimeSpan> &periods)
{
    return periods.isEmpty() ? TimeSpan() : TimeSpan{periods.first().from, periods.last().to};
}

Result<QList<QList<StateInterval>>> countedIntervals(const QSqlDatabase &database,
                                                     const QList<MonitorId> &monitors, const TimeSpan &range)
{
    auto query = IntervalQuery::prepared(database, range);
    if (!query)
        return tl::make_unexpected(query.error());
    QList<QList<StateInterval>> all;
    for (const MonitorId monitor : monitors) {
        const auto measured = query->of(monitor);
        if (!measured)
            return tl::make_unexpected(measured.error());
        const auto outages = reclassifiedOutages(database, monitor, range);
        if (!outages)
            return tl::make_unexpected(outages.error());
        all.append(withReclassified(*measured, *outages));
    }
    return all;
}

QList<Availability> figures(const QList<StateInterval> &intervals, const QList<TimeSpan> &periods)
{
    QList<Availability> result;
    for (const auto &period : periods)
        result.append(availabilityIn(intervals, period));
    return result;
}

} // namespace

Result<QList<QList<Availability>>>
availabilities(const HistoryReader &reader, const QList<MonitorId> &monitors, const QList<TimeSpan> &periods)
{
    return countedIntervals(reader.database(), monitors, hullOf(periods))
        .map([&periods](const QList<QList<StateInterval>> &all) {
            QList<QList<Availability>> result;
            for (const auto &intervals : all)
                result.append(figures(intervals, periods));
            return result;
        });
}

Result<QList<Availability>> serviceAvailability(const HistoryReader &reader, const QList<MonitorId> &monitors,
                                                const QList<TimeSpan> &periods)
{
    return countedIntervals(reader.database(), monitors, hullOf(periods))
        .map([&periods](const QList<QList<StateInterval>> &all) { return figures(combined(all), periods); });
}

} // namespace backwatch
