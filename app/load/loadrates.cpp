// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/loadrates.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

/// What is counted over more is no longer of the present.
constexpr std::chrono::minutes kLongest{5};

struct Rate
{
    LoadCounter counter;
    LoadMetric metric;
};

constexpr std::array kPerSecond{
    Rate{LoadCounter::NginxRequests, LoadMetric::NginxRequests},
    Rate{LoadCounter::ApacheRequests, LoadMetric::ApacheRequests},
    Rate{LoadCounter::PhpFpmRequests, LoadMetric::PhpFpmRequests},
};

std::optional<double> grown(const LoadReport &before, const LoadReport &now, LoadCounter counter)
{
    const auto earlier = before.counters.constFind(counter);
    const auto later = now.counters.constFind(counter);
    if (earlier == before.counters.cend() || later == now.counters.cend() || *later < *earlier)
        return std::nullopt;
    return *later - *earlier;
}

} // namespace

QList<LoadReading> loadRates(const LoadReport &before, const LoadReport &now, milliseconds between)
{
    QList<LoadReading> rates;
    if (between.count() <= 0 || between > kLongest)
        return rates;
    const auto cpu = grown(before, now, LoadCounter::CpuSeconds);
    const auto idle = grown(before, now, LoadCounter::CpuIdleSeconds);
    if (cpu && idle && *cpu > 0)
        rates.append({LoadMetric::HostCpuBusy, std::clamp(1 - *idle / *cpu, 0.0, 1.0)});
    const auto accepted = grown(before, now, LoadCounter::NginxAccepted);
    const auto handled = grown(before, now, LoadCounter::NginxHandled);
    if (accepted && handled)
        rates.append({LoadMetric::NginxDropped, std::max(0.0, *accepted - *handled)});
    if (const auto reached = grown(before, now, LoadCounter::PhpFpmLimitReached))
        rates.append({LoadMetric::PhpFpmLimitReached, *reached});
    const double seconds = static_cast<double>(between.count()) / 1'000;
    for (const auto &rate : kPerSecond)
        if (const auto count = grown(before, now, rate.counter))
            rates.append({rate.metric, *count / seconds});
    return rates;
}

} // namespace backwatch
