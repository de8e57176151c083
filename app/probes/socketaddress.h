// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <sys/socket.h>

namespace backwatch {

/// An address as the system's calls take it. length is 0 where the text was no address.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t length = 0;

    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }
    bool isIpv6() const { return storage.ss_family == AF_INET6; }
};

/// From "192.0.2.1", "2001:db8::1" or "fe80::1%eth0".
SocketAddress socketAddress(QByteArray text, quint16 port);

} // namespace backwatch
