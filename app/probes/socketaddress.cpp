// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/socketaddress.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

namespace backwatch {

SocketAddress socketAddress(QByteArray text, quint16 port)
{
    SocketAddress address;
    auto &v4 = reinterpret_cast<sockaddr_in &>(address.storage);
    if (inet_pton(AF_INET, text.constData(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        address.length = sizeof v4;
        return address;
    }
    auto &v6 = reinterpret_cast<sockaddr_in6 &>(address.storage);
    if (const auto zone = text.indexOf('%'); zone >= 0) {
        v6.sin6_scope_id = if_nametoindex(text.mid(zone + 1).constData());
        text.truncate(zone);
    }
    if (inet_pton(AF_INET6, text.constData(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        address.length = sizeof v6;
    }
    return address;
}

} // namespace backwatch
