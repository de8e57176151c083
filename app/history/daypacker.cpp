// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/daypacker.h"

#include "app/core/logging.h"
#include "app/history/daynumber.h"
#include "app/history/rows.h"
#include "app/history/sampleblock.h"
#include "app/history/steptime.h"

#include <algorithm>
#include <limits>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Unpacks every answer of a statement into one list, or tells which one is damaged and gives none.
Result<std::optional<SampleRows>> unpackAll(const QSqlDatabase &connection, const QString &statement,
                                            const QVariantList &values)
{
    const auto packed = allRows(connection, statement, values,
                                [](const QSqlQuery &row) { return row.value(0).toByteArray(); });
    if (!packed)
        return tl::make_unexpected(packed.error());
    SampleRows all;
    for (const auto &bytes : *packed) {
        const auto rows = unpackSamples(bytes);
        if (!rows) {
            qCWarning(lcHistory).noquote() << rows.error().sentence << values;
            return std::nullopt;
        }
        all.insert(all.end(), rows->begin(), rows->end());
    }
    return all;
}

} // namespace

DayPacker::DayPacker(const QSqlDatabase &connection, RollupStatements rollups)
    : m_connection(connection)
    , m_path(databasePath(connection))
    , m_rollups(std::move(rollups))
    , m_nextPart(connection)
{
}

Result<DayPacker> DayPacker::prepared(const QSqlDatabase &connection)
{
    auto rollups = RollupStatements::prepared(connection);
    if (!rollups)
        return tl::make_unexpected(rollups.error());
    DayPacker packer(connection, std::move(*rollups));
    if (auto ready =
            prepare(packer.m_nextPart,
                    u"SELECT monitor_id, day FROM sample_part WHERE seal = ? AND (monitor_id, day) > (?, ?) "
                    "AND day BETWEEN 0 AND ? ORDER BY monitor_id, day LIMIT 1"_s,
                    packer.m_path);
        !ready)
        return tl::make_unexpected(ready.error());
    return packer;
}

Result<void> DayPacker::begin(qint64 lastDay)
{
    const auto seals = allRows(m_connection, u"SELECT id FROM sample_seal ORDER BY id"_s, {},
                               [](const QSqlQuery &row) { return row.value(0).toLongLong(); });
    if (!seals)
        return tl::make_unexpected(seals.error());
    m_unseen = *seals;
    m_seals.clear();
    m_lastDay = lastDay;
    m_done = {0, std::numeric_limits<qint64>::max()};
    m_working = true;
    return {};
}

Result<bool> DayPacker::step()
{
    if (!m_working)
        return false;
    for (const StepTime time; m_working && !time.isOver();) {
        if (!m_unseen.isEmpty()) {
            if (auto done = look(m_unseen.takeFirst()); !done)
                return tl::make_unexpected(done.error());
            continue;
        }
        const auto work = next();
        if (!work)
            return tl::make_unexpected(work.error());
        m_working = work->has_value();
        if (auto done = m_working ? pack(**work) : removeEmptySeals(); !done)
            return tl::make_unexpected(done.error());
        if (m_working)
            m_done = **work;
    }
    return m_working;
}

// A seal of the day that goes on would be read as a whole for each monitor.
Result<void> DayPacker::look(qint64 seal)
{
    const auto found =
        firstRow(m_connection, u"SELECT 1 FROM sample_part WHERE seal = ? AND day BETWEEN 0 AND ? LIMIT 1"_s,
                 {seal, m_lastDay}, [](const QSqlQuery &) { return true; });
    if (!found)
        return tl::make_unexpected(found.error());
    if (*found)
        m_seals.append(seal);
    return {};
}

Result<std::optional<DayPacker::Work>> DayPacker::next()
{
    std::optional<Work> least;
    QList<qint64> left;
    for (const qint64 seal : std::as_const(m_seals)) {
        int place = 0;
        for (const qint64 value : {seal, m_done.monitor, m_done.day, m_lastDay})
            m_nextPart.bindValue(place++, value);
        if (auto done = run(m_nextPart, m_path); !done)
            return tl::make_unexpected(done.error());
        if (m_nextPart.next()) {
            const Work work{m_nextPart.value(0).toLongLong(), m_nextPart.value(1).toLongLong()};
            least = least ? std::min(*least, work) : work;
            left.append(seal);
        }
        m_nextPart.finish();
    }
    m_seals = left;
    return least;
}

// What is damaged, or has no key, stays as it is.
Result<void> DayPacker::pack(const Work &work)
{
    if (!isPackable(work.day, work.monitor))
        return {};
    const auto rows = partsOf(work);
    if (!rows)
        return tl::make_unexpected(rows.error());
    auto before = blockOf(work);
    if (!before)
        return tl::make_unexpected(before.error());
    if (!*rows || !*before)
        return {};
    if (auto done = m_rollups.add(work.monitor, work.day, **rows); !done)
        return done;
    (*before)->insert((*before)->end(), (*rows)->begin(), (*rows)->end());
    if (auto done = store(work, std::move(**before)); !done)
        return done;
    m_hasPacked = true;
    return removeParts(work);
}

Result<std::optional<SampleRows>> DayPacker::partsOf(const Work &work)
{
    return unpackAll(m_connection,
                     u"SELECT p.data FROM sample_seal s CROSS JOIN sample_part p "
                     "ON p.seal = s.id AND p.monitor_id = ? AND p.day = ? ORDER BY s.id"_s,
                     {work.monitor, work.day});
}

Result<std::optional<SampleRows>> DayPacker::blockOf(const Work &work)
{
    return unpackAll(m_connection, u"SELECT data FROM sample_block WHERE id = ?"_s,
                     {blockId(work.day, work.monitor)});
}

Result<void> DayPacker::store(const Work &work, SampleRows rows)
{
    const auto data = packSamples(rows, Precision::HalfPercent);
    if (!data)
        return tl::make_unexpected(data.error());
    const auto [first, last] =
        std::minmax_element(rows.begin(), rows.end(),
                            [](const SampleRow &a, const SampleRow &b) { return a.startedAt < b.startedAt; });
    return change(m_connection,
                  u"INSERT OR REPLACE INTO sample_block (id, samples, first_at, last_at, data) "
                  "VALUES (?, ?, ?, ?, ?)"_s,
                  {blockId(work.day, work.monitor), static_cast<qint64>(rows.size()), first->startedAt,
                   last->startedAt, *data});
}

Result<void> DayPacker::removeParts(const Work &work)
{
    return change(m_connection,
                  u"DELETE FROM sample_part WHERE seal IN (SELECT id FROM sample_seal) AND monitor_id = ? "
                  "AND day = ?"_s,
                  {work.monitor, work.day});
}

// The newest one tells where the log begins.
Result<void> DayPacker::removeEmptySeals()
{
    return change(m_connection,
                  u"DELETE FROM sample_seal WHERE id < (SELECT max(id) FROM sample_seal) AND NOT EXISTS "
                  "(SELECT 1 FROM sample_part p WHERE p.seal = sample_seal.id)"_s,
                  {});
}

} // namespace backwatch
