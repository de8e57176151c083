// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/calendarperiods.h"

#include <QDateTime>

#include <algorithm>

namespace backwatch {

namespace {

constexpr qsizetype kPeriodsAtMost = 40'000;

QDate firstDayOf(const QDate &day, CalendarUnit unit)
{
    switch (unit) {
    case CalendarUnit::Week:
        return day.addDays(1 - day.dayOfWeek());
    case CalendarUnit::Month:
        return QDate(day.year(), day.month(), 1);
    case CalendarUnit::Day:
        break;
    }
    return day;
}

QDate nextAfter(const QDate &first, CalendarUnit unit)
{
    switch (unit) {
    case CalendarUnit::Week:
        return first.addDays(7);
    case CalendarUnit::Month:
        return first.addMonths(1);
    case CalendarUnit::Day:
        break;
    }
    return first.addDays(1);
}

} // namespace

QList<TimeSpan> calendarPeriods(const TimeSpan &range, CalendarUnit unit, const QTimeZone &zone)
{
    QList<TimeSpan> periods;
    if (!zone.isValid() || range.from >= range.to)
        return periods;
    QDate first = firstDayOf(QDateTime::fromMSecsSinceEpoch(range.from, zone).date(), unit);
    UtcMs at = range.from;
    while (at < range.to && periods.size() < kPeriodsAtMost) {
        first = nextAfter(first, unit);
        // Where the clocks change at midnight the day begins at another time, and a zone that moved over the
        // date line has left a day out.
        const UtcMs next = first.startOfDay(zone).toMSecsSinceEpoch();
        const UtcMs end = std::min(next, range.to);
        if (end > at)
            periods.append({at, end});
        at = std::max(at, end);
    }
    return periods;
}

} // namespace backwatch
