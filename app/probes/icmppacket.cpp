// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/icmppacket.h"

#include <QtEndian>

namespace backwatch {

namespace {

// IANA's numbers of message types.
constexpr quint8 kEchoReply = 0;
constexpr quint8 kEchoRequest = 8;
constexpr quint8 kEchoRequest6 = 128;
constexpr quint8 kEchoReply6 = 129;

constexpr qsizetype kHeader = 8;

quint16 at(QByteArrayView message, qsizetype position)
{
    return qFromBigEndian<quint16>(message.data() + position);
}

/// RFC 1071.
quint16 checksum(QByteArrayView message)
{
    quint32 sum = 0;
    for (qsizetype i = 0; i + 1 < message.size(); i += 2)
        sum += at(message, i);
    if (message.size() % 2 == 1)
        sum += static_cast<quint32>(static_cast<quint8>(message.back())) << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<quint16>(~sum & 0xffff);
}

} // namespace

QByteArray echoRequest(const IcmpEcho &echo, bool ipv6)
{
    QByteArray message(kHeader, '\0');
    message[0] = static_cast<char>(ipv6 ? kEchoRequest6 : kEchoRequest);
    qToBigEndian(echo.id, message.data() + 4);
    qToBigEndian(echo.sequence, message.data() + 6);
    message += echo.payload;
    if (!ipv6)
        qToBigEndian(checksum(message), message.data() + 2);
    return message;
}

std::optional<IcmpEcho> echoReply(QByteArrayView message, bool ipv6)
{
    if (message.size() < kHeader || static_cast<quint8>(message[0]) != (ipv6 ? kEchoReply6 : kEchoReply) ||
        message[1] != '\0')
        return std::nullopt;
    return IcmpEcho{at(message, 4), at(message, 6), message.sliced(kHeader).toByteArray()};
}

QByteArrayView behindIpv4Header(QByteArrayView packet)
{
    if (packet.isEmpty() || (static_cast<quint8>(packet[0]) >> 4) != 4)
        return {};
    const qsizetype length = (static_cast<quint8>(packet[0]) & 0x0f) * 4;
    return packet.size() > length ? packet.sliced(length) : QByteArrayView();
}

} // namespace backwatch
