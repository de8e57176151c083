// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/logsealer.h"

#include "app/history/daynumber.h"
#include "app/history/rows.h"
#include "app/history/sampleblock.h"
#include "app/history/steptime.h"

#include <algorithm>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kRowsPerRead = 200;
constexpr qint64 kRowsPerRemoval = 2'000;
constexpr int kPartsPerRemoval = 200;
constexpr qint64 kMostRowsKept = 15'000; ///< copied back in one step, in some milliseconds

} // namespace

LogSealer::LogSealer(const QSqlDatabase &connection)
    : m_connection(connection), m_path(databasePath(connection))
{
}

Result<void> LogSealer::begin(qint64 upTo)
{
    const auto sealed = singleValue(m_connection, u"SELECT ifnull(max(id), 0) FROM sample_seal"_s);
    if (!sealed)
        return tl::make_unexpected(sealed.error());
    m_sealed = sealed->toLongLong();
    const auto newest = singleValue(m_connection, u"SELECT ifnull(max(id), 0) FROM sample"_s);
    if (!newest)
        return tl::make_unexpected(newest.error());
    const auto oldest = firstRow(m_connection, u"SELECT id FROM sample WHERE id > ? ORDER BY id LIMIT 1"_s,
                                 {m_sealed}, [](const QSqlQuery &row) { return row.value(0).toLongLong(); });
    if (!oldest)
        return tl::make_unexpected(oldest.error());
    m_upTo = std::min({upTo, newest->toLongLong() - 1, oldest->value_or(0) + kMostRows - 1});
    m_lastRead = m_sealed;
    m_rows.clear();
    m_sheltered = -1;
    m_stage = Stage::Clearing;
    return {};
}

Result<bool> LogSealer::step()
{
    Result<void> done;
    switch (m_stage) {
    case Stage::Idle:
        return false;
    case Stage::Clearing:
        done = clear();
        break;
    case Stage::Reading:
        done = read();
        break;
    case Stage::Writing:
        done = write();
        break;
    case Stage::Removing:
        done = remove();
        break;
    }
    if (!done) {
        m_stage = Stage::Idle;
        m_rows.clear();
        return tl::make_unexpected(done.error());
    }
    return m_stage != Stage::Idle;
}

// Parts of a seal that was never finished.
Result<void> LogSealer::clear()
{
    if (auto done = change(m_connection,
                           u"DELETE FROM sample_part WHERE (seal, monitor_id, day) IN "
                           "(SELECT seal, monitor_id, day FROM sample_part WHERE seal > ? LIMIT ?)"_s,
                           {m_sealed, kPartsPerRemoval});
        !done)
        return done;
    const auto changed = singleValue(m_connection, u"SELECT changes()"_s);
    if (!changed)
        return tl::make_unexpected(changed.error());
    if (changed->toInt() < kPartsPerRemoval)
        m_stage = m_upTo > m_sealed ? Stage::Reading : Stage::Removing;
    return {};
}

Result<void> LogSealer::read()
{
    const StepTime time;
    while (m_stage == Stage::Reading && !time.isOver())
        if (auto done = readChunk(); !done)
            return done;
    return {};
}

Result<void> LogSealer::readChunk()
{
    int count = 0;
    auto done = eachRow(m_connection, kSelectRows + u" WHERE id > ? AND id <= ? ORDER BY id LIMIT ?"_s,
                        {m_lastRead, m_upTo, kRowsPerRead}, [&](const QSqlQuery &row) {
                            const SampleRow sample = sampleRowFrom(row);
                            m_lastRead = sample.id;
                            m_rows[{monitorFromRow(row), dayOf(sample.startedAt)}].push_back(sample);
                            ++count;
                        });
    if (done && count < kRowsPerRead)
        m_stage = Stage::Writing;
    return done;
}

Result<void> LogSealer::write()
{
    for (const StepTime time; !m_rows.empty() && !time.isOver(); m_rows.erase(m_rows.begin()))
        if (auto done = writePart(m_rows.begin()->first, m_rows.begin()->second); !done)
            return done;
    if (m_rows.empty())
        if (auto done = finishSeal(); !done)
            return done;
    return {};
}

Result<void> LogSealer::writePart(const Key &key, const SampleRows &rows)
{
    m_oldestDay = std::min(m_oldestDay, key.second);
    const auto data = packSamples(rows, Precision::Exact);
    if (!data)
        return tl::make_unexpected(data.error());
    const auto [first, last] =
        std::minmax_element(rows.begin(), rows.end(),
                            [](const SampleRow &a, const SampleRow &b) { return a.startedAt < b.startedAt; });
    return change(m_connection,
                  u"INSERT INTO sample_part (seal, monitor_id, day, samples, first_at, last_at, data) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                  {m_upTo, key.first, key.second, static_cast<qint64>(rows.size()), first->startedAt,
                   last->startedAt, *data});
}

Result<void> LogSealer::finishSeal()
{
    m_stage = Stage::Removing;
    m_sealed = m_upTo;
    return change(m_connection, u"INSERT INTO sample_seal (id) VALUES (?)"_s, {m_upTo});
}

Result<void> LogSealer::remove()
{
    const auto oldest = singleValue(m_connection, u"SELECT ifnull(min(id), 0) FROM sample"_s);
    if (!oldest)
        return tl::make_unexpected(oldest.error());
    const auto newest = singleValue(m_connection, u"SELECT ifnull(max(id), 0) FROM sample"_s);
    if (!newest)
        return tl::make_unexpected(newest.error());
    if (oldest->toLongLong() > m_sealed || newest->toLongLong() == 0) {
        m_stage = Stage::Idle;
        return {};
    }
    return newest->toLongLong() - m_sealed <= kMostRowsKept ? keepNewer() : removeSome();
}

// Rows that go one by one have all their pages written once more, empty; a table that is emptied as a whole
// has not.
Result<void> LogSealer::keepNewer()
{
    if (m_sheltered < m_sealed) {
        m_sheltered = m_sealed;
        return makeShelter();
    }
    const qint64 before = m_sheltered;
    if (auto done = change(m_connection,
                           u"INSERT INTO temp.sample_kept SELECT * FROM main.sample WHERE id > ? "
                           "ORDER BY id LIMIT ?"_s,
                           {before, kRowsPerRemoval});
        !done)
        return done;
    const auto newest = singleValue(m_connection, u"SELECT ifnull(max(id), 0) FROM temp.sample_kept"_s);
    if (!newest)
        return tl::make_unexpected(newest.error());
    m_sheltered = std::max(before, newest->toLongLong());
    if (m_sheltered - before >= kRowsPerRemoval)
        return {};
    for (const auto &statement :
         {u"DELETE FROM main.sample"_s, u"INSERT INTO main.sample SELECT * FROM temp.sample_kept"_s,
          u"DELETE FROM temp.sample_kept"_s})
        if (auto done = execute(m_connection, statement); !done)
            return done;
    return {};
}

// Declared like the log to the letter, so that SQLite copies rows as they are.
Result<void> LogSealer::makeShelter()
{
    const auto there =
        singleValue(m_connection, u"SELECT count(*) FROM temp.sqlite_schema WHERE name = 'sample_kept'"_s);
    if (!there)
        return tl::make_unexpected(there.error());
    if (there->toInt() > 0)
        return execute(m_connection, u"DELETE FROM temp.sample_kept"_s);
    const auto declared =
        singleValue(m_connection, u"SELECT sql FROM main.sqlite_schema WHERE name = 'sample'"_s);
    if (!declared)
        return tl::make_unexpected(declared.error());
    const QString columns = declared->toString().section(u'(', 1);
    return execute(m_connection, u"CREATE TEMP TABLE sample_kept ("_s + columns);
}

Result<void> LogSealer::removeSome()
{
    return change(m_connection, u"DELETE FROM sample WHERE id <= min(?, (SELECT min(id) FROM sample) + ?)"_s,
                  {m_sealed, kRowsPerRemoval - 1});
}

} // namespace backwatch
