// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace backwatch {

int diagnoseCommand(const QStringList &arguments, CommandContext &context);

} // namespace backwatch
