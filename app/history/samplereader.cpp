// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/samplereader.h"

#include "app/history/daynumber.h"
#include "app/history/phrasebook.h"
#include "app/history/rows.h"
#include "app/history/snapshot.h"

#include <algorithm>
#include <limits>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<microseconds> phaseOf(const SampleRow &row, int phase)
{
    return row.has(phase) ? std::optional(microseconds(row.phases[static_cast<std::size_t>(phase)]))
                          : std::nullopt;
}

Result<StoredSample> storedSample(MonitorId monitor, const SampleRow &row, PhraseBook &phrases)
{
    auto address = phrases.text(row.address);
    if (!address)
        return tl::make_unexpected(address.error());
    auto detail = phrases.text(row.detail);
    if (!detail)
        return tl::make_unexpected(detail.error());
    StoredSample stored;
    stored.state = stateFromNumber(static_cast<int>(row.state)).value_or(State::NotObserved);
    auto &sample = stored.sample;
    sample.monitor = monitor;
    sample.startedAt = row.startedAt;
    sample.outcome = outcomeFromNumber(static_cast<int>(row.outcome)).value_or(Outcome::Internal);
    sample.httpStatus = static_cast<int>(row.httpStatus);
    sample.phases = {phaseOf(row, 0), phaseOf(row, 1), phaseOf(row, 2),        phaseOf(row, 3),
                     phaseOf(row, 4), phaseOf(row, 5), microseconds(row.total)};
    sample.address = *std::move(address);
    sample.detail = *std::move(detail);
    if (row.retryAfter >= 0)
        sample.retryAfter = std::chrono::seconds(row.retryAfter);
    return stored;
}

Result<QList<StoredSample>> storedSamples(const QSqlDatabase &database,
                                          const std::vector<std::pair<MonitorId, SampleRow>> &rows)
{
    PhraseBook phrases(database);
    QList<StoredSample> samples;
    samples.reserve(static_cast<qsizetype>(rows.size()));
    for (const auto &[monitor, row] : rows) {
        auto sample = storedSample(monitor, row, phrases);
        if (!sample)
            return tl::make_unexpected(sample.error());
        samples.append(*std::move(sample));
    }
    return samples;
}

/// Appends those of the range.
Result<void> unpackInto(SampleRows &rows, const QByteArray &packed, UtcMs from, UtcMs to)
{
    const auto all = unpackSamples(packed);
    if (!all)
        return tl::make_unexpected(all.error());
    std::copy_if(all->begin(), all->end(), std::back_inserter(rows),
                 [=](const SampleRow &row) { return from <= row.startedAt && row.startedAt < to; });
    return {};
}

bool startsEarlier(const SampleRow &a, const SampleRow &b)
{
    return std::pair(a.startedAt, a.id) < std::pair(b.startedAt, b.id);
}

/// Visits the first column of every answer until a visit fails.
Result<void> eachPacked(const QSqlDatabase &database, const QString &statement, const QVariantList &values,
                        const std::function<Result<void>(const QByteArray &)> &visit)
{
    Result<void> visited;
    auto read = eachRow(database, statement, values, [&](const QSqlQuery &row) {
        if (visited)
            visited = visit(row.value(0).toByteArray());
    });
    return read ? visited : read;
}

} // namespace

// Days are tried one after the other: a block is found by day and monitor.
Result<void> SampleReader::eachBlock(MonitorId monitor, UtcMs from, UtcMs to, const VisitPacked &visit)
{
    return eachPacked(
        m_database,
        u"WITH RECURSIVE day(number) AS ("
        "SELECT max(?, (SELECT min(id) FROM sample_block) >> 32) UNION ALL SELECT number + 1 FROM day "
        "WHERE number < min(?, (SELECT max(id) FROM sample_block) >> 32)) "
        "SELECT b.data FROM day CROSS JOIN sample_block b ON b.id = day.number << 32 | ? "
        "WHERE b.last_at >= ? AND b.first_at < ?"_s,
        {dayOf(from), dayOf(to - 1), monitor, from, to}, visit);
}

Result<void> SampleReader::eachPart(MonitorId monitor, UtcMs from, UtcMs to, const VisitPacked &visit)
{
    return eachPacked(m_database,
                      u"SELECT p.data FROM sample_seal s CROSS JOIN sample_part p "
                      "ON p.seal = s.id AND p.monitor_id = ? WHERE p.last_at >= ? AND p.first_at < ?"_s,
                      {monitor, from, to}, visit);
}

Result<SampleRows> SampleReader::logRows(MonitorId monitor, UtcMs from, UtcMs to)
{
    if (auto updated = m_log.update(m_database); !updated)
        return tl::make_unexpected(updated.error());
    SampleRows rows;
    const auto take = [&](const QSqlQuery &row) {
        const SampleRow sample = sampleRowFrom(row);
        if (from <= sample.startedAt && sample.startedAt < to)
            rows.push_back(sample);
    };
    const auto &ids = m_log.rowsOf(monitor);
    if (ids.empty())
        return rows;
    // One after the other costs about as much as looking at ten rows of others.
    const bool dense = (ids.back() - ids.front()) / 10 < static_cast<qint64>(ids.size());
    auto read = dense ? eachRow(m_database, kSelectRows + u" WHERE id BETWEEN ? AND ? AND monitor_id = ?"_s,
                                {ids.front(), ids.back(), monitor}, take)
                      : eachOf(ids, take);
    if (!read)
        return tl::make_unexpected(read.error());
    return rows;
}

Result<void> SampleReader::eachOf(const std::deque<qint64> &ids,
                                  const std::function<void(const QSqlQuery &)> &visit) const
{
    const QString path = databasePath(m_database);
    QSqlQuery query(m_database);
    if (auto ready = prepare(query, kSelectRows + u" WHERE id = ?"_s, path); !ready)
        return ready;
    for (const qint64 id : ids) {
        query.bindValue(0, id);
        if (auto done = run(query, path); !done)
            return done;
        if (query.next())
            visit(query);
    }
    return {};
}

Result<SampleRows> SampleReader::allRowsOf(MonitorId monitor, UtcMs from, UtcMs to)
{
    const auto snapshot = Snapshot::take(m_database);
    if (!snapshot)
        return tl::make_unexpected(snapshot.error());
    auto rows = logRows(monitor, from, to);
    if (!rows)
        return rows;
    const auto unpack = [&](const QByteArray &packed) { return unpackInto(*rows, packed, from, to); };
    if (auto done = eachPart(monitor, from, to, unpack); !done)
        return tl::make_unexpected(done.error());
    if (auto done = eachBlock(monitor, from, to, unpack); !done)
        return tl::make_unexpected(done.error());
    return rows;
}

Result<QList<StoredSample>> SampleReader::samples(MonitorId monitor, UtcMs from, UtcMs to)
{
    auto rows = allRowsOf(monitor, from, to);
    if (!rows)
        return tl::make_unexpected(rows.error());
    std::sort(rows->begin(), rows->end(), startsEarlier);
    std::vector<std::pair<MonitorId, SampleRow>> owned;
    owned.reserve(rows->size());
    for (const auto &row : *rows)
        owned.emplace_back(monitor, row);
    return storedSamples(m_database, owned);
}

Result<QList<StoredSample>> SampleReader::asTheyCame(UtcMs from, UtcMs to)
{
    const auto snapshot = Snapshot::take(m_database);
    if (!snapshot)
        return tl::make_unexpected(snapshot.error());
    std::vector<std::pair<MonitorId, SampleRow>> owned;
    Result<void> unpacked;
    const auto unpack = [&](const QSqlQuery &row) {
        SampleRows rows;
        if (unpacked)
            unpacked = unpackInto(rows, row.value(1).toByteArray(), from, to);
        for (const auto &sample : rows)
            owned.emplace_back(row.value(0).toLongLong(), sample);
    };
    const qint64 firstDay = std::clamp<qint64>(dayOf(from), 0, kMostDays);
    const qint64 lastDay = std::clamp<qint64>(dayOf(to - 1), 0, kMostDays);
    auto read =
        eachRow(m_database, u"SELECT id & 4294967295, data FROM sample_block WHERE id BETWEEN ? AND ?"_s,
                {blockId(firstDay, 0), blockId(lastDay + 1, 0)}, unpack);
    if (read)
        read = eachRow(m_database,
                       u"SELECT p.monitor_id, p.data FROM sample_seal s CROSS JOIN sample_part p "
                       "ON p.seal = s.id WHERE p.last_at >= ? AND p.first_at < ?"_s,
                       {from, to}, unpack);
    if (read)
        read = eachRow(m_database,
                       kSelectRows + u" WHERE id > (SELECT ifnull(max(id), 0) FROM sample_seal) "
                                     "AND started_at >= ? AND started_at < ?"_s,
                       {from, to}, [&](const QSqlQuery &row) {
                           owned.emplace_back(monitorFromRow(row), sampleRowFrom(row));
                       });
    if (!read || !unpacked)
        return tl::make_unexpected(read ? unpacked.error() : read.error());
    std::sort(owned.begin(), owned.end(),
              [](const auto &a, const auto &b) { return a.second.id < b.second.id; });
    return storedSamples(m_database, owned);
}

// The day that holds it is known from the rollups; late samples may still be in parts and in the log.
Result<std::optional<StoredSample>> SampleReader::last(MonitorId monitor, UtcMs before)
{
    const auto snapshot = Snapshot::take(m_database);
    if (!snapshot)
        return tl::make_unexpected(snapshot.error());
    const auto days =
        allRows(m_database,
                u"SELECT day FROM rollup_day WHERE monitor_id = ? AND day <= ? ORDER BY day DESC LIMIT 2"_s,
                {monitor, dayOf(before)}, [](const QSqlQuery &row) { return row.value(0).toLongLong(); });
    if (!days)
        return tl::make_unexpected(days.error());
    SampleRows rows;
    for (const qint64 day : *days) { // the whole first one may lie behind that moment
        auto packed = allRowsOf(monitor, day * kDayMs, std::min(before, (day + 1) * kDayMs));
        if (!packed)
            return tl::make_unexpected(packed.error());
        rows.insert(rows.end(), packed->begin(), packed->end());
    }
    constexpr UtcMs kEver = std::numeric_limits<UtcMs>::min();
    auto fresh = logRows(monitor, kEver, before);
    if (!fresh)
        return tl::make_unexpected(fresh.error());
    rows.insert(rows.end(), fresh->begin(), fresh->end());
    if (auto done =
            eachPart(monitor, kEver, before,
                     [&](const QByteArray &packed) { return unpackInto(rows, packed, kEver, before); });
        !done)
        return tl::make_unexpected(done.error());
    if (rows.empty())
        return std::nullopt;
    PhraseBook phrases(m_database);
    return storedSample(monitor, *std::max_element(rows.begin(), rows.end(), startsEarlier), phrases)
        .map([](StoredSample sample) { return std::optional(std::move(sample)); });
}

Result<void> SampleReader::packedAnswers(MonitorId monitor, UtcMs from, UtcMs to, const VisitAnswers &visit)
{
    return eachBlock(monitor, from, to,
                     [&](const QByteArray &packed) { return unpackAnswers(packed).map(visit); });
}

Result<void> SampleReader::freshAnswers(MonitorId monitor, UtcMs from, UtcMs to, const VisitAnswers &visit)
{
    const auto rows = logRows(monitor, from, to);
    if (!rows)
        return tl::make_unexpected(rows.error());
    AnswerColumns answers;
    for (const auto &row : *rows) {
        answers.startedAt.push_back(row.startedAt);
        answers.outcome.push_back(row.outcome);
        answers.httpStatus.push_back(row.httpStatus);
        answers.total.push_back(row.total);
    }
    visit(answers);
    return eachPart(monitor, from, to,
                    [&](const QByteArray &packed) { return unpackAnswers(packed).map(visit); });
}

} // namespace backwatch
