// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/monitorreader.h"

namespace backwatch {

/// Reads what stands under `expect:` of http; every key of it. The usual expectation where there is none.
HttpExpectation readHttpExpectation(FieldReader &http, const DurationLimits &limits);

/// Whether this may be the name of a header field.
bool isHeaderName(const QString &name);

} // namespace backwatch
