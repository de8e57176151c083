// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/state.h"

#include <QList>

namespace backwatch {

/// Nothing where it is empty; where the last one ends here in the same state, that goes on.
void appendJoined(QList<StateInterval> &intervals, State state, UtcMs from, UtcMs to);

/// Cuts intervals to from ≤ t < to, joins neighbours of the same state and puts NotObserved where there is
/// none. The given ones are in order of their start; where two overlap, the later one holds.
QList<StateInterval> filled(const QList<StateInterval> &intervals, UtcMs from, UtcMs to);

/// The share of Up and Degraded in the time that was observed; absent when nothing was. Maintenance and
/// Paused are not part of it, Unreachable is: to a visitor it was not there.
std::optional<double> availabilityOf(const QList<StateInterval> &intervals);

} // namespace backwatch
