// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/socketaddress.h"

#include <QByteArray>

#include <optional>

namespace backwatch {

/// A socket that sends echo requests to one address and hears the replies: an unprivileged one where the
/// system allows those (net.ipv4.ping_group_range), otherwise a raw one, which needs CAP_NET_RAW. Never
/// blocks.
class IcmpSocket
{
public:
    IcmpSocket() = default;
    ~IcmpSocket() { close(); }
    IcmpSocket(const IcmpSocket &) = delete;
    IcmpSocket &operator=(const IcmpSocket &) = delete;

    enum class Opened { Yes, NotAllowed, Failed };
    Opened open(const SocketAddress &address);
    void close();
    int descriptor() const { return m_socket; }

    /// 0, or the errno of the failure.
    int send(quint16 sequence);
    /// The sequence number of the next reply to this socket's own requests; nothing when all is read. An
    /// error that a router reported comes out as its errno.
    struct Heard
    {
        quint16 sequence = 0;
        int error = 0;
    };
    std::optional<Heard> receive();

private:
    std::optional<Heard> fromErrorQueue();

    int m_socket = -1;
    bool m_raw = false;
    bool m_ipv6 = false;
    quint16 m_id = 0;
    QByteArray m_payload; ///< random, so that nobody else's replies are taken for ours
};

} // namespace backwatch
