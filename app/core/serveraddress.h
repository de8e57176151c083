// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/secret.h"

#include <QString>

namespace backwatch {

enum class AddressFamily {
    Any,
    Ipv4,
    Ipv6,
    Both, ///< each on its own; one that fails beside one that answers is Outcome::Partial
};

/// Where a service listens.
struct ServerAddress
{
    QString host; ///< a name or an address, without brackets
    quint16 port = 0;
    QString socket; ///< path of a Unix socket on this machine instead of host and port; empty: none
    AddressFamily family = AddressFamily::Any;

    bool operator==(const ServerAddress &) const = default;
};

/// How the other side is believed over TLS, and what is shown to it.
struct TlsSettings
{
    bool verify = true;  ///< the chain and the name; false only where the admin says so
    QString authorities; ///< PEM file of authorities that are trusted besides the system's
    QString serverName;  ///< asked for and verified instead of the host; empty: the host
    QString certificate; ///< PEM file of a client certificate; empty: none
    QString key;         ///< PEM file of its key; empty: in the certificate's file
    Secret passphrase;   ///< of the key

    bool operator==(const TlsSettings &) const = default;
};

} // namespace backwatch
