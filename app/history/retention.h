// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/historytier.h"
#include "app/core/result.h"
#include "app/core/timestamp.h"

#include <QList>
#include <QSqlDatabase>

#include <optional>

namespace backwatch {

/// For people who write it and scripts that read it: log, samples, hours, days, evidence, load.
QStringView tierId(HistoryTier tier);
std::optional<HistoryTier> tierFromId(QStringView id);
const QList<HistoryTier> &historyTiers();

/// Evidence beyond so many bytes goes, the oldest first, however young it is: a site that flaps for weeks
/// must not fill the disk.
constexpr qint64 kMostEvidenceBytes = 512LL * 1024 * 1024;

Result<KeptDays> keptDays(const QSqlDatabase &database, HistoryTier tier);
/// Inside the caller's transaction. Takes effect within days. Kind::Invalid for a tier that has no limit, and
/// for less than a week.
Result<void> setKeptDays(const QSqlDatabase &database, HistoryTier tier, KeptDays days);

/// Reads the whole file once where SQLite can tell sizes, so it is nothing for the thread of a screen.
/// Unavailable when the thread was asked to stop meanwhile, see QThread::requestInterruption().
Result<QList<TierSize>> tierSizes(const QSqlDatabase &database);

/// What removeExpired() would come to take of that tier, were it kept for so long. Counts its rows, so it is
/// nothing for the thread of a screen either.
Result<ExpiringPart> expiringPart(const QSqlDatabase &database, HistoryTier tier, KeptDays days,
                                  qint64 today);

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
