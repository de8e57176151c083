// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/outcome.h"
#include "app/core/rollup.h"
#include "app/core/sample.h"
#include "app/history/rollupsum.h"

#include <map>
#include <vector>

namespace backwatch {

/// Sums samples and rollups up, in any order. Percentiles of a stretch that samples alone were added to are
/// exact; where a rollup was, they come from the sketch.
class RollupBuilder
{
public:
    /// @param width more than zero
    explicit RollupBuilder(milliseconds width);

    void add(UtcMs startedAt, Outcome outcome, int httpStatus, microseconds total);
    /// @param start of the rollup; it goes as a whole where that moment belongs
    /// @param sketch packed, that of the sum
    /// @returns whether the sketch is sound; nothing is added otherwise
    bool add(UtcMs start, const RollupSum &sum, QByteArrayView sketch);
    /// Every stretch that held a sample, in order. The builder is empty afterwards.
    QList<Rollup> finish();

private:
    struct Stretch
    {
        RollupSum sum; ///< of the rollups
        int checks = 0;
        int failures = 0;
        QList<CodeCount> codes;
        std::vector<microseconds> latencies;
    };

    Stretch &stretchAt(UtcMs time);
    Rollup finished(UtcMs start, Stretch &stretch) const;

    milliseconds m_width;
    std::map<UtcMs, Stretch> m_stretches;
    std::pair<const UtcMs, Stretch> *m_latest = nullptr; ///< neighbours come one after the other
};

/// All at once, for samples that are in memory.
QList<Rollup> rollupsOf(const QList<StoredSample> &samples, milliseconds width);

} // namespace backwatch
