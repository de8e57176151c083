// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"

namespace backwatch {

/// How wide the buckets of a chart are: the narrowest round width of which no more than 2,000 fill `span`,
/// each at least 3 of `plotPixels` wide, and that is not shorter than `interval` (a monitor that checks every
/// minute has nothing to say about ten seconds).
milliseconds bucketWidth(milliseconds span, int plotPixels, milliseconds interval);

} // namespace backwatch
