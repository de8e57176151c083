// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/monitorreader.h"

namespace backwatch {

/// Reads what stands under `http:`; every key of it.
HttpCheck readHttpCheck(FieldReader &fields, const DurationLimits &limits);

} // namespace backwatch
