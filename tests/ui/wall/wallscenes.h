// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakewatch.h"

namespace backwatch {

/// A monitor that is asked every 30 s.
Monitor sceneMonitor(const QString &name, const QString &service = {});

/// An hour of good answers around `latencyMs`, the newest `ageMs` before `now`; with an availability.
MonitorStatus wellStatus(UtcMs now, int latencyMs, int seed, qint64 ageMs = 4'000);

/// In `state` for `forMs`, with `code` as the newest answer (0: `outcome` kept it away).
MonitorStatus troubleStatus(UtcMs now, State state, qint64 forMs, int code, const QString &cause,
                            Outcome outcome = Outcome::HttpStatus);

/// Ids start at 1 in the order of putting.
void putWell(FakeWatch &watch, int count);
/// One of each of the eight states.
void putAllStates(FakeWatch &watch);
/// A Down with three consequences, a Degraded, a Suspect and well ones; `count` in all.
void putBusy(FakeWatch &watch, int count);

} // namespace backwatch
