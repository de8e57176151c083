// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/result.h"

#include <QByteArray>

namespace backwatch {

/// Reads a monitors file (YAML; JSON is YAML too). Everything is checked: types, unknown keys, names used
/// twice, URLs, ranges, names in dependsOn. An error's sentence begins "file:line:column: ".
/// @param fileName only for those sentences
Result<Configuration> readMonitorsFile(const QByteArray &text, const QString &fileName);

/// Writes a monitors file that readMonitorsFile() reads as the same configuration. Values that are the
/// default are left out.
QByteArray writeMonitorsFile(const Configuration &configuration);

/// The same as JSON, which readMonitorsFile() reads as well.
QByteArray writeMonitorsFileAsJson(const Configuration &configuration);

} // namespace backwatch
