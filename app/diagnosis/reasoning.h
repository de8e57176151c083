// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/diagnosis.h"

namespace backwatch {

/// Names the failing part and ranks the causes: what the page allows for, then the rules of time, of the last
/// minutes, of neighbours and load, then the effects of context.answeredQuestions, in that order. Pure: asked
/// again with more answers it gives the revised diagnosis. The caller sets madeAt.
Diagnosis diagnose(const Exchange &exchange, const Recognition &recognition, const DiagnosisContext &context);

/// Whether something is wrong at all; false for a healthy exchange.
inline bool reachesVerdict(const Diagnosis &diagnosis)
{
    return !diagnosis.causes.isEmpty();
}

} // namespace backwatch
