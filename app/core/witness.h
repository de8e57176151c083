// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace backwatch {

/// How far from this machine something is. A network may be lost while the one before it works.
enum class NetworkScope { Loopback, Lan, Vpn, Wan };

QStringView networkScopeId(NetworkScope scope); ///< loopback, lan, vpn, wan
std::optional<NetworkScope> networkScopeFromId(QStringView id);

/// Somebody else who is asked whether this machine's own network works, when a target does not answer.
struct Witness
{
    NetworkScope scope = NetworkScope::Wan;
    QString host;
    quint16 port = 0; ///< TCP; 0: a ping

    bool operator==(const Witness &) const = default;
};

} // namespace backwatch
