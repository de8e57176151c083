// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace backwatch {

/// What a command line names: an address with its scheme, or a configured monitor.
Result<Monitor> targetOf(const QString &target, const CommandContext &context);

} // namespace backwatch
