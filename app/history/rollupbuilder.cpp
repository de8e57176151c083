// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupbuilder.h"

#include "app/core/answercode.h"

#include <algorithm>
#include <utility>

namespace backwatch {

namespace {

UtcMs startOf(UtcMs time, milliseconds width)
{
    const UtcMs rest = time % width.count();
    return time - (rest < 0 ? rest + width.count() : rest);
}

void count(QList<CodeCount> &codes, int code)
{
    const auto at = std::lower_bound(codes.cbegin(), codes.cend(), code,
                                     [](const CodeCount &known, int wanted) { return known.code < wanted; });
    const auto index = at - codes.cbegin();
    if (at != codes.cend() && at->code == code)
        ++codes[index].count;
    else
        codes.insert(index, CodeCount{code, 1});
}

// Nearest rank: the smallest value that is not exceeded by at least that many percent.
microseconds percentile(const std::vector<microseconds> &sorted, std::size_t percent)
{
    const std::size_t rank = (sorted.size() * percent + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

} // namespace

RollupBuilder::RollupBuilder(milliseconds width) : m_width(width)
{
    Q_ASSERT(width.count() > 0);
}

void RollupBuilder::add(UtcMs startedAt, Outcome outcome, int httpStatus, microseconds total)
{
    const UtcMs start = startOf(startedAt, m_width);
    if (m_current.checks > 0 && m_current.start != start)
        finishCurrent();
    m_current.start = start;
    ++m_current.checks;
    if (judgementOf(outcome) == Judgement::Failed)
        ++m_current.failures;
    const int code = answerCode(outcome, httpStatus);
    count(m_current.codes, code);
    if (code != kNoAnswer)
        m_latencies.push_back(total);
}

void RollupBuilder::finishCurrent()
{
    m_current.width = m_width;
    if (!m_latencies.empty()) {
        std::sort(m_latencies.begin(), m_latencies.end());
        m_current.min = m_latencies.front();
        m_current.p50 = percentile(m_latencies, 50);
        m_current.p95 = percentile(m_latencies, 95);
        m_current.p99 = percentile(m_latencies, 99);
        m_current.max = m_latencies.back();
    }
    m_latencies.clear();
    m_rollups.append(std::exchange(m_current, Rollup{}));
}

QList<Rollup> RollupBuilder::finish()
{
    if (m_current.checks > 0)
        finishCurrent();
    return std::exchange(m_rollups, {});
}

QList<Rollup> rollupsOf(const QList<StoredSample> &samples, milliseconds width)
{
    RollupBuilder builder(width);
    for (const auto &stored : samples)
        builder.add(stored.sample.startedAt, stored.sample.outcome, stored.sample.httpStatus,
                    stored.sample.phases.total);
    return builder.finish();
}

} // namespace backwatch
