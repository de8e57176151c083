// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/timestamp.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTime>

#include <optional>

namespace backwatch {

/// A time in which the admin works on what is watched.
struct MaintenanceWindow
{
    enum class Kind { Once, Weekly, Cron };

    Kind kind = Kind::Once;
    UtcMs from = 0;           ///< of Once
    UtcMs to = 0;             ///< of Once; exclusive
    QList<int> weekdays;      ///< of Weekly: 1 Monday to 7 Sunday, ascending
    QTime start;              ///< of Weekly
    QString cron;             ///< of Cron: when it begins; minute, hour, day of month, month, day of week
    milliseconds duration{0}; ///< of Weekly and Cron
    QByteArray zone;          ///< of Weekly and Cron: IANA id; empty: this machine's
    QString reason;           ///< for people; may be empty

    bool operator==(const MaintenanceWindow &) const = default;
};

/// From, inclusive, to, exclusive.
struct TimeSpan
{
    UtcMs from = 0;
    UtcMs to = 0;

    bool operator==(const TimeSpan &) const = default;
};

/// The longest window of Weekly and Cron.
constexpr milliseconds kLongestMaintenance{31LL * 86'400'000};

/// The occurrence of the window that covers the moment. Times of day are those of the window's zone: a window
/// of two hours is two hours long on the days when the clocks change, too. Nothing where the window makes no
/// sense.
std::optional<TimeSpan> occurrenceAt(const MaintenanceWindow &window, UtcMs moment);

} // namespace backwatch
