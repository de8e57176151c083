// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupreader.h"

#include "app/core/logging.h"
#include "app/history/daynumber.h"
#include "app/history/hourrows.h"
#include "app/history/rows.h"
#include "app/history/snapshot.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

// What a chart needs of a row: every column more takes a tenth of the time. Checks are what the codes count;
// these come as they are stored, since as text they would be turned into UTF-16 first.
const QString kColumns = u"failures, CAST(codes AS BLOB), min_us, max_us, sketch"_s;

const QString kHours = selectHours(u"r.day * 24 + r.hour, "_s + kColumns);

void addRow(RollupBuilder &builder, UtcMs start, const QSqlQuery &row)
{
    const QByteArray codes = row.value(2).toByteArray();
    const QByteArray sketch = row.value(5).toByteArray();
    RollupRow rollup{start, row.value(1).toLongLong(), codes, {}, {}, sketch};
    if (const QVariant least = row.value(3); !least.isNull()) {
        rollup.least = least.toLongLong();
        rollup.most = row.value(4).toLongLong();
    }
    if (!builder.add(rollup))
        qCWarning(lcHistory) << "a rollup is damaged and left out:" << start;
}

/// Whole days are read; what of them is wanted is told here, which the database would take longer for.
auto addingHours(RollupBuilder &builder, UtcMs from, UtcMs to)
{
    return [&builder, from, to](const QSqlQuery &row) {
        const qint64 hour = row.value(0).toLongLong();
        if (hour < floorDivide(from, kHourMs) || hour > floorDivide(to, kHourMs)) // absurd ones among them
            return;
        const UtcMs start = hour * kHourMs;
        if (from <= start && start < to)
            addRow(builder, start, row);
    };
}

void addColumns(RollupBuilder &builder, const AnswerColumns &answers, UtcMs from, UtcMs to)
{
    qint64 number = -1; // nearly always that of the one before
    Outcome outcome = Outcome::Internal;
    for (std::size_t i = 0; i < answers.startedAt.size(); ++i) {
        if (answers.startedAt[i] < from || answers.startedAt[i] >= to)
            continue;
        if (const qint64 next = answers.outcome[i]; next != number) {
            number = next;
            outcome = outcomeFromNumber(static_cast<int>(number)).value_or(Outcome::Internal);
        }
        builder.add(answers.startedAt[i], outcome, static_cast<int>(answers.httpStatus[i]),
                    microseconds(answers.total[i]));
    }
}

UtcMs roundedUp(UtcMs time, qint64 to)
{
    return -floorDivide(-time, to) * to;
}

UtcMs roundedDown(UtcMs time, qint64 to)
{
    return floorDivide(time, to) * to;
}

} // namespace

Result<void> RollupReader::addDays(RollupBuilder &builder, MonitorId monitor, UtcMs from, UtcMs to) const
{
    return eachRow(
        m_database,
        u"SELECT day, "_s + kColumns + u" FROM rollup_day WHERE monitor_id = ? AND day >= ? AND day < ?"_s,
        {monitor, dayOf(from), dayOf(to)},
        [&builder](const QSqlQuery &row) { addRow(builder, row.value(0).toLongLong() * kDayMs, row); });
}

Result<void> RollupReader::addHours(RollupBuilder &builder, MonitorId monitor, UtcMs from, UtcMs to) const
{
    if (from >= to)
        return {};
    m_pages.expect(monitor, dayOf(from), dayOf(to - 1) + 1);
    return eachRow(m_database, kHours, {dayOf(from), dayOf(to - 1), monitor}, addingHours(builder, from, to));
}

Result<void> RollupReader::addHoursWithoutSamples(RollupBuilder &builder, MonitorId monitor, UtcMs from,
                                                  UtcMs to) const
{
    if (from >= to)
        return {};
    return eachRow(m_database,
                   kHours + u" AND NOT EXISTS (SELECT 1 FROM sample_block b "
                            "WHERE b.id = r.day << 32 | r.monitor_id)"_s,
                   {dayOf(from), dayOf(to - 1), monitor}, addingHours(builder, from, to));
}

Result<void> RollupReader::addAnswers(RollupBuilder &builder, MonitorId monitor, UtcMs from, UtcMs to,
                                      TimeSpan inRows)
{
    const auto take = [&](UtcMs begin, UtcMs end) {
        return [&builder, begin, end](const AnswerColumns &answers) {
            addColumns(builder, answers, begin, end);
        };
    };
    Result<void> read;
    if (from < inRows.from)
        read = m_samples.packedAnswers(monitor, from, inRows.from, take(from, inRows.from));
    if (read && inRows.to < to)
        read = m_samples.packedAnswers(monitor, inRows.to, to, take(inRows.to, to));
    return read ? m_samples.freshAnswers(monitor, from, to, take(from, to)) : read;
}

Result<QList<Rollup>> RollupReader::rollups(MonitorId monitor, UtcMs from, UtcMs to, milliseconds width,
                                            RollupSource source)
{
    const auto snapshot = Snapshot::take(m_database);
    if (!snapshot)
        return tl::make_unexpected(snapshot.error());
    RollupBuilder builder(width);
    const auto isMultipleOf = [&](qint64 unit) {
        return source == RollupSource::Stored && width.count() % unit == 0 &&
               roundedUp(from, unit) < roundedDown(to, unit);
    };
    // What is left on both sides of what coarser rows cover; all of it on the left when none do.
    UtcMs hoursFrom = to, hoursTo = to, daysFrom = to, daysTo = to;
    if (isMultipleOf(kHourMs)) {
        hoursFrom = daysFrom = daysTo = roundedUp(from, kHourMs);
        hoursTo = roundedDown(to, kHourMs);
    }
    if (isMultipleOf(kDayMs)) {
        daysFrom = roundedUp(from, kDayMs);
        daysTo = roundedDown(to, kDayMs);
    }
    // Answers first, rows in the order of time behind them.
    auto read = addAnswers(builder, monitor, from, to, {hoursFrom, hoursTo});
    if (read)
        read = addHoursWithoutSamples(builder, monitor, from, hoursFrom);
    if (read)
        read = addHours(builder, monitor, hoursFrom, daysFrom);
    if (read && daysFrom < daysTo)
        read = addDays(builder, monitor, daysFrom, daysTo);
    if (read)
        read = addHours(builder, monitor, daysTo, hoursTo);
    if (read)
        read = addHoursWithoutSamples(builder, monitor, hoursTo, to);
    if (!read)
        return tl::make_unexpected(read.error());
    return builder.finish();
}

} // namespace backwatch
