// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/networkpaths.h"

#include "app/schedule/routetable.h"

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

namespace backwatch {

namespace {

struct NetworkPathsText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::NetworkPaths)
};

/// Addresses for documentation (RFC 5737, RFC 3849): they stand for the internet where a target has none
/// because its name was not found. Nothing is sent to them.
const QHostAddress &somewhere()
{
    static const QHostAddress address(QStringLiteral("192.0.2.1"));
    return address;
}

const QHostAddress &somewhere6()
{
    static const QHostAddress address(QStringLiteral("2001:db8::1"));
    return address;
}

/// The address that packets to that one would leave from: connecting a datagram socket asks the routing table
/// and sends nothing.
std::optional<QHostAddress> localEnd(const QHostAddress &to)
{
    constexpr quint16 kDiscardPort = 9;
    const bool is4 = to.protocol() == QAbstractSocket::IPv4Protocol;
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(kDiscardPort);
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(kDiscardPort);
    if (is4) {
        in.sin_addr.s_addr = htonl(to.toIPv4Address());
    } else {
        const Q_IPV6ADDR bytes = to.toIPv6Address();
        memcpy(&in6.sin6_addr, &bytes, sizeof bytes);
        in6.sin6_scope_id = if_nametoindex(qPrintable(to.scopeId()));
    }
    const int socket = ::socket(is4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return std::nullopt;
    auto *address = is4 ? reinterpret_cast<sockaddr *>(&in) : reinterpret_cast<sockaddr *>(&in6);
    socklen_t length = is4 ? sizeof in : sizeof in6;
    std::optional<QHostAddress> own;
    if (::connect(socket, address, length) == 0 && ::getsockname(socket, address, &length) == 0)
        own = QHostAddress(address);
    ::close(socket);
    return own;
}

/// One address of one of this machine's links.
struct OwnAddress
{
    QString link;
    unsigned flags = 0; ///< IFF_…
    QHostAddress address;
    int prefix = -1; ///< -1: unknown
};

int prefixOf(const sockaddr *mask)
{
    if (!mask)
        return -1;
    const QHostAddress address(mask);
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return static_cast<int>(qPopulationCount(address.toIPv4Address()));
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    return std::accumulate(std::begin(bytes.c), std::end(bytes.c), 0, [](int bits, quint8 byte) {
        return bits + static_cast<int>(qPopulationCount(byte));
    });
}

std::optional<OwnAddress> linkWith(const QHostAddress &own)
{
    ifaddrs *first = nullptr;
    if (::getifaddrs(&first) != 0)
        return std::nullopt;
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> all(first, &::freeifaddrs);
    for (const ifaddrs *entry = all.get(); entry; entry = entry->ifa_next) {
        if (!entry->ifa_addr ||
            (entry->ifa_addr->sa_family != AF_INET && entry->ifa_addr->sa_family != AF_INET6))
            continue;
        QHostAddress address(entry->ifa_addr);
        if (address.isEqual(own, QHostAddress::TolerantConversion))
            return OwnAddress{QString::fromLocal8Bit(entry->ifa_name), entry->ifa_flags, address,
                              prefixOf(entry->ifa_netmask)};
    }
    return std::nullopt;
}

/// Addresses that no route of the internet leads to (RFC 1918, RFC 3927, RFC 4193, RFC 4291).
bool isPrivate(const QHostAddress &address)
{
    static const QList<QPair<QHostAddress, int>> networks{
        QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")),
        QHostAddress::parseSubnet(QStringLiteral("172.16.0.0/12")),
        QHostAddress::parseSubnet(QStringLiteral("192.168.0.0/16"))};
    return address.isLinkLocal() || address.isUniqueLocalUnicast() ||
           std::any_of(networks.cbegin(), networks.cend(),
                       [&address](const auto &network) { return address.isInSubnet(network); });
}

NetworkScope scopeOf(const QHostAddress &target, const OwnAddress &own)
{
    // Tunnels (tun, WireGuard, PPP) have two ends and nothing else.
    if ((own.flags & IFF_POINTOPOINT) != 0)
        return NetworkScope::Vpn;
    const bool onLink = own.prefix > 0 && target.isInSubnet(own.address, own.prefix);
    return onLink || isPrivate(target) ? NetworkScope::Lan : NetworkScope::Wan;
}

QString brokenLink(const OwnAddress &own)
{
    if ((own.flags & IFF_UP) == 0)
        return NetworkPathsText::tr("This computer's network link %1 is switched off.").arg(own.link);
    if ((own.flags & IFF_RUNNING) == 0)
        return NetworkPathsText::tr(
                   "This computer's network link %1 is cut: there is nothing at its other end.")
            .arg(own.link);
    return {};
}

QByteArray content(const QString &path)
{
    QFile file(path);
    constexpr qint64 kLongest = 1024 * 1024;
    return file.open(QIODevice::ReadOnly) ? file.read(kLongest) : QByteArray();
}

NetworkPath pathTo(const QHostAddress &target)
{
    if (target.isLoopback())
        return {NetworkScope::Loopback, {}};
    const auto usual = isPrivate(target) ? NetworkScope::Lan : NetworkScope::Wan;
    const auto own = localEnd(target);
    if (!own)
        return {usual, NetworkPathsText::tr("This computer has no way to %1: no route leads there.")
                           .arg(target.toString())};
    if (own->isLoopback() || own->isEqual(target, QHostAddress::TolerantConversion))
        return {NetworkScope::Loopback, {}}; // one of this machine's own addresses
    const auto link = linkWith(*own);
    return link ? NetworkPath{scopeOf(target, *link), brokenLink(*link)} : NetworkPath{usual, {}};
}

} // namespace

NetworkPath SystemNetworkPaths::to(const QString &address) const
{
    const QHostAddress target(address);
    if (!target.isNull())
        return pathTo(target);
    const NetworkPath path = pathTo(somewhere());
    if (path.broken.isEmpty() || pathTo(somewhere6()).broken.isEmpty())
        return {NetworkScope::Wan, {}};
    return {NetworkScope::Wan,
            NetworkPathsText::tr("This computer has no way to the internet: no route leads there.")};
}

QStringList SystemNetworkPaths::gateways() const
{
    return gatewaysInRoutes(content(QStringLiteral("/proc/net/route"))) +
           gatewaysInRoutes6(content(QStringLiteral("/proc/net/ipv6_route")));
}

} // namespace backwatch
