// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/core/result.h"

namespace backwatch {

/// The last entry of a HAR 1.2 file as an exchange; for tests, so it reads what the recorded files have.
Result<Exchange> readHarFile(const QString &fileName);

} // namespace backwatch
