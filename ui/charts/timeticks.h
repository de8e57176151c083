// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/timerange.h"

#include <QList>
#include <QLocale>
#include <QTimeZone>

namespace backwatch {

struct TimeTick
{
    UtcMs at = 0;
    QString label;
    bool newDay = false; ///< the label is a date: the first moment of a local day

    bool operator==(const TimeTick &) const = default;
};

/// The distance between two ticks: the smallest round one that yields no more than `most` of them.
qint64 tickStep(qint64 spanMs, int most);

/// Ticks at round local times. Days keep their first moment when clocks are changed, a repeated hour is
/// marked twice, and an hour that does not exist is left out.
QList<TimeTick> timeTicks(TimeRange range, int most, const QTimeZone &zone, const QLocale &locale);

} // namespace backwatch
