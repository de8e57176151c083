// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/servercheck.h"
#include "app/probes/verdict.h"

class QSqlError;

namespace backwatch {

// What the errors of a database, or of its driver, mean for a check. The password stands in no sentence.

Verdict missingDriverVerdict(DatabaseKind kind);

/// Why a login failed after that time. Where the driver does not tell whether there was a connection, one is
/// tried: this may take a moment.
Verdict loginVerdict(const DatabaseCheck &check, const QSqlError &error, microseconds after);

Verdict queryVerdict(const DatabaseCheck &check, const QSqlError &error);

/// Whether the first column of the first row is as expected.
Verdict valueVerdict(const DatabaseCheck &check, const QString &value);

/// "192.0.2.7:3306", or the socket.
QString shownServer(const ServerAddress &server);

} // namespace backwatch
