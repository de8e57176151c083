// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/streamrun.h"

namespace backwatch {

/// One lane or two, as the check's family asks for; nothing for a check without a connection of this kind.
std::unique_ptr<CheckRun> createStreamRun(const StreamRun::Surroundings &surroundings,
                                          const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done);

} // namespace backwatch
