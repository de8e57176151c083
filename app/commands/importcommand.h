// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace backwatch {

/// Takes over monitors of another program, and of an Uptime Kuma their history. Prints one line for each
/// difference as `apply` does, and one that begins with "!" for everything that is not taken over.
int importCommand(const QStringList &arguments, CommandContext &context);

} // namespace backwatch
