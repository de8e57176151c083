// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configurationchange.h"
#include "app/core/configuration.h"
#include "app/core/result.h"
#include "app/service/datadirectory.h"

namespace backwatch {

/// What is configured in that folder; empty when nothing has been stored there yet. Reads the disk.
Result<Configuration> storedConfiguration(const DataDirectory &directory);

/// Makes the stored configuration be this one and says what it changed, or with `dryRun` would change. A
/// Backwatch that is running notices within seconds. Writes the disk; on failure nothing is changed.
Result<QList<ConfigurationChange>> makeConfigurationBe(const DataDirectory &directory,
                                                       const Configuration &wanted, bool dryRun);

/// The monitor of that name, or "Service/Monitor" where the name alone is not unique.
Result<Monitor> findMonitor(const Configuration &configuration, const QString &name);

} // namespace backwatch
