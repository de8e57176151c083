// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/loadmetric.h"
#include "app/core/result.h"

#include <QList>
#include <QMap>

namespace backwatch {

struct LoadReading
{
    LoadMetric metric = LoadMetric::HostLoad1;
    double value = 0;
    std::optional<double> limit{}; ///< where the source names one
    QString part{};                ///< what of the source it is: a mount point, a proxy; printable, short

    bool operator==(const LoadReading &) const = default;
};

/// What only grows until the server starts anew; two readings make a LoadReading of it.
enum class LoadCounter {
    CpuSeconds,
    CpuIdleSeconds, ///< the wait for disks is idle
    NginxAccepted,
    NginxHandled,
    NginxRequests,
    ApacheRequests,
    PhpFpmRequests,
    PhpFpmLimitReached,
};

/// What one source said at one moment.
struct LoadReport
{
    QList<LoadReading> readings;
    QMap<LoadCounter, double> counters{};
    /// Of PHP-FPM: as many workers as it may start (pm = static, or it met pm.max_children before).
    bool workersAtMost = false;

    std::optional<LoadReading> reading(LoadMetric metric) const
    {
        for (const auto &one : readings)
            if (one.metric == metric)
                return one;
        return std::nullopt;
    }

    bool operator==(const LoadReport &) const = default;
};

} // namespace backwatch
