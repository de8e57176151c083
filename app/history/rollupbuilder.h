// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/outcome.h"
#include "app/core/rollup.h"
#include "app/core/sample.h"

#include <vector>

namespace backwatch {

/// Sums samples up. They are added in order of their start.
class RollupBuilder
{
public:
    /// @param width more than zero
    explicit RollupBuilder(milliseconds width);

    void add(UtcMs startedAt, Outcome outcome, int httpStatus, microseconds total);
    /// Every stretch that held a sample, in order. The builder is empty afterwards.
    QList<Rollup> finish();

private:
    void finishCurrent();

    milliseconds m_width;
    QList<Rollup> m_rollups;
    Rollup m_current;
    std::vector<microseconds> m_latencies; ///< of the current stretch
};

/// All at once, for samples that are in memory.
QList<Rollup> rollupsOf(const QList<StoredSample> &samples, milliseconds width);

} // namespace backwatch
