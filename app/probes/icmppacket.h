// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace backwatch {

/// An echo request or reply, RFC 792 and RFC 4443.
struct IcmpEcho
{
    quint16 id = 0;
    quint16 sequence = 0;
    QByteArray payload;
};

/// With a checksum for IPv4; for IPv6 the kernel computes it over its own header too.
QByteArray echoRequest(const IcmpEcho &echo, bool ipv6);

/// What is in an ICMP message, from its first byte, or nothing when it is not an echo reply.
std::optional<IcmpEcho> echoReply(QByteArrayView message, bool ipv6);

/// A raw IPv4 socket gives the IP header too; the message behind it, empty where there is none.
QByteArrayView behindIpv4Header(QByteArrayView packet);

} // namespace backwatch
