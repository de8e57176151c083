// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/maintenancewindow.h"

#include <QList>
#include <QTimeZone>

namespace backwatch {

enum class CalendarUnit { Day, Week, Month };

/// The days, weeks (from Monday) or months of that zone that the range touches, cut to it: they touch each
/// other and fill it. A day on which the clocks change has 23 or 25 hours. Nothing for an empty range or a
/// zone that is not valid; at most 40,000 periods, a century of days.
QList<TimeSpan> calendarPeriods(const TimeSpan &range, CalendarUnit unit, const QTimeZone &zone);

} // namespace backwatch
