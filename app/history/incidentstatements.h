// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/result.h"

#include <QSqlDatabase>

class QSqlQuery;

namespace backwatch {

/// Stores incidents and their evidence inside the caller's transaction.
class IncidentStatements
{
public:
    explicit IncidentStatements(const QSqlDatabase &connection);

    /// Replaces what was stored under the same id.
    Result<void> store(const Incident &incident);
    Result<void> store(IncidentId incident, const Evidence &evidence);

private:
    Result<void> storeRow(const Incident &incident);
    Result<void> storeReferences(const Incident &incident);
    Result<void> storeExchange(IncidentId incident, const QString &role, const ExchangePtr &exchange);

    QSqlDatabase m_connection;
    QString m_path;
};

} // namespace backwatch
