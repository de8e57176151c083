// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/retention.h"

#include "app/history/daynumber.h"
#include "app/history/historytext.h"
#include "app/history/rows.h"

#include <QThread>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kBlocksByDefault = 730;
constexpr int kEvidenceByDefault = 365;
constexpr int kLoadByDefault = 90;
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
    case HistoryTier::Evidence:
        return u"keep_evidence_days"_s;
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
    case HistoryTier::Evidence:
        return {u"evidence"_s, u"diagnosis"_s};
    case HistoryTier::Load:
        return {u"load_series"_s, u"load_value"_s};
    }
    return {};
}

KeptDays keptByDefault(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Blocks:
        return kBlocksByDefault;
    case HistoryTier::Evidence:
        return kEvidenceByDefault;
    case HistoryTier::Load:
        return kLoadByDefault;
    case HistoryTier::Log:
    case HistoryTier::Hours:
    case HistoryTier::Days:
        break;
    }
    return {};
}

/// Page by page: a large file takes seconds, which whoever ends the program need not wait for.
Result<qint64> bytesOf(const QSqlDatabase &database, const QString &table)
{
    qint64 bytes = 0;
    const QThread *thread = QThread::currentThread();
    const auto done =
        eachRow(database, u"SELECT pgsize FROM dbstat WHERE name = ?"_s, {table}, [&](const QSqlQuery &page) {
            bytes += page.value(0).toLongLong();
            return !thread->isInterruptionRequested();
        });
    if (!done)
        return tl::make_unexpected(done.error());
    if (thread->isInterruptionRequested())
        return failure(Error::Kind::Unavailable,
                       HistoryText::tr("How large the history is was not counted to the end."));
    return bytes;
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

Result<bool> removeBefore(const QSqlDatabase &database, const QString &statement, qint64 before)
{
    if (auto done = eachRow(database, statement, {before, kRowsPerStep}, [](const QSqlQuery &) {}); !done)
        return tl::make_unexpected(done.error());
    return singleValue(database, u"SELECT changes()"_s).map([](const QVariant &count) {
        return count.toInt() == kRowsPerStep;
    });
}

/// What a page told is not to be found in the file once its time is over: its room is written over.
Result<bool> removeEvidenceBefore(const QSqlDatabase &database, UtcMs before)
{
    if (auto done = execute(database, u"PRAGMA secure_delete = ON"_s); !done)
        return tl::make_unexpected(done.error());
    const auto more =
        removeBefore(database,
                     u"DELETE FROM evidence WHERE rowid IN (SELECT e.rowid FROM evidence e JOIN incident i "
                     "ON i.id = e.incident_id WHERE e.taken_at < ? AND i.closed_at NOT NULL LIMIT ?)"_s,
                     before);
    if (auto done = execute(database, u"PRAGMA secure_delete = FAST"_s); !done)
        return tl::make_unexpected(done.error());
    return more;
}

/// The day of the oldest reading; each series has its own at hand.
Result<qint64> firstLoadDay(const QSqlDatabase &database, qint64 today)
{
    return firstDay(database, HistoryTier::Load, today,
                    u"SELECT ifnull(min(first), 0) / 86400000 FROM (SELECT (SELECT min(at) FROM load_value "
                    "WHERE series_id = id) AS first FROM load_series)"_s);
}

/// Series by series.
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

/// When what would go beyond that many bytes was taken.
Result<UtcMs> evidenceBeyond(const QSqlDatabase &database, qint64 mostBytes)
{
    const auto moment = firstRow(
        database,
        u"SELECT min(taken_at) FROM (SELECT taken_at, sum(length(har)) OVER (ORDER BY taken_at DESC, rowid "
        "DESC) AS bytes FROM evidence) WHERE bytes <= ?"_s,
        {mostBytes}, [](const QSqlQuery &row) { return row.value(0).toLongLong(); });
    return moment.map([](const std::optional<UtcMs> &at) { return at.value_or(0); });
}

} // namespace

QStringView tierId(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Log:
        return u"log";
    case HistoryTier::Blocks:
        return u"samples";
    case HistoryTier::Hours:
        return u"hours";
    case HistoryTier::Days:
        return u"days";
    case HistoryTier::Evidence:
        return u"evidence";
    case HistoryTier::Load:
        return u"load";
    }
    return {};
}

std::optional<HistoryTier> tierFromId(QStringView id)
{
    for (const auto tier : historyTiers())
        if (tierId(tier) == id)
            return tier;
    return std::nullopt;
}

const QList<HistoryTier> &historyTiers()
{
    static const QList<HistoryTier> tiers{HistoryTier::Log,  HistoryTier::Blocks,   HistoryTier::Hours,
                                          HistoryTier::Days, HistoryTier::Evidence, HistoryTier::Load};
    return tiers;
}

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
    return **stored >= kFewestKeptDays ? KeptDays(**stored) : KeptDays(); // 0: for good
}

Result<void> setKeptDays(const QSqlDatabase &database, HistoryTier tier, KeptDays days)
{
    const QString key = settingOf(tier);
    if (key.isEmpty())
        return failure(Error::Kind::Invalid,
                       HistoryText::tr("How long this part of the history is kept cannot be changed."));
    if (days && *days < kFewestKeptDays)
        return failure(
            Error::Kind::Invalid,
            HistoryText::tr("A history has to be kept for %n day(s) at least.", nullptr, kFewestKeptDays));
    return eachRow(database, u"INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)"_s,
                   {key, QString::number(days.value_or(0))}, [](const QSqlQuery &) {});
}

Result<QList<TierSize>> tierSizes(const QSqlDatabase &database)
{
    QList<TierSize> sizes;
    for (const auto tier : historyTiers()) {
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

Result<Expiry> expiryAt(const QSqlDatabase &database, qint64 today, qint64 mostEvidenceBytes)
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
    const auto evidence =
        firstDay(database, HistoryTier::Evidence, today,
                 u"SELECT ifnull(min(e.taken_at), 0) / 86400000 FROM evidence e JOIN incident i "
                 "ON i.id = e.incident_id WHERE i.closed_at NOT NULL"_s);
    if (!evidence)
        return tl::make_unexpected(evidence.error());
    expiry.evidenceFrom = *evidence;
    const auto beyond = evidenceBeyond(database, mostEvidenceBytes);
    if (!beyond)
        return tl::make_unexpected(beyond.error());
    expiry.evidenceBeyond = *beyond;
    const auto load = firstLoadDay(database, today);
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
    const auto moreEvidence =
        removeEvidenceBefore(database, std::max(expiry.evidenceFrom * kDayMs, expiry.evidenceBeyond));
    if (!moreEvidence || *moreEvidence)
        return moreEvidence;
    const auto moreLoad = removeLoadBefore(database, expiry.loadFrom * kDayMs);
    if (!moreLoad || *moreLoad)
        return moreLoad;
    return removeBefore(database,
                        u"DELETE FROM rollup_hour WHERE (day, monitor_id, hour) IN "
                        "(SELECT day, monitor_id, hour FROM rollup_hour WHERE day < ? LIMIT ?)"_s,
                        expiry.hoursFrom);
}

} // namespace backwatch
