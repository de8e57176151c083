// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/rollup.h"
#include "app/core/state.h"
#include "ui/charts/timerange.h"

namespace backwatch {

UtcMs endOf(const Rollup &rollup); ///< the first moment that is not its any more

/// Where nothing was observed in `range`: holes between buckets longer than `tolerated`, and the stretches
/// that are known as not observed or paused. Ascending, merged, clipped to the range.
QList<TimeRange> findGaps(const QList<Rollup> &rollups, const QList<StateInterval> &states, TimeRange range,
                          milliseconds tolerated);

/// Buckets first to last, inclusive, that one unbroken line of latencies may connect.
struct LatencyRun
{
    qsizetype first = 0;
    qsizetype last = 0;

    bool operator==(const LatencyRun &) const = default;
};

/// A run ends at a gap and at a bucket in which no check got an answer.
QList<LatencyRun> latencyRuns(const QList<Rollup> &rollups, const QList<TimeRange> &gaps);

} // namespace backwatch
