// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QList>
#include <QSqlDatabase>

#include <optional>

namespace backwatch {

/// What the history is made of, from the newest to the longest kept.
enum class HistoryTier {
    Log,    ///< samples of the last hours and parts of unfinished days
    Blocks, ///< every sample of finished days
    Hours,  ///< a rollup an hour
    Days,   ///< a rollup a day; always kept
    Load,   ///< every reading of load
};

/// How many days of a tier are kept; absent: for good.
using KeptDays = std::optional<int>;

struct TierSize
{
    HistoryTier tier = HistoryTier::Log;
    qint64 bytes = 0;
    KeptDays kept;
};

Result<KeptDays> keptDays(const QSqlDatabase &database, HistoryTier tier);
/// Inside the caller's transaction. Takes effect within days. Kind::Invalid for a tier that has no limit, and
/// for less than a week.
Result<void> setKeptDays(const QSqlDatabase &database, HistoryTier tier, KeptDays days);

/// Reads the whole file once where SQLite can tell sizes, so it is nothing for the thread of a screen.
Result<QList<TierSize>> tierSizes(const QSqlDatabase &database);

/// The first days that stay. A wrong clock must not cost the history, so they move on by a week at a time.
struct Expiry
{
    qint64 blocksFrom = 0;
    qint64 hoursFrom = 0;
    qint64 loadFrom = 0;
};
Result<Expiry> expiryAt(const QSqlDatabase &database, qint64 today);

/// Removes a little of what is older, inside the caller's transaction. Whether there is more.
Result<bool> removeExpired(const QSqlDatabase &database, const Expiry &expiry);

} // namespace backwatch
