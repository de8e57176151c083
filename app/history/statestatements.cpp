// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/statestatements.h"

#include "app/history/database.h"
#include "app/history/lastalive.h"

#include <QSqlError>
#include <QSqlQuery>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

StateStatements::StateStatements(const QSqlDatabase &connection, ObserverRun run)
    : m_connection(connection), m_path(databasePath(connection)), m_run(run)
{
}

// States change rarely, so these are prepared each time.
Result<void> StateStatements::execute(const QString &statement, const QVariantList &values)
{
    QSqlQuery query(m_connection);
    if (auto ready = prepare(query, statement, m_path); !ready)
        return ready;
    for (const auto &value : values)
        query.addBindValue(value);
    return backwatch::run(query, m_path);
}

Result<void> StateStatements::endAllAt(const QVariant &moment)
{
    if (auto ended = execute(
            u"UPDATE state_interval SET ended_at = max(started_at, ?) WHERE ended_at IS NULL"_s, {moment});
        !ended)
        return ended;
    return execute(u"DELETE FROM state_interval WHERE ended_at <= started_at"_s, {});
}

Result<void> StateStatements::beginRun(UtcMs now)
{
    const auto alive = newestRunAlive(m_connection);
    if (!alive)
        return tl::make_unexpected(alive.error());
    const auto noted = execute(u"UPDATE observer SET last_seen_at = max(last_seen_at, ?) "
                               "WHERE id = (SELECT max(id) FROM observer)"_s,
                               {*alive});
    if (!noted)
        return noted;
    if (auto ended = endAllAt(*alive); !ended)
        return ended;
    return insertRun(now);
}

Result<void> StateStatements::insertRun(UtcMs now)
{
    if (auto begun = execute(u"INSERT INTO observer (started_at, last_seen_at) VALUES (?, ?)"_s, {now, now});
        !begun)
        return begun;
    const auto id = singleValue(m_connection, u"SELECT last_insert_rowid()"_s);
    if (!id)
        return tl::make_unexpected(id.error());
    m_run = {id->toLongLong(), now};
    return {};
}

Result<void> StateStatements::seen(UtcMs now)
{
    if (m_run.id == 0)
        return {};
    return execute(u"UPDATE observer SET last_seen_at = max(started_at, ?) WHERE id = ?"_s, {now, m_run.id});
}

Result<void> StateStatements::interrupted(UtcMs from, UtcMs to)
{
    if (m_run.id == 0)
        return {};
    if (auto done = seen(from); !done)
        return done;
    if (auto ended = endAllAt(from); !ended)
        return ended;
    return insertRun(to);
}

Result<void> StateStatements::endRun(UtcMs now)
{
    if (m_run.id == 0)
        return {};
    if (auto done = seen(now); !done)
        return done;
    return endAllAt(now);
}

Result<std::optional<UtcMs>> StateStatements::lastEnd(MonitorId monitor)
{
    QSqlQuery query(m_connection);
    if (auto ready = prepare(query,
                             u"SELECT ended_at FROM state_interval WHERE monitor_id = ? "
                             "ORDER BY started_at DESC LIMIT 1"_s,
                             m_path);
        !ready)
        return tl::make_unexpected(ready.error());
    query.addBindValue(monitor);
    if (auto done = backwatch::run(query, m_path); !done)
        return tl::make_unexpected(done.error());
    if (query.next() && !query.isNull(0))
        return query.value(0).toLongLong();
    if (query.lastError().isValid())
        return tl::make_unexpected(databaseError(query.lastError(), m_path));
    return std::nullopt;
}

Result<void> StateStatements::begin(MonitorId monitor, State state, UtcMs from, std::optional<UtcMs> to)
{
    const QVariant end = to ? QVariant(*to) : QVariant(QMetaType::fromType<qlonglong>());
    return execute(
        u"INSERT INTO state_interval (monitor_id, state, started_at, ended_at) VALUES (?, ?, ?, ?)"_s,
        {monitor, static_cast<int>(state), from, end});
}

Result<void> StateStatements::settle(MonitorId monitor, State state, UtcMs at)
{
    const auto earlierRun = lastEnd(monitor);
    if (!earlierRun)
        return tl::make_unexpected(earlierRun.error());
    if (auto done =
            execute(u"DELETE FROM state_interval WHERE monitor_id = ? AND started_at >= ?"_s, {monitor, at});
        !done)
        return done;
    if (auto done = execute(u"UPDATE state_interval SET ended_at = ? "
                            "WHERE monitor_id = ? AND (ended_at IS NULL OR ended_at > ?)"_s,
                            {at, monitor, at});
        !done)
        return done;
    // A failure that began before the program was away: what lies between stays unobserved.
    if (*earlierRun && **earlierRun > at && m_run.startedAt > **earlierRun) {
        if (auto done = begin(monitor, state, at, *earlierRun); !done)
            return done;
        return begin(monitor, state, m_run.startedAt, std::nullopt);
    }
    return begin(monitor, state, at, std::nullopt);
}

} // namespace backwatch
