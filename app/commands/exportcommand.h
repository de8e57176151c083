// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace backwatch {

/// Prints the whole configuration as a monitors file; of secrets only the names.
int exportCommand(const QStringList &arguments, CommandContext &context);

} // namespace backwatch
