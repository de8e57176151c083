// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/evaluate/stateevaluator.h"

#include <optional>

namespace backwatch {

/// What one evaluated sample does to the incident of its monitor. At most one of the two is set.
struct IncidentChange
{
    std::optional<Incident> opened; ///< without id, producer and references
    std::optional<Incident> closed; ///< the open one, with its end
};

/// Pure, like evaluate().
/// @param open         the incident that lasts, if any
/// @param firstFailure the sample that made the monitor Suspect; only read when an incident opens
IncidentChange track(const std::optional<Incident> &open, const Evaluation &evaluation, const Sample &sample,
                     const Sample &firstFailure);

} // namespace backwatch
