// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configurationchange.h"
#include "app/core/result.h"

#include <QSqlDatabase>

namespace backwatch {

/// Who is at work: the account and the machine, "anna@desk".
QString currentAccount();

/// Writes down a change that was just made, with the specs before and after. Values that may be secrets are
/// replaced by "(hidden)"; that one of them changed stands in the summary. Works inside the caller's
/// transaction.
/// @param monitorId of a changed monitor; 0: no monitor
Result<void> recordChange(const QSqlDatabase &database, const ConfigurationChange &change, qint64 monitorId,
                          const QString &who, qint64 at);

} // namespace backwatch
