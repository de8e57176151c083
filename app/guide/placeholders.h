// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"

#include <QMap>
#include <QStringList>

#include <optional>

namespace backwatch {

/// What stands for {url}, {host} and so on in the texts and commands of a playbook. The values come from the
/// network and from the admin's configuration; none is trusted.
class Placeholders
{
public:
    /// @param exchange the failed one; without it url, host, path, address and port stay unknown
    Placeholders(const Incident &incident, const Exchange *exchange);

    /// Names that may stand in a playbook: url, host, path, address, port, status, time, since and xid. time
    /// is the start of the failure and since five minutes earlier, both as journalctl reads them, in UTC.
    static const QStringList &names();
    /// The placeholders that a text asks for, in order; also those that are not known.
    static QStringList usedIn(const QString &text);

    /// For people: the bare values, those not known as an ellipsis.
    QString fillText(const QString &text) const;
    /// For a shell: no value can end its word or start another command. Nothing when a value is not known.
    std::optional<QString> fillCommand(const QString &command) const;

private:
    QMap<QString, QString> m_values;
};

/// Whether every placeholder of a command stands where its value can be quoted: bare or within single quotes.
bool placeholdersAreQuotable(const QString &command);

/// A value as one word of a POSIX shell.
QString shellWord(const QString &value);

} // namespace backwatch
