// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/history/database.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace backwatch {

/// Carries over into a new history what can still be read of a damaged one. Belongs to one thread; every
/// step runs inside the caller's transaction. Rows that cannot be read are left out, never an error; an error
/// means that the new file cannot be written.
class Salvage
{
public:
    /// @param damaged set aside; it is only read
    /// @param copy    see ConfigurationCopy; may be empty
    Salvage(const QString &damaged, QJsonObject copy);
    ~Salvage();
    Salvage(const Salvage &) = delete;
    Salvage &operator=(const Salvage &) = delete;

    /// Monitors first, then incidents, states and the newest samples: all that has to be there before
    /// anything else is written.
    Result<void> saveFirst(const QSqlDatabase &into);
    /// A further table of those that are large.
    /// @return whether there is more
    Result<bool> saveNext(const QSqlDatabase &into);

    qint64 rowsSaved() const { return m_rows; }
    /// Tables of which something could not be read.
    const QStringList &incomplete() const { return m_incomplete; }

private:
    Result<void> saveConfiguration(const QSqlDatabase &into);
    Result<void> restoreCopy(const QSqlDatabase &into);
    Result<void> saveTable(const QSqlDatabase &from, const QSqlDatabase &into, const QString &table);

    std::optional<Database> m_damaged;
    QJsonObject m_copy;
    QStringList m_later;
    qint64 m_rows = 0;
    QStringList m_incomplete;
};

} // namespace backwatch
