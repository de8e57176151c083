// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace backwatch {

/// A member of a List of RFC 8941 (Structured Fields): an item with parameters.
struct ListMember
{
    QString value; ///< of a token, string, number, boolean ("?1") or byte sequence, without its quotes
    QList<std::pair<QString, QString>> parameters; ///< a parameter without a value has "?1"

    /// The value of the last parameter of that name; null when there is none.
    QString parameter(QStringView name) const;
};

/// The members of such a List, at most 64 of at most 64 parameters. What is not well formed ends the list:
/// the members before it are given, since real servers send what is nearly right.
QList<ListMember> parseStructuredList(const QByteArray &field);

} // namespace backwatch
