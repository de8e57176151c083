// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/checkspec.h"

#include <type_traits>

namespace backwatch {

namespace {

QString hostAndPort(const QString &host, quint16 port)
{
    const QString shown = host.contains(u':') ? QString(u'[' + host + u']') : host;
    return port == 0 ? shown : QString(shown + u':' + QString::number(port));
}

struct KindName
{
    QString operator()(const HttpCheck &) const { return QStringLiteral("http"); }
    QString operator()(const TcpCheck &) const { return QStringLiteral("tcp"); }
    QString operator()(const TlsCheck &) const { return QStringLiteral("tls"); }
    QString operator()(const DatabaseCheck &check) const
    {
        return check.kind == DatabaseKind::Mysql ? QStringLiteral("mysql") : QStringLiteral("postgresql");
    }
    QString operator()(const RedisCheck &) const { return QStringLiteral("redis"); }
    QString operator()(const MemcachedCheck &) const { return QStringLiteral("memcached"); }
    QString operator()(const FastCgiCheck &) const { return QStringLiteral("fastcgi"); }
    QString operator()(const MailCheck &check) const
    {
        return check.protocol == MailProtocol::Smtp ? QStringLiteral("smtp") : QStringLiteral("imap");
    }
    QString operator()(const SshCheck &) const { return QStringLiteral("ssh"); }
    QString operator()(const DnsCheck &) const { return QStringLiteral("dns"); }
    QString operator()(const PingCheck &) const { return QStringLiteral("ping"); }
    QString operator()(const PushCheck &) const { return QStringLiteral("push"); }
    QString operator()(const GroupCheck &) const { return QStringLiteral("group"); }
};

struct Target
{
    QString operator()(const HttpCheck &check) const { return check.url.toString(QUrl::RemoveUserInfo); }
    QString operator()(const DnsCheck &check) const { return check.name; }
    QString operator()(const PingCheck &check) const { return check.host; }
    QString operator()(const PushCheck &check) const { return check.token.name; }
    QString operator()(const GroupCheck &check) const { return check.members.join(QStringLiteral(", ")); }
    template <typename ServerCheck>
    QString operator()(const ServerCheck &check) const
    {
        return check.server.socket.isEmpty() ? hostAndPort(check.server.host, check.server.port)
                                             : check.server.socket;
    }
};

QString hostOfEndpoint(const QString &endpoint)
{
    if (endpoint.startsWith(u'['))
        return endpoint.mid(1, endpoint.indexOf(u']') - 1);
    return endpoint.count(u':') == 1 ? endpoint.section(u':', 0, 0) : endpoint;
}

struct Host
{
    QString operator()(const HttpCheck &check) const
    {
        return check.connectTo.isEmpty() ? check.url.host() : hostOfEndpoint(check.connectTo);
    }
    QString operator()(const DnsCheck &check) const { return hostOfEndpoint(check.resolver); }
    QString operator()(const PingCheck &check) const { return check.host; }
    QString operator()(const PushCheck &) const { return {}; }
    QString operator()(const GroupCheck &) const { return {}; }
    template <typename ServerCheck>
    QString operator()(const ServerCheck &check) const
    {
        return check.server.socket.isEmpty() ? check.server.host : QString();
    }
};

/// Whatever a kind of check has of these, in this order.
struct Secrets
{
    std::function<void(Secret &)> visit;

    void offer(Secret &secret) const
    {
        if (secret.isSet())
            visit(secret);
    }
    void operator()(HttpCheck &check) const
    {
        for (auto &header : check.secretHeaders)
            offer(header.value);
        offer(check.authentication.password);
        offer(check.proxyPassword);
        offer(check.tls.passphrase);
    }
    template <typename Check>
    void operator()(Check &check) const
    {
        if constexpr (requires { check.password; })
            offer(check.password);
        if constexpr (requires { check.token; })
            offer(check.token);
        if constexpr (requires { check.tls; })
            offer(check.tls.passphrase);
    }
};

} // namespace

QList<StatusRange> successRange()
{
    return {StatusRange{200, 299}};
}

QString checkKind(const CheckSpec &check)
{
    return std::visit(KindName{}, check);
}

QString checkTarget(const CheckSpec &check)
{
    return std::visit(Target{}, check);
}

QString checkHost(const CheckSpec &check)
{
    return std::visit(Host{}, check).toLower();
}

void forEachSecret(CheckSpec &check, const std::function<void(Secret &)> &visit)
{
    std::visit(Secrets{visit}, check);
}

QStringList secretNames(const CheckSpec &check)
{
    QStringList names;
    CheckSpec copy = check;
    forEachSecret(copy, [&names](const Secret &secret) {
        if (!secret.name.isEmpty())
            names += secret.name;
    });
    return names;
}

QString httpMethodName(HttpMethod method)
{
    switch (method) {
    case HttpMethod::Get:
        return QStringLiteral("GET");
    case HttpMethod::Head:
        return QStringLiteral("HEAD");
    case HttpMethod::Post:
        return QStringLiteral("POST");
    case HttpMethod::Put:
        return QStringLiteral("PUT");
    case HttpMethod::Patch:
        return QStringLiteral("PATCH");
    case HttpMethod::Delete:
        return QStringLiteral("DELETE");
    case HttpMethod::Options:
        return QStringLiteral("OPTIONS");
    }
    return {};
}

bool hasBody(HttpMethod method)
{
    return method == HttpMethod::Post || method == HttpMethod::Put || method == HttpMethod::Patch ||
           method == HttpMethod::Delete;
}

} // namespace backwatch
