// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QJsonObject>
#include <QSqlDatabase>

namespace backwatch {

/// The tables that hold what is watched.
QStringList configurationTables();

/// A file beside the history with the same monitors, services and settings as JSON, so that they survive when
/// the history is damaged where they stand.
class ConfigurationCopy
{
public:
    static QString pathFor(const QString &history);

    /// Brings the copy up to date when the configuration has changed since the last call. A history whose
    /// configuration cannot be read leaves the copy as it is.
    Result<void> refresh(const QSqlDatabase &history);

    /// The copy that was kept, by table; empty when there is none.
    static QJsonObject load(const QString &history);
    /// Grows with every change of the configuration; -1 when the copy is empty.
    static qint64 revisionOf(const QJsonObject &copy);
    /// Inserts the rows whose keys are not taken yet, inside the caller's transaction.
    /// @return how many
    static Result<qint64> restore(const QJsonObject &copy, const QSqlDatabase &into);

private:
    QString m_revision; ///< null: nothing copied yet
};

} // namespace backwatch
