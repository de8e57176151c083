// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/outcome.h"

namespace backwatch {

// What stands for a response code where there is none, beside the codes of HTTP in counts and charts.
constexpr int kNoAnswer = 0;
constexpr int kAnswered = 1;    ///< a check without HTTP went well
constexpr int kWrongAnswer = 2; ///< a check without HTTP got another answer than it should have

/// The response code, or what stands for it.
int answerCode(Outcome outcome, int httpStatus);

} // namespace backwatch
