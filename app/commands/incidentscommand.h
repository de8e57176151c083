// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace backwatch {

/// incidents [ID] [--from T] [--to T] [--json], or incidents ID --count-as outage|maintenance|not-observed
/// --because TEXT
int incidentsCommand(const QStringList &arguments, CommandContext &context);

} // namespace backwatch
