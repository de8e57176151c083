// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace backwatch {

/// backup FILE
int backupCommand(const QStringList &arguments, CommandContext &context);

} // namespace backwatch
