// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QSqlDatabase>

namespace backwatch {

/// The number of the last script in that folder; scripts are named 0001_initial.sql, 0002_….sql.
int newestSchema(const QString &folder = QStringLiteral(":/schema"));

/// Runs the scripts that a history has not seen yet, each in a transaction of its own, and fills the tables
/// of words from the closed lists. Refuses a newer schema without touching it.
Result<void> migrate(const QSqlDatabase &connection, const QString &folder = QStringLiteral(":/schema"));

} // namespace backwatch
