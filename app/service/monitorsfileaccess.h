// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/result.h"

namespace backwatch {

/// Reads a monitors file from the disk. Sentences about its contents begin "file:line:column: ".
Result<Configuration> configurationFromFile(const QString &path);

} // namespace backwatch
