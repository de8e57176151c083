// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/checkspecs.h"
#include "app/config/serverwords.h"

namespace backwatch {

namespace {

void addServer(const ServerAddress &server, quint16 usualPort, SpecMap &map)
{
    if (!server.socket.isEmpty()) {
        map.text(QStringLiteral("socket"), server.socket);
    } else {
        map.text(QStringLiteral("host"), server.host);
        map.number(QStringLiteral("port"), server.port, usualPort);
    }
    map.text(QStringLiteral("family"), familyWord(server.family), familyWord(AddressFamily::Any));
}

/// `true`, or a group where the usual settings will not do.
void addTls(bool secure, const TlsSettings &settings, SpecMap &map)
{
    const QString key = QStringLiteral("tls");
    SpecMap tls(Usual::LeftOut);
    addTlsSettings(settings, tls);
    if (secure && !tls.node().entries.isEmpty())
        map.node(key, tls.node());
    else
        map.flag(key, secure, false);
}

/// Bytes that are said to a server may hold a password.
SpecNode hiddenBytes(const QByteArray &bytes)
{
    SpecNode node = bytesNode(bytes);
    node.hidden = true;
    return node;
}

struct Spec
{
    Usual usual;

    static SpecNode done(SpecMap &map, const std::optional<milliseconds> &slowAfter)
    {
        map.duration(QStringLiteral("slowAfter"), slowAfter);
        return map.node();
    }

    SpecNode operator()(const TcpCheck &check) const
    {
        SpecMap map(usual);
        addServer(check.server, 0, map);
        addTls(check.secure, check.tls, map);
        if (!check.send.isEmpty())
            map.node(QStringLiteral("send"), hiddenBytes(check.send));
        map.text(QStringLiteral("expect"), check.expect);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const TlsCheck &check) const
    {
        SpecMap map(usual);
        const auto words = startTlsWords();
        addServer(check.server, usualPort(check.startTls), map);
        map.text(QStringLiteral("startTls"), words.value(static_cast<int>(check.startTls)), words.first());
        addTlsSettings(check.tls, map);
        map.number(QStringLiteral("certificateDays"), check.certificateDays, TlsCheck().certificateDays);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const DatabaseCheck &check) const
    {
        SpecMap map(usual);
        addServer(check.server, usualPort(check.kind), map);
        map.text(QStringLiteral("user"), check.user);
        map.secret(QStringLiteral("password"), check.password);
        map.text(QStringLiteral("database"), check.database);
        map.text(QStringLiteral("query"), check.query);
        map.text(QStringLiteral("expect"), check.expect);
        map.flag(QStringLiteral("tls"), check.secure, false);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const RedisCheck &check) const
    {
        SpecMap map(usual);
        addServer(check.server, kRedisPort, map);
        map.text(QStringLiteral("user"), check.user);
        map.secret(QStringLiteral("password"), check.password);
        addTls(check.secure, check.tls, map);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const MemcachedCheck &check) const
    {
        SpecMap map(usual);
        addServer(check.server, kMemcachedPort, map);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const FastCgiCheck &check) const
    {
        const FastCgiCheck usualCheck;
        SpecMap map(usual);
        addServer(check.server, kFastCgiPort, map);
        map.text(QStringLiteral("path"), check.path, usualCheck.path);
        map.text(QStringLiteral("expect"), check.expect, usualCheck.expect);
        map.text(QStringLiteral("statusPath"), check.statusPath);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const MailCheck &check) const
    {
        SpecMap map(usual);
        const auto words = mailSecurityWords();
        addServer(check.server, usualPort(check.protocol, check.security), map);
        map.text(QStringLiteral("security"), words.value(static_cast<int>(check.security)), words.first());
        SpecMap tls(usual);
        addTlsSettings(check.tls, tls);
        map.part(QStringLiteral("tls"), tls.node());
        map.number(QStringLiteral("certificateDays"), check.certificateDays, MailCheck().certificateDays);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const SshCheck &check) const
    {
        SpecMap map(usual);
        addServer(check.server, kSshPort, map);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const DnsCheck &check) const
    {
        SpecMap map(usual);
        map.text(QStringLiteral("name"), check.name);
        map.text(QStringLiteral("type"), dnsTypeWords().value(static_cast<int>(check.type)),
                 QStringLiteral("A"));
        map.text(QStringLiteral("resolver"), check.resolver);
        if (!check.expect.isEmpty())
            map.texts(QStringLiteral("expect"), check.expect);
        map.flag(QStringLiteral("exactly"), check.exactly, false);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const PingCheck &check) const
    {
        SpecMap map(usual);
        map.text(QStringLiteral("host"), check.host);
        map.text(QStringLiteral("family"), familyWord(check.family), familyWord(AddressFamily::Any));
        map.number(QStringLiteral("count"), check.count, PingCheck().count);
        return done(map, check.slowAfter);
    }

    SpecNode operator()(const PushCheck &check) const
    {
        SpecMap map(usual);
        map.secret(QStringLiteral("token"), check.token);
        map.duration(QStringLiteral("grace"), check.grace, milliseconds(0));
        return map.node();
    }

    SpecNode operator()(const GroupCheck &check) const
    {
        SpecMap map(usual);
        map.node(QStringLiteral("members"), listNode(check.members));
        map.number(QStringLiteral("atLeast"), check.atLeast, 0);
        return map.node();
    }

    SpecNode operator()(const HttpCheck &check) const { return httpSpec(check, usual); }
};

} // namespace

QString familyWord(AddressFamily family)
{
    return familyWords().value(static_cast<int>(family));
}

void addTlsSettings(const TlsSettings &tls, SpecMap &map)
{
    map.flag(QStringLiteral("verify"), tls.verify, true);
    map.text(QStringLiteral("authorities"), tls.authorities);
    map.text(QStringLiteral("serverName"), tls.serverName);
    map.text(QStringLiteral("certificate"), tls.certificate);
    map.text(QStringLiteral("key"), tls.key);
    map.secret(QStringLiteral("passphrase"), tls.passphrase);
}

SpecNode serverSpec(const CheckSpec &check, Usual usual)
{
    return std::visit(Spec{usual}, check);
}

} // namespace backwatch
