// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"
#include "app/service/livemonitor.h"

namespace backwatch {

/// What another monitor says, as a neighbour of the one that fails.
Neighbour neighbourOf(const LiveMonitor &other, bool isDependency);

/// The diagnosis of a monitor's failure under way, drawn from its first failing exchange, or where there was
/// none to keep from its first failing sample. Secrets are left out of what it quotes.
/// @param around what is known besides: neighbours, configured time-outs, load; the rest of it is filled in
Diagnosis diagnosisOf(const LiveMonitor &live, DiagnosisContext around, UtcMs now);

/// Whether a person would read something else in the newer one.
bool saysSomethingElse(const Diagnosis &newer, const Diagnosis &older);

} // namespace backwatch
