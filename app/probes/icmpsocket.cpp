// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/icmpsocket.h"

#include "app/probes/icmppacket.h"

#include <QRandomGenerator>

#include <linux/errqueue.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <netinet/in.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace backwatch {

namespace {

constexpr std::size_t kPayload = 16;

/// A raw socket hears every ICMP packet of the machine; the kernel may as well leave out what is no reply.
void hearRepliesOnly(int socket, bool ipv6)
{
    if (ipv6) {
        std::array<quint32, 8> blocked;
        blocked.fill(0xffffffffU);
        blocked[ICMPV6_ECHO_REPLY / 32] &= ~(1U << (ICMPV6_ECHO_REPLY % 32));
        ::setsockopt(socket, IPPROTO_ICMPV6, ICMPV6_FILTER, blocked.data(), sizeof blocked);
    } else {
        const quint32 blocked = ~(1U << ICMP_ECHOREPLY);
        constexpr int kIcmpFilter = 1; // ICMP_FILTER of linux/icmp.h
        ::setsockopt(socket, SOL_RAW, kIcmpFilter, &blocked, sizeof blocked);
    }
}

} // namespace

IcmpSocket::Opened IcmpSocket::open(const SocketAddress &address)
{
    close();
    m_ipv6 = address.isIpv6();
    const int family = m_ipv6 ? AF_INET6 : AF_INET;
    const int protocol = m_ipv6 ? int(IPPROTO_ICMPV6) : int(IPPROTO_ICMP);
    m_raw = false;
    m_socket = ::socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
    if (m_socket < 0) {
        m_raw = true;
        m_socket = ::socket(family, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
    }
    if (m_socket < 0)
        return errno == EPERM || errno == EACCES ? Opened::NotAllowed : Opened::Failed;
    if (m_raw)
        hearRepliesOnly(m_socket, m_ipv6);
    const int on = 1;
    if (m_ipv6)
        ::setsockopt(m_socket, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
    else
        ::setsockopt(m_socket, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
    if (::connect(m_socket, address.get(), address.length) != 0) {
        const int error = errno;
        close();
        errno = error;
        return Opened::Failed;
    }
    auto *random = QRandomGenerator::system();
    m_id = static_cast<quint16>(random->generate());
    std::array<quint32, kPayload / sizeof(quint32)> bytes{};
    random->fillRange(bytes.data(), static_cast<qsizetype>(bytes.size()));
    m_payload = QByteArray(reinterpret_cast<const char *>(bytes.data()), kPayload);
    return Opened::Yes;
}

void IcmpSocket::close()
{
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}

int IcmpSocket::send(quint16 sequence)
{
    const QByteArray message = echoRequest({m_id, sequence, m_payload}, m_ipv6);
    const auto sent = ::send(m_socket, message.constData(), static_cast<std::size_t>(message.size()), 0);
    return sent < 0 ? errno : 0;
}

std::optional<IcmpSocket::Heard> IcmpSocket::receive()
{
    std::array<char, 2048> buffer;
    for (;;) {
        const auto size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (size < 0) {
            if (errno == EINTR)
                continue;
            return errno == EAGAIN || errno == EWOULDBLOCK ? std::nullopt : fromErrorQueue();
        }
        QByteArrayView message(buffer.data(), size);
        if (m_raw && !m_ipv6)
            message = behindIpv4Header(message);
        const auto reply = echoReply(message, m_ipv6);
        // An unprivileged socket has an id that the kernel chose, and hears nothing of others.
        if (reply && reply->payload == m_payload && (!m_raw || reply->id == m_id))
            return Heard{reply->sequence, 0};
    }
}

std::optional<IcmpSocket::Heard> IcmpSocket::fromErrorQueue()
{
    int error = errno;
    std::array<char, 512> control;
    std::array<char, 512> data;
    iovec part{data.data(), data.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(m_socket, &message, MSG_ERRQUEUE) >= 0) {
        for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
            if (header->cmsg_type != IP_RECVERR && header->cmsg_type != IPV6_RECVERR)
                continue;
            sock_extended_err extended{};
            std::memcpy(&extended, CMSG_DATA(header), sizeof extended);
            error = static_cast<int>(extended.ee_errno);
        }
    }
    return Heard{0, error};
}

} // namespace backwatch
