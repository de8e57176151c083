// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/timestamp.h"

namespace backwatch {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kHourMs = 60 * kMinuteMs;
constexpr qint64 kDayMs = 24 * kHourMs;

/// Division that rounds down, also before 1970.
constexpr qint64 floorDivide(qint64 value, qint64 by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

/// Days since 1970 in UTC.
constexpr qint64 dayOf(UtcMs time)
{
    return floorDivide(time, kDayMs);
}

// A block's key; blocks of one day lie beside each other.
constexpr int kMonitorBits = 32;

constexpr qint64 blockId(qint64 day, MonitorId monitor)
{
    return day << kMonitorBits | monitor;
}

constexpr qint64 kMostDays = qint64(1) << 30;

/// Whether that day of that monitor has a key. What has none, because a clock or an import was absurd, stays
/// in parts.
constexpr bool isPackable(qint64 day, MonitorId monitor)
{
    return day >= 0 && day < kMostDays && monitor > 0 && monitor < (qint64(1) << kMonitorBits);
}

} // namespace backwatch
