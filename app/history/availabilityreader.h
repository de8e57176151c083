// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/availability.h"
#include "app/history/calendarperiods.h"
#include "app/history/historyreader.h"

namespace backwatch {

/// Availability from the stored intervals, with what outages were classified as. Nothing is known of the time
/// after the last moment at which this program is known to have been alive: it is not observed.

/// A list a monitor, in the order of the monitors; in it a figure a period, in the order of the periods.
/// @param periods in order; they do not overlap
Result<QList<QList<Availability>>>
availabilities(const HistoryReader &reader, const QList<MonitorId> &monitors, const QList<TimeSpan> &periods);

/// Of all the monitors as one, see combined(): a figure a period.
Result<QList<Availability>> serviceAvailability(const HistoryReader &reader, const QList<MonitorId> &monitors,
                                                const QList<TimeSpan> &periods);

} // namespace backwatch
