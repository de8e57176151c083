// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/timestamp.h"

namespace backwatch {

/// The narrowest stretch of round length of which at most two a pixel, and at most so many in all, cover the
/// range.
milliseconds chartWidth(UtcMs from, UtcMs to, int pixels, int mostPoints);

} // namespace backwatch
