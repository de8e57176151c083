// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/exchange.h"
#include "app/core/result.h"

#include <functional>

namespace backwatch {

class Probe;

/// Makes one check and waits for it, in an event loop of its own. For commands; a screen never calls this.
CheckResult checkOnce(Probe &probes, const Monitor &monitor);

/// Makes one check of each member, one after the other, and tells how the group is by their answers. Members
/// that are paused are left alone.
Sample checkGroupOnce(const Monitor &group, const Configuration &configuration, UtcMs at,
                      const std::function<Sample(const Monitor &)> &check);

/// A monitor with default settings for an http or https URL as it is given on a command line.
Result<Monitor> monitorForUrl(const QString &url);

} // namespace backwatch
