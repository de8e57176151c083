// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/result.h"

#include <QSqlDatabase>

namespace backwatch {

/// What was thought of an incident at one moment; this room takes the document as it is.
struct StoredDiagnosis
{
    UtcMs madeAt = 0;
    QByteArray document; ///< JSON
};

/// For HistoryWriter::change(). The incident has to be stored; a second one of the same moment replaces the
/// first.
Result<void> storeDiagnosis(const QSqlDatabase &database, IncidentId incident,
                            const StoredDiagnosis &diagnosis);
/// Oldest first; the last one is what is thought now.
Result<QList<StoredDiagnosis>> diagnosesOf(const QSqlDatabase &database, IncidentId incident);

} // namespace backwatch
