// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/load/loadreport.h"

namespace backwatch {

/// What the counters of two reports of one source amount to. Nothing of a counter that went back: its server
/// has started anew. Nothing at all when the time between is none, or longer than a few readings.
QList<LoadReading> loadRates(const LoadReport &before, const LoadReport &now, milliseconds between);

} // namespace backwatch
