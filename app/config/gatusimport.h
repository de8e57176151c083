// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/importedmonitors.h"

namespace backwatch {

/// The endpoints of a Gatus configuration; groups become services.
Result<ImportedMonitors> monitorsFromGatus(const QByteArray &text, const QString &fileName);

/// Puts one of its conditions ("[STATUS] == 200") into the check.
/// @return false where it cannot be said here
bool addGatusCondition(const QString &condition, CheckSpec *check);

} // namespace backwatch
