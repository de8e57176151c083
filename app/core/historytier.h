// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

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

/// How many days of a tier are kept; absent: for good.
using KeptDays = std::optional<int>;

/// The least that can be asked for.
constexpr int kFewestKeptDays = 7;

/// Whether how long it is kept can be changed.
constexpr bool hasLimit(HistoryTier tier)
{
    return tier != HistoryTier::Log && tier != HistoryTier::Days;
}

struct TierSize
{
    HistoryTier tier = HistoryTier::Log;
    qint64 bytes = 0;
    KeptDays kept;
};

/// What of a tier goes when it is kept for so long.
struct ExpiringPart
{
    qint64 days = 0;  ///< on which there is something; 0: nothing goes
    UtcMs from = 0;   ///< the first of these days
    UtcMs before = 0; ///< what is younger stays
    double share = 0; ///< of the tier, 0 to 1

    bool operator==(const ExpiringPart &) const = default;
};

} // namespace backwatch
