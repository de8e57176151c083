// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/importedmonitors.h"

#include <utility>

namespace backwatch {

/// Modules of a blackbox exporter and the probe jobs of a Prometheus that name what they are used on; both
/// may stand in one file or in several. Jobs become services.
/// @param files name and text of each
Result<ImportedMonitors> monitorsFromBlackbox(const QList<std::pair<QString, QByteArray>> &files);

} // namespace backwatch
