// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/retention.h"

#include "app/history/daynumber.h"
#include "app/history/historytext.h"
#include "app/history/rows.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBlocksByDefault = 730;
constexpr int kLoadByDefault = 90;
constexpr int kShortest = 7;
constexpr int kRowsPerStep = 50;
constexpr int kValuesPerStep = 2'000; // a few bytes each
constexpr int kDaysAtOnce = 7;

/// Where the number stands among the settings; empty for a tier without a limit.
QString settingOf(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Blocks:
        return u"keep_blocks_days"_s;
    case HistoryTier::Hours:
        return u"keep_hours_days"_s;
    case HistoryTier::Load:
        return u"keep_load_days"_s;
    case HistoryTier::Log:
    case HistoryTier::Days:
        break;
    }
    return {};
}

QStringList tablesOf(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Log:
        return {u"sample"_s, u"sample_part"_s, u"sample_seal"_s};
    case HistoryTier::Blocks:
        return {u"sample_block"_s};
    case HistoryTier::Hours:
        return {u"rollup_hour"_s};
    case HistoryTier::Days:
        return {u"rollup_day"_s};
    case HistoryTier::Load:
        return {u"load_series"_s, u"load_value"_s};
    }
    return {};
}

Result<qint64> bytesOf(const QSqlDatabase &database, const QString &table)
{
    return singleValue(database, u"SELECT ifnull(sum(pgsize), 0) FROM dbstat WHERE name = '%1' AND "
                                 "aggregate = TRUE"_s.arg(table))
        .map([](const QVariant &bytes) { return bytes.toLongLong(); });
}

/// The first day of a tier that stays; 0 when all do.
Result<qint64> firstDay(const QSqlDatabase &database, HistoryTier tier, qint64 today, const QString &oldest)
{
    const auto kept = keptDays(database, tier);
    if (!kept)
        return tl::make_unexpected(kept.error());
    if (!*kept)
        return 0;
    return singleValue(database, oldest).map([&](const QVariant &day) {
        return std::min(today - **kept, day.toLongLong() + kDaysAtOnce);
    });
}

KeptDays keptByDefault(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Blocks:
        return kBlocksByDefault;
    case HistoryTier::Load:
        return kLoadByDefault;
    default:
        return {};
    }
}

/// Series by series, where each one's oldest values stand at hand.
Result<bool> removeLoadBefore(const QSqlDatabase &database, UtcMs before)
{
    const auto series = firstRow(database,
                                 u"SELECT id FROM load_series s WHERE EXISTS "
                                 "(SELECT 1 FROM load_value WHERE series_id = s.id AND at < ?) LIMIT 1"_s,
                                 {before}, [](const QSqlQuery &row) { return row.value(0).toLongLong(); });
    if (!series)
        return tl::make_unexpected(series.error());
    if (!*series)
        return false;
    return eachRow(database,
                   u"DELETE FROM load_value WHERE series_id = ? AND at IN "
                   "(SELECT at FROM load_value WHERE series_id = ? AND at < ? ORDER BY at LIMIT ?)"_s,
                   {**series, **series, before, kValuesPerStep}, [](const QSqlQuery &) {})
        .map([] { return true; });
}

Result<bool> removeBefore(const QSqlDatabase &database, const QString &statement, qint64 before)
{
    if (auto done = eachRow(database, statement, {before, kRowsPerStep}, [](const QSqlQuery &) {}); !done)
        return tl::make_unexpected(done.error());
    return singleValue(database, u"SELECT changes()"_s).map([](const QVariant &count) {
        return count.toInt() == kRowsPerStep;
    });
}

} // namespace

Result<KeptDays> keptDays(const QSqlDatabase &database, HistoryTier tier)
{
    const QString key = settingOf(tier);
    if (key.isEmpty())
        return KeptDays();
    const auto stored = firstRow(database, u"SELECT value FROM setting WHERE key = ?"_s, {key},
                                 [](const QSqlQuery &row) { return row.value(0).toInt(); });
    if (!stored)
        return tl::make_unexpected(stored.error());
    if (!*stored)
        return keptByDefault(tier);
    return **stored >= kShortest ? KeptDays(**stored) : KeptDays(); // 0: for good
}

Result<void> setKeptDays(const QSqlDatabase &database, HistoryTier tier, KeptDays days)
{
    const QString key = settingOf(tier);
    if (key.isEmpty())
        return failure(Error::Kind::Invalid,
                       HistoryText::tr("How long this part of the history is kept cannot be changed."));
    if (days && *days < kShortest)
        return failure(
            Error::Kind::Invalid,
            HistoryText::tr("A history has to be kept for %n day(s) at least.", nullptr, kShortest));
    return eachRow(database, u"INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)"_s,
                   {key, QString::number(days.value_or(0))}, [](const QSqlQuery &) {});
}

Result<QList<TierSize>> tierSizes(const QSqlDatabase &database)
{
    QList<TierSize> sizes;
    for (const auto tier :
         {HistoryTier::Log, HistoryTier::Blocks, HistoryTier::Hours, HistoryTier::Days, HistoryTier::Load}) {
        TierSize size{tier, 0, {}};
        for (const auto &table : tablesOf(tier)) {
            const auto bytes = bytesOf(database, table);
            if (!bytes)
                return tl::make_unexpected(bytes.error());
            size.bytes += *bytes;
        }
        const auto kept = keptDays(database, tier);
        if (!kept)
            return tl::make_unexpected(kept.error());
        size.kept = *kept;
        sizes.append(size);
    }
    return sizes;
}

Result<Expiry> expiryAt(const QSqlDatabase &database, qint64 today)
{
    Expiry expiry;
    const auto blocks = firstDay(database, HistoryTier::Blocks, today,
                                 u"SELECT ifnull(min(id), 0) >> 32 FROM sample_block"_s);
    if (!blocks)
        return tl::make_unexpected(blocks.error());
    expiry.blocksFrom = *blocks;
    const auto hours =
        firstDay(database, HistoryTier::Hours, today, u"SELECT ifnull(min(day), 0) FROM rollup_hour"_s);
    if (!hours)
        return tl::make_unexpected(hours.error());
    expiry.hoursFrom = *hours;
    const auto load = firstDay(database, HistoryTier::Load, today,
                               u"SELECT ifnull(min(first), 0) / %1 FROM (SELECT (SELECT min(at) FROM "
                               u"load_value WHERE series_id = id) "
                               "AS first FROM load_series)"_s.arg(kDayMs));
    if (!load)
        return tl::make_unexpected(load.error());
    expiry.loadFrom = *load;
    return expiry;
}

Result<bool> removeExpired(const QSqlDatabase &database, const Expiry &expiry)
{
    const auto more = removeBefore(
        database,
        u"DELETE FROM sample_block WHERE id IN (SELECT id FROM sample_block WHERE id < ? LIMIT ?)"_s,
        blockId(expiry.blocksFrom, 0));
    if (!more || *more)
        return more;
    const auto moreHours =
        removeBefore(database,
                     u"DELETE FROM rollup_hour WHERE (day, monitor_id, hour) IN "
                     "(SELECT day, monitor_id, hour FROM rollup_hour WHERE day < ? LIMIT ?)"_s,
                     expiry.hoursFrom);
    if (!moreHours || *moreHours)
        return moreHours;
    return removeLoadBefore(database, expiry.loadFrom * kDayMs);
}

} // namespace backwatch
