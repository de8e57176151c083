// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/result.h"
#include "app/core/timestamp.h"

#include <QSqlDatabase>

namespace backwatch {

/// How often a run notes that it is alive. It costs a page, so samples alone do not do it each time.
constexpr milliseconds kAliveEvery{10'000};

/// The last moment at which the program is known to have been alive: what its runs noted, or a sample that
/// came in since. One that is further away was imported. 0 in a new file.
Result<UtcMs> lastAlive(const QSqlDatabase &database);
/// The same of the newest run; less when the clock was set back before it.
Result<UtcMs> newestRunAlive(const QSqlDatabase &database);

} // namespace backwatch
