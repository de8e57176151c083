// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/history/historyreader.h"
#include "app/service/livemonitor.h"

namespace backwatch {

/// A monitor as the history left it: an incident that lasts goes on, the last day's states and, if wanted,
/// the last hour's samples are there. The time since is not observed until the first answer. Reads the disk.
Result<LiveMonitor> restoredMonitor(const HistoryReader &reader, const Monitor &monitor, UtcMs now,
                                    bool withRecent);

/// Outages of the last day that count as something else; one that lasts ends at the greatest time.
Result<QList<TimeSpan>> excusedOutages(const HistoryReader &reader, MonitorId monitor, UtcMs now);

} // namespace backwatch
