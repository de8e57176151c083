// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitoraddresses.h"

#include "app/config/serverwords.h"
#include "app/config/webaddress.h"

#include <QCoreApplication>
#include <QHash>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <functional>

namespace backwatch {

namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(MonitorFromAddress)
};

struct Kind
{
    std::function<CheckSpec()> check;
    quint16 port; ///< where the address names none; 0: it has to
    Layer layer;
};

template <typename Check>
CheckSpec plain()
{
    return Check();
}

CheckSpec database(DatabaseKind kind)
{
    DatabaseCheck check;
    check.kind = kind;
    return check;
}

CheckSpec mail(MailProtocol protocol, MailSecurity security)
{
    MailCheck check;
    check.protocol = protocol;
    check.security = security;
    return check;
}

CheckSpec secureRedis()
{
    RedisCheck check;
    check.secure = true;
    return check;
}

const QHash<QString, Kind> &kinds()
{
    using P = MailProtocol;
    using S = MailSecurity;
    const auto mysql = [] { return database(DatabaseKind::Mysql); };
    const auto postgresql = [] { return database(DatabaseKind::Postgresql); };
    static const QHash<QString, Kind> all{
        {QStringLiteral("tcp"), {&plain<TcpCheck>, 0, Layer::Unknown}},
        {QStringLiteral("tls"), {&plain<TlsCheck>, usualPort(StartTls::None), Layer::Edge}},
        {QStringLiteral("ping"), {&plain<PingCheck>, 0, Layer::Host}},
        {QStringLiteral("dns"), {&plain<DnsCheck>, 0, Layer::Dns}},
        {QStringLiteral("ssh"), {&plain<SshCheck>, kSshPort, Layer::Host}},
        {QStringLiteral("mysql"), {mysql, usualPort(DatabaseKind::Mysql), Layer::Database}},
        {QStringLiteral("mariadb"), {mysql, usualPort(DatabaseKind::Mysql), Layer::Database}},
        {QStringLiteral("postgresql"), {postgresql, usualPort(DatabaseKind::Postgresql), Layer::Database}},
        {QStringLiteral("postgres"), {postgresql, usualPort(DatabaseKind::Postgresql), Layer::Database}},
        {QStringLiteral("redis"), {&plain<RedisCheck>, kRedisPort, Layer::Cache}},
        {QStringLiteral("rediss"), {&secureRedis, kRedisPort, Layer::Cache}},
        {QStringLiteral("memcached"), {&plain<MemcachedCheck>, kMemcachedPort, Layer::Cache}},
        {QStringLiteral("fastcgi"), {&plain<FastCgiCheck>, kFastCgiPort, Layer::Runtime}},
        {QStringLiteral("smtp"),
         {[] { return mail(P::Smtp, S::None); }, usualPort(P::Smtp, S::None), Layer::Host}},
        {QStringLiteral("smtps"),
         {[] { return mail(P::Smtp, S::Tls); }, usualPort(P::Smtp, S::Tls), Layer::Host}},
        {QStringLiteral("imap"),
         {[] { return mail(P::Imap, S::None); }, usualPort(P::Imap, S::None), Layer::Host}},
        {QStringLiteral("imaps"),
         {[] { return mail(P::Imap, S::Tls); }, usualPort(P::Imap, S::Tls), Layer::Host}},
    };
    return all;
}

Result<void> setServer(const QUrl &url, bool isSocket, quint16 usualPort, ServerAddress *server)
{
    if (isSocket) {
        server->socket = url.path();
        return {};
    }
    server->host = url.host();
    const int port = url.port(usualPort);
    if (port == 0)
        return failure(
            Error::Kind::Invalid,
            Sentences::tr("The address needs a port, as in %1://%2:3306.").arg(url.scheme(), url.host()));
    server->port = static_cast<quint16>(port);
    return {};
}

Result<void> setDns(const QUrl &url, DnsCheck *check)
{
    const QUrlQuery query(url);
    check->name = url.host();
    check->resolver = query.queryItemValue(QStringLiteral("resolver"));
    const QString type = query.queryItemValue(QStringLiteral("type")).toUpper();
    const auto index = dnsTypeWords().indexOf(type);
    if (index >= 0)
        check->type = static_cast<DnsType>(index);
    else if (!type.isEmpty())
        return failure(Error::Kind::Invalid, Sentences::tr("There is no record type \"%1\"; known are %2.")
                                                 .arg(type, dnsTypeWords().join(QStringLiteral(", "))));
    return {};
}

Result<void> fill(const QUrl &url, bool isSocket, quint16 usualPort, CheckSpec *check)
{
    Result<void> filled;
    std::visit(
        [&](auto &kind) {
            if constexpr (requires { kind.server; })
                filled = setServer(url, isSocket, usualPort, &kind.server);
            if constexpr (std::is_same_v<std::decay_t<decltype(kind)>, FastCgiCheck>)
                if (!isSocket && url.path().size() > 1)
                    kind.path = url.path();
        },
        *check);
    if (auto *dns = std::get_if<DnsCheck>(check))
        filled = setDns(url, dns);
    if (auto *ping = std::get_if<PingCheck>(check))
        ping->host = url.host();
    return filled;
}

} // namespace

QStringList serviceSchemes()
{
    QStringList schemes = kinds().keys();
    schemes.sort();
    return schemes;
}

Result<Monitor> monitorFromServiceAddress(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isSocket = url.scheme().endsWith(QStringLiteral("+unix"));
    const auto kind = kinds().constFind(isSocket ? url.scheme().chopped(5) : url.scheme());
    if (kind == kinds().cend() || !url.isValid())
        return failure(Error::Kind::Invalid,
                       Sentences::tr("\"%1\" is no address that can be checked.").arg(text));
    if (!url.userInfo().isEmpty())
        return failure(Error::Kind::Invalid,
                       Sentences::tr("The address carries a user name or password. Remove it: a "
                                     "password belongs into the keychain."));
    if (isSocket ? url.path().size() < 2 || !url.host().isEmpty() : !isHost(url.host()))
        return failure(Error::Kind::Invalid,
                       isSocket ? Sentences::tr("The address \"%1\" names no socket file.").arg(text)
                                : Sentences::tr("The address \"%1\" names no host.").arg(text));
    Monitor monitor;
    monitor.check = kind->check();
    monitor.layer = kind->layer;
    if (const auto filled = fill(url, isSocket, kind->port, &monitor.check); !filled)
        return tl::make_unexpected(filled.error());
    return monitor;
}

} // namespace backwatch
