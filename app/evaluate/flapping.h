// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/outcome.h"
#include "app/core/state.h"

namespace backwatch {

/// Takes one more check in. The newest change counts half as much again as the oldest; flapping begins when a
/// fifth of the last 21 checks are changes and ends below a twentieth. Checks that say nothing are left out.
/// After "Detection and handling of state flapping" in the documentation of Nagios Core, with its usual
/// thresholds for services.
Flapping withCheck(Flapping before, Judgement judgement);

} // namespace backwatch
