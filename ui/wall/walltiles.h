// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wall/walltile.h"

namespace backwatch {

/// All tiles in the order they stand in: what is in trouble first (Down, then Suspect, then Degraded, the
/// newest of each first), then what is out of reach without a known cause, then the rest in the order of the
/// configuration, so that a tile that is well stays where it is. What is unreachable through a problem on
/// the wall stands on that problem's tile.
QList<WallTile> arrangedTiles(const QList<Monitor> &monitors, const Watch &watch);

int problemCount(const QList<WallTile> &tiles);

/// How many monitors are what.
struct WallCounts
{
    int all = 0;
    int trouble = 0; ///< problems, and what is out of reach without a known cause
    int consequences = 0;
    int well = 0;
    int paused = 0;
    int maintenance = 0;
    int unobserved = 0;
    bool ownNetworkLost = false; ///< a newest answer says that this machine has no network
};

WallCounts countsOf(const QList<WallTile> &tiles, const Watch &watch);

/// No check is being made: the engine says so, or nothing came in for much longer than any monitor waits.
bool isStalled(const WatchHealth &health, const QList<Monitor> &monitors, UtcMs now);

/// "2 of 48 in trouble", "All 48 are well", "No answers yet".
QString headlineSentence(const WallCounts &counts, const WatchHealth &health, UtcMs now);
/// What stands behind it in a quieter type: "3 unreachable because of it · last sweep 4 s ago".
QString headlineDetails(const WallCounts &counts, const WatchHealth &health, UtcMs now);

} // namespace backwatch
