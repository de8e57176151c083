// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/loadhistory.h"
#include "app/core/rollup.h"
#include "app/core/state.h"
#include "ui/charts/timerange.h"

namespace backwatch {

/// What a stack of charts draws. Outside `loaded` nothing is known, which is not the same as a gap.
struct ChartData
{
    TimeRange loaded;
    milliseconds width{0};       ///< of one bucket
    QList<Rollup> rollups;       ///< ascending, without overlaps
    QList<StateInterval> states; ///< ascending
    QList<Incident> incidents;   ///< newest first
    QList<TimeRange> gaps;       ///< see findGaps()
    QList<LoadSeries> load{};    ///< of the machines behind the monitor's service
};

} // namespace backwatch
