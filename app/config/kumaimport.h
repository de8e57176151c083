// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/importedmonitors.h"
#include "app/config/kumadatabase.h"

#include <optional>

namespace backwatch {

/// The monitors, groups, proxies and maintenance windows of an Uptime Kuma.
Result<ImportedMonitors> monitorsOf(const KumaDatabase &kuma);

/// What one row of its monitors asks; nothing where that cannot be checked here, and the collection says why.
std::optional<CheckSpec> kumaCheck(const KumaRow &row, const QHash<qint64, KumaRow> &proxies,
                                   ImportCollection &collection);

/// Its windows of maintenance by monitor.
Result<QHash<qint64, QList<MaintenanceWindow>>> kumaMaintenance(const KumaDatabase &kuma,
                                                                ImportCollection &collection);

} // namespace backwatch
