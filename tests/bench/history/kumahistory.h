// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/history/benchreport.h"

namespace backwatch {

/// A year of that many monitors in the table and under the indexes that Uptime Kuma 2 keeps its beats in.
/// False when it cannot be written.
bool kumaHistory(const BenchReport &report, const QString &path, int monitors);

} // namespace backwatch
