// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/diagnosis/fingerprints.h"
#include "app/history/historywriter.h"
#include "app/service/demoservers.h"

namespace backwatch {

/// What `--demo` watches: two services on the demonstration's own servers.
Configuration demoConfiguration(const DemoServers &servers);

/// Writes 30 days up to `now` for these monitors: daily rhythm, a few outages with their evidence, a night in
/// which nothing was watched. The same for the same arguments. States and incidents are drawn by the
/// evaluator, not made up.
void writeDemoHistory(HistoryWriter &writer, const QList<Monitor> &monitors, const Fingerprints &fingerprints,
                      UtcMs now);

} // namespace backwatch
