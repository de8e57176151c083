// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace backwatch {

/// retention [TIER DAYS|forever] [--json]
int retentionCommand(const QStringList &arguments, CommandContext &context);

} // namespace backwatch
