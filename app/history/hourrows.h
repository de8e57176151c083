// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace backwatch {

/// Rows `r` of the hours of one monitor, in the order of time: the first day, the last day, and the monitor
/// are bound. Days are tried one after the other, because the rows of a day lie together; days that no row is
/// of are left out.
inline QString selectHours(const QString &columns)
{
    return QStringLiteral(
               "WITH RECURSIVE day(number) AS ("
               "SELECT max(?, (SELECT min(day) FROM rollup_hour)) UNION ALL SELECT number + 1 FROM day "
               "WHERE number < min(?, (SELECT max(day) FROM rollup_hour))) SELECT ") +
           columns +
           QStringLiteral(" FROM day CROSS JOIN rollup_hour r ON r.day = day.number AND r.monitor_id = ?");
}

} // namespace backwatch
