// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "ui/charts/timerange.h"

#include <QDate>
#include <QLocale>
#include <QString>
#include <QTime>
#include <QTimeZone>

namespace backwatch {

/// 14:30, or 2:30 PM, as the locale writes it.
QString formatTickTime(QTime time, bool withSeconds, const QLocale &locale);
/// 29 Mar
QString formatTickDate(QDate date, const QLocale &locale);
/// Sun 29 Mar, 14:30
QString formatMoment(UtcMs time, const QTimeZone &zone, const QLocale &locale, bool withSeconds = false);
/// Sun 29 Mar, 14:30 – 14:35; the date once where both ends share it.
QString formatMoments(TimeRange range, const QTimeZone &zone, const QLocale &locale);

/// 0.4 ms, 51 ms, 1.2 s: two or three figures, as a person compares them.
QString formatLatency(microseconds latency, const QLocale &locale);
/// 45 s, 12 min, 1 h 5 min, 24 h, 3 d 4 h: the two largest units; hours up to two days.
QString formatSpan(milliseconds span, const QLocale &locale);
/// UTC+02:00
QString formatOffset(UtcMs time, const QTimeZone &zone);

} // namespace backwatch
