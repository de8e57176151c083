// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/httprun.h"

namespace backwatch {

/// One lane or two, as the check's family asks for. An address instead of a name has one family only.
std::unique_ptr<CheckRun> createHttpRun(const HttpRun::Surroundings &surroundings,
                                        const ProbeRequest &request, UtcMs startedAt, CheckRun::Done done);

} // namespace backwatch
