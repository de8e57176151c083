// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupbuilder.h"

#include "app/core/answercode.h"
#include "app/history/daynumber.h"

#include <algorithm>
#include <utility>

namespace backwatch {

namespace {

void count(QList<CodeCount> &codes, int code)
{
    if (codes.size() == 1 && codes.first().code == code) { // nearly always
        ++codes.first().count;
        return;
    }
    const auto at = std::lower_bound(codes.cbegin(), codes.cend(), code,
                                     [](const CodeCount &known, int wanted) { return known.code < wanted; });
    const auto index = at - codes.cbegin();
    if (at != codes.cend() && at->code == code)
        ++codes[index].count;
    else
        codes.insert(index, CodeCount{code, 1});
}

// Nearest rank: the smallest value that is not exceeded by at least that many percent. Highest first, since
// each one leaves the smaller ones before it.
void putPercentiles(std::vector<microseconds> &latencies, Rollup &rollup)
{
    auto end = latencies.end();
    for (const auto &[percent, place] :
         {std::pair{99, &Rollup::p99}, {95, &Rollup::p95}, {50, &Rollup::p50}}) {
        const std::size_t rank = (latencies.size() * static_cast<std::size_t>(percent) + 99) / 100;
        const auto at = latencies.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
        if (at < end)
            std::nth_element(latencies.begin(), at, end);
        rollup.*place = *at;
        end = at;
    }
}

} // namespace

RollupBuilder::RollupBuilder(milliseconds width) : m_width(width)
{
    Q_ASSERT(width.count() > 0);
}

RollupBuilder::Stretch &RollupBuilder::stretchAt(UtcMs time)
{
    if (!m_latest || time < m_latest->first || time - m_latest->first >= m_width.count())
        m_latest = &*m_stretches.try_emplace(floorDivide(time, m_width.count()) * m_width.count()).first;
    return m_latest->second;
}

void RollupBuilder::add(UtcMs startedAt, Outcome outcome, int httpStatus, microseconds total)
{
    auto &stretch = stretchAt(startedAt);
    ++stretch.checks;
    if (judgementOf(outcome) == Judgement::Failed)
        ++stretch.failures;
    const int code = answerCode(outcome, httpStatus);
    count(stretch.codes, code);
    if (code != kNoAnswer)
        stretch.latencies.push_back(total);
}

bool RollupBuilder::add(UtcMs start, const RollupSum &sum, QByteArrayView sketch)
{
    auto &whole = stretchAt(start).sum;
    if (!whole.sketch.mergePacked(sketch))
        return false;
    whole.merge(sum);
    return true;
}

Rollup RollupBuilder::finished(UtcMs start, Stretch &stretch) const
{
    Rollup rollup{start, m_width, stretch.checks, stretch.failures, stretch.codes, {}, {}, {}, {}, {}};
    if (!stretch.latencies.empty()) {
        const auto [least, most] = std::minmax_element(stretch.latencies.begin(), stretch.latencies.end());
        rollup.min = *least;
        rollup.max = *most;
    }
    if (stretch.sum.checks == 0) {
        if (!stretch.latencies.empty())
            putPercentiles(stretch.latencies, rollup);
        return rollup;
    }
    auto &sum = stretch.sum;
    sum.checks += stretch.checks;
    sum.failures += stretch.failures;
    for (const auto &code : std::as_const(stretch.codes))
        sum.codes.add(code.code, code.count);
    for (const auto latency : stretch.latencies)
        sum.sketch.add(latency);
    if (rollup.min) {
        sum.least = std::min(sum.least.value_or(rollup.min->count()), qint64(rollup.min->count()));
        sum.most = std::max(sum.most.value_or(rollup.max->count()), qint64(rollup.max->count()));
    }
    return sum.rollup(start, m_width);
}

QList<Rollup> RollupBuilder::finish()
{
    QList<Rollup> rollups;
    rollups.reserve(static_cast<qsizetype>(m_stretches.size()));
    for (auto &[start, stretch] : m_stretches)
        if (stretch.checks > 0 || stretch.sum.checks > 0) // nothing but a damaged one
            rollups.append(finished(start, stretch));
    m_stretches.clear();
    m_latest = nullptr;
    return rollups;
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
