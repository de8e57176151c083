// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/core/state.h"

#include <QJsonObject>

namespace backwatch {

/// What one check alone says of its target, without anything before it; NotObserved where it says nothing.
State stateOfOne(Outcome outcome);

/// 0 up, 1 degraded, 2 down, 3 unknown: the convention of the monitoring plugins.
int pluginExitCode(State state);

/// "CRITICAL - 503 Backend fetch failed | time=0.076600s": one line for Nagios and its kin.
QString pluginLine(const Monitor &monitor, const Sample &sample);

/// The object that `check --json` prints.
QJsonObject checkJson(const Monitor &monitor, const Sample &sample, UtcMs now);

} // namespace backwatch
