// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"

#include <QHash>

namespace backwatch {

/// Finds monitors by what people call them. Built once over a list, in which the answers are indexes.
class MonitorNames
{
public:
    explicit MonitorNames(const QList<Monitor> &monitors);

    /// A monitor of `service` first, then Service/Monitor or a monitor without a service, then the only one
    /// of that name anywhere. NotFound, or Invalid when several carry the name.
    Result<qsizetype> find(const QString &name, const QString &service = {}) const;

private:
    QHash<QString, qsizetype> m_byQualifiedName;
    QHash<QString, QList<qsizetype>> m_byName;
    QStringList m_qualifiedNames;
};

} // namespace backwatch
