// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configurationchange.h"
#include "app/core/result.h"

#include <QSqlDatabase>

namespace backwatch {

/// The configuration as the database holds it. The functions work on a connection that the caller opened in
/// its own thread; the tables exist already.

Result<Configuration> loadConfiguration(const QSqlDatabase &database);

/// Does all of it or nothing, and writes down who changed what; the caller holds the transaction. New
/// monitors get ids.
Result<void> storeChanges(QSqlDatabase &database, const QList<ConfigurationChange> &changes);

/// Grows with every stored change, so that a running program can see that another one changed something.
Result<qint64> configurationRevision(const QSqlDatabase &database);

} // namespace backwatch
