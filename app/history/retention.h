// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/core/timestamp.h"

#include <QList>
#include <QSqlDatabase>

#include <optional>

namespace backwatch {

/// What the history is made of, from the newest to the longest kept.
enum class HistoryTier {
    Log,      ///< samples of the last hours and parts of unfinished days
    Blocks,   ///< every sample of finished days
    Hours,    ///< a rollup an hour
    Days,     ///< a rollup a day; always kept
    Evidence, ///< exchanges of incidents, and what was thought of them
    Load,     ///< every reading of the load of the machines behind
};

/// For people who write it and scripts that read it: log, samples, hours, days, evidence, load.
QStringView tierId(HistoryTier tier);
std::optional<HistoryTier> tierFromId(QStringView id);
const QList<HistoryTier> &historyTiers();

/// Evidence beyond so many bytes goes, the oldest first, however young it is: a site that flaps for weeks
/// must not fill the disk.
constexpr qint64 kMostEvidenceBytes = 512LL * 1024 * 1024;

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
    qint64 evidenceFrom = 0;
    UtcMs evidenceBeyond = 0; ///< what was taken before goes for its size
};
Result<Expiry> expiryAt(const QSqlDatabase &database, qint64 today,
                        qint64 mostEvidenceBytes = kMostEvidenceBytes);

/// Removes a little of what is older, inside the caller's transaction; never the evidence of an incident that
/// lasts. Whether there is more.
Result<bool> removeExpired(const QSqlDatabase &database, const Expiry &expiry);

} // namespace backwatch
