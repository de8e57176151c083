// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/maintenancewindow.h"

#include "app/core/cronexpression.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace backwatch {

namespace {

QTimeZone zoneOf(const MaintenanceWindow &window)
{
    return window.zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(window.zone);
}

/// When the window last began on that day, not after the time of day; nothing when it did not.
std::optional<QTime> beginning(const MaintenanceWindow &window, const std::optional<CronExpression> &cron,
                               QDate date, QTime notAfter)
{
    if (cron)
        return cron->matches(date) ? cron->lastTimeNotAfter(notAfter) : std::nullopt;
    const bool begins = window.weekdays.contains(date.dayOfWeek()) && window.start <= notAfter;
    return begins ? std::optional(window.start) : std::nullopt;
}

/// Where the clocks go back a time of day comes twice: the first of the two. Which one Qt takes is its own
/// affair.
UtcMs firstMoment(QDate date, QTime time, const QTimeZone &zone)
{
    constexpr qint64 kHourMs = 3'600'000;
    const QDateTime moment(date, time, zone);
    const QDateTime earlier = QDateTime::fromMSecsSinceEpoch(moment.toMSecsSinceEpoch() - kHourMs, zone);
    return (earlier.date() == date && earlier.time() == time ? earlier : moment).toMSecsSinceEpoch();
}

/// The latest beginning that is not after the moment decides, since all occurrences are equally long.
std::optional<TimeSpan> repeatedAt(const MaintenanceWindow &window, const std::optional<CronExpression> &cron,
                                   UtcMs moment)
{
    const QTimeZone zone = zoneOf(window);
    if (!zone.isValid() || window.duration.count() <= 0 || window.duration > kLongestMaintenance)
        return std::nullopt;
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(moment, zone);
    const auto days = window.duration.count() / 86'400'000 + 2;
    const QTime endOfDay(23, 59, 59, 999);
    for (qint64 back = 0; back <= days; ++back) {
        const QDate date = local.date().addDays(-back);
        const auto begins = beginning(window, cron, date, back > 0 ? endOfDay : local.time());
        if (!begins)
            continue;
        const UtcMs from = firstMoment(date, *begins, zone);
        // Where the clocks go back an hour comes twice, and the wall's time alone does not tell.
        if (from > moment)
            continue;
        const TimeSpan span{from, from + window.duration.count()};
        return moment < span.to ? std::optional(span) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace

std::optional<TimeSpan> occurrenceAt(const MaintenanceWindow &window, UtcMs moment)
{
    switch (window.kind) {
    case MaintenanceWindow::Kind::Once:
        return window.from <= moment && moment < window.to ? std::optional(TimeSpan{window.from, window.to})
                                                           : std::nullopt;
    case MaintenanceWindow::Kind::Weekly:
        return repeatedAt(window, std::nullopt, moment);
    case MaintenanceWindow::Kind::Cron:
        if (const auto cron = CronExpression::parse(window.cron))
            return repeatedAt(window, *cron, moment);
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace backwatch
