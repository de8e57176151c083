// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/result.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace backwatch {

/// What another program watched, in our words.
struct ImportedMonitors
{
    Configuration configuration;
    QList<Secret> secrets;      ///< with their values; the configuration only names them
    QStringList leftOut;        ///< one sentence each: what was not taken over, and why
    QHash<qint64, QString> ids; ///< of the other program, where it has numbers -> Service/Monitor
};

/// Gathers monitors of another program. Every one is valid on its own and carries a name of its own.
class ImportCollection
{
public:
    /// Names that people use elsewhere become names here; two of the same get a number.
    /// @return whether it was taken over; otherwise leftOut says why it was not
    bool add(Monitor monitor, qint64 id = 0);
    /// One sentence about a monitor: "Shop: docker containers cannot be checked."
    void leaveOut(const QString &name, const QString &why);
    void leaveOut(const QString &sentence) { m_imported.leftOut += sentence; }
    /// A value that goes into the keychain, and the entry's name for the monitor.
    Secret secret(const QString &monitor, const QString &what, const QString &value);
    /// The name that a monitor of the other program got.
    QString nameOf(qint64 id) const { return m_imported.ids.value(id); }

    /// All of it, or what makes no sense together.
    Result<ImportedMonitors> finish();

private:
    ImportedMonitors m_imported;
    QSet<QString> m_names;
    QSet<QString> m_secretNames;
};

/// The present configuration and what was imported: monitors of the same name are changed, none is removed.
Configuration merged(const Configuration &current, const Configuration &imported);

} // namespace backwatch
