// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/httpheader.h"
#include "app/core/timestamp.h"

#include <chrono>
#include <optional>

namespace backwatch {

/// A server that asks for more than this is taken at this.
constexpr std::chrono::seconds kLongestRetryAfter{31 * 86'400};

/// What a 503 or 429 asks for in Retry-After: seconds, or a date, which counts from the answer's own Date
/// where it has one. Nothing where the field is absent or makes no sense.
std::optional<std::chrono::seconds> retryAfterOf(int status, const HttpHeaders &headers, UtcMs now);

} // namespace backwatch
