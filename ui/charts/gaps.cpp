// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/gaps.h"

#include <algorithm>

namespace backwatch {

namespace {

UtcMs middleOf(const Rollup &rollup)
{
    return rollup.start + rollup.width.count() / 2;
}

QList<TimeRange> holes(const QList<Rollup> &rollups, TimeRange range, milliseconds tolerated)
{
    QList<TimeRange> result;
    UtcMs seenUntil = range.from;
    const auto close = [&](UtcMs at) {
        if (at - seenUntil > tolerated.count())
            result.append({seenUntil, at});
    };
    for (const auto &rollup : rollups) {
        if (rollup.checks == 0 || endOf(rollup) <= range.from || rollup.start >= range.to)
            continue;
        close(rollup.start);
        seenUntil = std::max(seenUntil, endOf(rollup));
    }
    close(range.to);
    return result;
}

} // namespace

UtcMs endOf(const Rollup &rollup)
{
    return rollup.start + rollup.width.count();
}

QList<TimeRange> findGaps(const QList<Rollup> &rollups, const QList<StateInterval> &states, TimeRange range,
                          milliseconds tolerated)
{
    QList<TimeRange> all = holes(rollups, range, tolerated);
    for (const auto &interval : states) {
        if (interval.state != State::NotObserved && interval.state != State::Paused)
            continue;
        const TimeRange part{std::max(interval.from, range.from), std::min(interval.to, range.to)};
        if (part.span() > 0)
            all.append(part);
    }
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.from < b.from; });
    QList<TimeRange> merged;
    for (const auto &gap : std::as_const(all)) {
        if (!merged.isEmpty() && gap.from <= merged.last().to)
            merged.last().to = std::max(merged.last().to, gap.to);
        else
            merged.append(gap);
    }
    return merged;
}

QList<LatencyRun> latencyRuns(const QList<Rollup> &rollups, const QList<TimeRange> &gaps)
{
    QList<LatencyRun> runs;
    auto gap = gaps.cbegin();
    bool open = false;
    for (qsizetype i = 0; i < rollups.size(); ++i) {
        const UtcMs here = middleOf(rollups.at(i));
        while (gap != gaps.cend() && gap->to <= here) {
            open = false;
            ++gap;
        }
        if (gap != gaps.cend() && gap->from <= here && open)
            open = false;
        if (!rollups.at(i).p50) {
            open = false;
            continue;
        }
        if (open)
            runs.last().last = i;
        else
            runs.append({i, i});
        open = true;
    }
    return runs;
}

} // namespace backwatch
