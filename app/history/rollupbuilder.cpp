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

// Nearest rank: the smallest value that is not exceeded by at least that many percent. Lowest first, since
// each one leaves the larger ones behind it, which are half and then a twentieth of all.
void putPercentiles(std::vector<microseconds> &latencies, Rollup &rollup)
{
    auto rest = latencies.begin();
    for (const auto &[percent, place] :
         {std::pair{50, &Rollup::p50}, {95, &Rollup::p95}, {99, &Rollup::p99}}) {
        const std::size_t rank = (latencies.size() * static_cast<std::size_t>(percent) + 99) / 100;
        const auto at = latencies.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
        if (at >= rest)
            std::nth_element(rest, at, latencies.end());
        rollup.*place = *at;
        rest = at + 1;
    }
}

} // namespace

RollupBuilder::RollupBuilder(milliseconds width) : m_width(width)
{
    Q_ASSERT(width.count() > 0);
}

UtcMs RollupBuilder::startOf(UtcMs time) const
{
    return floorDivide(time, m_width.count()) * m_width.count();
}

RollupBuilder::Stretch &RollupBuilder::stretchAt(UtcMs time)
{
    if (!m_latest || time < m_latest->first || time - m_latest->first >= m_width.count())
        m_latest = &*m_stretches.try_emplace(startOf(time)).first;
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

// Straight into the sum: a year's chart adds nine thousand rows.
bool RollupBuilder::add(const RollupRow &row)
{
    const UtcMs start = startOf(row.start);
    if (m_sumStart && start < *m_sumStart)
        return false;
    if (m_sumStart && start > *m_sumStart)
        closeSum();
    m_sumStart = start;
    const auto checks = Tally::totalOf(row.codes);
    if (!checks || row.failures < 0 || row.failures > *checks || !m_sum.sketch.mergePacked(row.sketch))
        return false;
    m_sum.checks += *checks;
    m_sum.failures += row.failures;
    m_sum.codes.addText(row.codes);
    if (row.least)
        m_sum.least = std::min(m_sum.least.value_or(*row.least), *row.least);
    if (row.most)
        m_sum.most = std::max(m_sum.most.value_or(*row.most), *row.most);
    return true;
}

/// Adds the answers of the stretch to what its rollups are.
void RollupBuilder::closeSum()
{
    if (m_sum.checks == 0) // damaged ones alone
        return m_sum.clear();
    auto &stretch = m_stretches[*m_sumStart];
    m_sum.checks += stretch.checks;
    m_sum.failures += stretch.failures;
    for (const auto &code : std::as_const(stretch.codes))
        m_sum.codes.add(code.code, code.count);
    for (const auto latency : stretch.latencies) {
        m_sum.sketch.add(latency);
        m_sum.least = std::min(m_sum.least.value_or(latency.count()), qint64(latency.count()));
        m_sum.most = std::max(m_sum.most.value_or(latency.count()), qint64(latency.count()));
    }
    stretch.rollup = m_sum.rollup(*m_sumStart, m_width);
    m_sum.clear();
}

Rollup RollupBuilder::rollupOf(UtcMs start, Stretch &stretch) const
{
    if (stretch.rollup)
        return *std::move(stretch.rollup);
    Rollup rollup{start, m_width, stretch.checks, stretch.failures, stretch.codes, {}, {}, {}, {}, {}};
    if (!stretch.latencies.empty()) {
        const auto [least, most] = std::minmax_element(stretch.latencies.begin(), stretch.latencies.end());
        rollup.min = *least;
        rollup.max = *most;
        putPercentiles(stretch.latencies, rollup);
    }
    return rollup;
}

QList<Rollup> RollupBuilder::finish()
{
    if (m_sumStart)
        closeSum();
    QList<Rollup> rollups;
    rollups.reserve(static_cast<qsizetype>(m_stretches.size()));
    for (auto &[start, stretch] : m_stretches)
        rollups.append(rollupOf(start, stretch));
    m_stretches.clear();
    m_latest = nullptr;
    m_sumStart.reset();
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
