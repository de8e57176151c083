// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/outcome.h"
#include "app/core/rollup.h"
#include "app/core/sample.h"
#include "app/history/rollupsum.h"

#include <map>
#include <optional>
#include <vector>

namespace backwatch {

/// A row of rollup_hour or rollup_day, as far as a chart needs it and as it is stored.
struct RollupRow
{
    UtcMs start = 0;
    qint64 failures = 0;
    QByteArrayView codes;
    std::optional<qint64> least; ///< µs
    std::optional<qint64> most;
    QByteArrayView sketch;
};

/// Sums answers and rollups up: answers in any order, then rollups in the order of time. Percentiles of a
/// stretch that answers alone were added to are exact; where a rollup was, they come from the sketch.
class RollupBuilder
{
public:
    /// @param width more than zero
    explicit RollupBuilder(milliseconds width);

    void add(UtcMs startedAt, Outcome outcome, int httpStatus, microseconds total);
    /// It goes as a whole where its start belongs.
    /// @returns whether it is sound, and no later stretch was begun; nothing is added otherwise
    bool add(const RollupRow &row);
    /// Every stretch that held a sample, in order. The builder is empty afterwards.
    QList<Rollup> finish();

private:
    struct Stretch
    {
        int checks = 0;
        int failures = 0;
        QList<CodeCount> codes;
        std::vector<microseconds> latencies;
        std::optional<Rollup> rollup; ///< of these and of rollups, when those are complete
    };

    UtcMs startOf(UtcMs time) const;
    Stretch &stretchAt(UtcMs time);
    void closeSum();
    Rollup rollupOf(UtcMs start, Stretch &stretch) const;

    milliseconds m_width;
    std::map<UtcMs, Stretch> m_stretches;
    std::pair<const UtcMs, Stretch> *m_latest = nullptr; ///< neighbours come one after the other
    /// The stretch that rollups go to now, and what they are so far. There is one alone, because a sketch
    /// takes as much memory as all else of a hundred stretches.
    std::optional<UtcMs> m_sumStart;
    RollupSum m_sum;
};

/// All at once, for samples that are in memory.
QList<Rollup> rollupsOf(const QList<StoredSample> &samples, milliseconds width);

} // namespace backwatch
