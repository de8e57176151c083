// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timeticks.h"

#include "ui/charts/axisformatter.h"

#include <QDateTime>

#include <array>

namespace backwatch {

namespace {

constexpr qint64 kSecond = 1'000;
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;
constexpr qint64 kWeek = 7 * kDay;
constexpr qint64 kFirstMonday = 4 * kDay; // 1970-01-05

/// A stretch in which the zone keeps one offset.
struct Stretch
{
    TimeRange range;
    qint64 offset = 0;
};

QList<Stretch> stretches(TimeRange range, const QTimeZone &zone)
{
    const auto moment = [](UtcMs time) { return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC); };
    QList<Stretch> result{{range, zone.offsetFromUtc(moment(range.from)) * kSecond}};
    if (!zone.hasTransitions())
        return result;
    for (const auto &change : zone.transitions(moment(range.from + 1), moment(range.to))) {
        const UtcMs at = change.atUtc.toMSecsSinceEpoch();
        if (at <= range.from || at >= range.to || change.offsetFromUtc * kSecond == result.last().offset)
            continue;
        result.last().range.to = at;
        result.append({{at, range.to}, change.offsetFromUtc * kSecond});
    }
    return result;
}

qint64 floorDivide(qint64 value, qint64 divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

class TickList
{
public:
    TickList(qint64 step, const QTimeZone &zone, const QLocale &locale)
        : m_step(step), m_origin(step % kWeek == 0 ? kFirstMonday : 0), m_zone(zone), m_locale(locale)
    {
    }

    void add(const Stretch &stretch)
    {
        const qint64 local = stretch.range.from + stretch.offset - m_origin;
        // Where clocks jump over midnight the day begins at the jump.
        if (m_step >= kDay && m_slot && floorDivide(local, m_step) > *m_slot && local % m_step != 0)
            append(stretch.range.from, stretch.offset);
        qint64 at = (floorDivide(local + m_step - 1, m_step) * m_step) + m_origin - stretch.offset;
        for (; at < stretch.range.to; at += m_step)
            append(at, stretch.offset);
        m_slot = floorDivide(stretch.range.to - 1 + stretch.offset - m_origin, m_step);
    }

    QList<TimeTick> take() { return std::move(m_ticks); }

private:
    void append(UtcMs at, qint64 offset)
    {
        const qint64 day = floorDivide(at + offset, kDay);
        const bool newDay = m_step >= kDay || (at + offset) % kDay == 0;
        // Where clocks are set back over midnight the day begins only once.
        if (newDay && m_lastDay == day)
            return;
        if (newDay)
            m_lastDay = day;
        const auto local = QDateTime::fromMSecsSinceEpoch(at, m_zone);
        m_ticks.append({at,
                        newDay ? formatTickDate(local.date(), m_locale)
                               : formatTickTime(local.time(), m_step < kMinute, m_locale),
                        newDay});
    }

    qint64 m_step;
    qint64 m_origin;
    QTimeZone m_zone;
    QLocale m_locale;
    std::optional<qint64> m_slot;
    std::optional<qint64> m_lastDay;
    QList<TimeTick> m_ticks;
};

} // namespace

qint64 tickStep(qint64 spanMs, int most)
{
    static constexpr std::array kSteps{kSecond,      2 * kSecond,  5 * kSecond, 10 * kSecond, 15 * kSecond,
                                       30 * kSecond, kMinute,      2 * kMinute, 5 * kMinute,  10 * kMinute,
                                       15 * kMinute, 30 * kMinute, kHour,       2 * kHour,    3 * kHour,
                                       6 * kHour,    12 * kHour,   kDay,        2 * kDay,     kWeek,
                                       2 * kWeek,    4 * kWeek,    13 * kWeek,  26 * kWeek,   52 * kWeek};
    for (const qint64 step : kSteps) {
        if (spanMs / step < std::max(1, most))
            return step;
    }
    return kSteps.back();
}

QList<TimeTick> timeTicks(TimeRange range, int most, const QTimeZone &zone, const QLocale &locale)
{
    if (range.span() <= 0)
        return {};
    TickList ticks(tickStep(range.span(), most), zone, locale);
    for (const auto &stretch : stretches(range, zone))
        ticks.add(stretch);
    return ticks.take();
}

} // namespace backwatch
