// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QDate>
#include <QTime>

#include <bitset>
#include <optional>

namespace backwatch {

/// Moments in the classic five fields: minute, hour, day of month, month, day of week. Each takes *, numbers,
/// ranges (1-5), steps (*/15, 8-18/2), lists with commas; months and weekdays also English names (jan, mon);
/// Sunday is 0 or 7. Where both the day of month and the day of week are restricted, either will do.
class CronExpression
{
public:
    /// The error says which field is wrong.
    static Result<CronExpression> parse(const QString &text);

    bool matches(QDate date) const;
    /// The latest matching time of day that is not after `latest`.
    std::optional<QTime> lastTimeNotAfter(QTime latest) const;

private:
    std::bitset<60> m_minutes;
    std::bitset<24> m_hours;
    std::bitset<32> m_days;
    std::bitset<13> m_months;
    std::bitset<8> m_weekdays; ///< 1 Monday to 7 Sunday
    bool m_anyDay = false;
    bool m_anyWeekday = false;
};

} // namespace backwatch
