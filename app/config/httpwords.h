// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/httpcheck.h"

namespace backwatch {

// Words of the monitors file for enumerations, in their order.

QString jsonTestWord(JsonExpectation::Test test); ///< exists, equals, …
QString httpVersionWord(HttpVersion version);     ///< any, 1.1, 2

} // namespace backwatch
