// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/servercheckreader.h"

#include "app/config/connectionreader.h"
#include "app/config/monitorsfiletext.h"
#include "app/config/serverwords.h"
#include "app/config/webaddress.h"

#include <QHash>
#include <QHostAddress>

#include <functional>

namespace backwatch {

namespace {

/// One reader for each kind.
struct Reading
{
    FieldReader &fields;
    const DurationLimits &limits;
    MemberPositions *membersAt;

    CheckSpec tcp() const
    {
        TcpCheck check;
        check.server = readServer(fields, 0);
        check.secure = readTls(fields, &check.tls);
        const QString send = QStringLiteral("send");
        if (const auto node = fields.value(send))
            check.send = readBytes(node, send, fields.at(send), fields.problems()).value_or(QByteArray());
        check.expect = readWanted(fields, QStringLiteral("expect"));
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec tls() const
    {
        TlsCheck check;
        if (const auto word = readWord(fields, QStringLiteral("startTls"), startTlsWords()))
            check.startTls = static_cast<StartTls>(*word);
        check.server = readServer(fields, usualPort(check.startTls));
        check.tls = readTlsSettings(fields);
        check.certificateDays = readCertificateDays(fields, check.certificateDays);
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec database(DatabaseKind kind) const
    {
        DatabaseCheck check;
        check.kind = kind;
        check.server = readServer(fields, usualPort(kind));
        check.user = readWanted(fields, QStringLiteral("user"));
        check.password = readSecret(fields, QStringLiteral("password"));
        check.database = readWanted(fields, QStringLiteral("database"));
        check.query = readWanted(fields, QStringLiteral("query"));
        check.expect = readWanted(fields, QStringLiteral("expect"));
        check.secure = fields.flag(QStringLiteral("tls")).value_or(false);
        check.slowAfter = readSlowAfter(fields, limits);
        if (!check.user.isEmpty())
            return check;
        for (const char *key : {"password", "database", "query", "expect"})
            if (fields.has(QString::fromLatin1(key)))
                fields.wrong(
                    QString::fromLatin1(key),
                    MonitorsFileText::tr("%1 needs a user to log in as.").arg(QString::fromLatin1(key)));
        return check;
    }

    CheckSpec redis() const
    {
        RedisCheck check;
        check.server = readServer(fields, kRedisPort);
        check.user = readWanted(fields, QStringLiteral("user"));
        check.password = readSecret(fields, QStringLiteral("password"));
        check.secure = readTls(fields, &check.tls);
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec memcached() const
    {
        MemcachedCheck check;
        check.server = readServer(fields, kMemcachedPort);
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec fastcgi() const
    {
        FastCgiCheck check;
        check.server = readServer(fields, kFastCgiPort);
        check.path = fields.text(QStringLiteral("path")).value_or(check.path);
        check.expect = fields.text(QStringLiteral("expect")).value_or(check.expect);
        check.statusPath = readWanted(fields, QStringLiteral("statusPath"));
        for (const auto &[key, path] : {std::pair(QStringLiteral("path"), check.path),
                                        std::pair(QStringLiteral("statusPath"), check.statusPath)})
            if (fields.has(key) && !path.startsWith(u'/') && fields.value(key))
                fields.wrong(key, MonitorsFileText::tr("%1 begins with \"/\", such as /ping.").arg(key));
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec mail(MailProtocol protocol) const
    {
        MailCheck check;
        check.protocol = protocol;
        if (const auto word = readWord(fields, QStringLiteral("security"), mailSecurityWords()))
            check.security = static_cast<MailSecurity>(*word);
        check.server = readServer(fields, usualPort(protocol, check.security));
        if (auto tls = fields.map(QStringLiteral("tls"))) {
            check.tls = readTlsSettings(*tls);
            tls->finish();
        }
        check.certificateDays = readCertificateDays(fields, check.certificateDays);
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec ssh() const
    {
        SshCheck check;
        check.server = readServer(fields, kSshPort);
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec dns() const
    {
        DnsCheck check;
        const QString name = QStringLiteral("name");
        const bool given = fields.has(name);
        check.name = readWanted(fields, name);
        if (!given)
            fields.problems().add(fields.at(),
                                  MonitorsFileText::tr("dns needs a name, such as shop.example."));
        if (const auto word = readWord(fields, QStringLiteral("type"), dnsTypeWords()))
            check.type = static_cast<DnsType>(*word);
        readResolver(&check);
        readValues(&check);
        check.exactly = fields.flag(QStringLiteral("exactly")).value_or(false);
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec ping() const
    {
        PingCheck check;
        check.host = readHost(fields);
        check.family = readFamily(fields);
        constexpr int kMostPings = 20;
        check.count = fields.number(QStringLiteral("count"), 1, kMostPings).value_or(check.count);
        check.slowAfter = readSlowAfter(fields, limits);
        return check;
    }

    CheckSpec push() const
    {
        PushCheck check;
        const QString token = QStringLiteral("token");
        check.token = readSecret(fields, token);
        if (!fields.has(token))
            fields.problems().add(
                fields.at(),
                MonitorsFileText::tr("push needs a token that the job shows, as in token: {secret: NAME}."));
        check.grace = fields.duration(QStringLiteral("grace"), {milliseconds(0), limits.interval.most})
                          .value_or(check.grace);
        return check;
    }

    CheckSpec group() const
    {
        GroupCheck check;
        const QString members = QStringLiteral("members");
        const bool given = fields.has(members);
        const auto *items = fields.list(members);
        if (!given || (items && items->empty()))
            fields.problems().add(fields.at(members),
                                  MonitorsFileText::tr("group needs members, the names of other monitors."));
        for (const auto &item : items ? *items : std::vector<YamlNodePtr>()) {
            if (const auto name = scalarText(item)) {
                check.members += *name;
                membersAt->append(item->at);
            } else {
                fields.problems().add(item->at, MonitorsFileText::tr("members takes the names of monitors."));
            }
        }
        const int most = static_cast<int>(check.members.size());
        check.atLeast = fields.number(QStringLiteral("atLeast"), 0, most).value_or(0);
        return check;
    }

private:
    void readResolver(DnsCheck *check) const
    {
        const QString key = QStringLiteral("resolver");
        check->resolver = readWanted(fields, key);
        if (check->resolver.isEmpty() || !QHostAddress(check->resolver).isNull())
            return;
        const QString host = check->resolver.section(u':', 0, -2);
        const bool bracketed = host.startsWith(u'[') && host.endsWith(u']');
        const QHostAddress address(bracketed ? host.sliced(1, host.size() - 2) : host);
        if (address.isNull() || !isHostAndPort(check->resolver))
            fields.wrong(
                key, MonitorsFileText::tr("resolver is the address of a name server, with a port where it is "
                                          "not 53: 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353."));
    }

    void readValues(DnsCheck *check) const
    {
        const QString key = QStringLiteral("expect");
        const auto node = fields.value(key);
        if (!node)
            return;
        const bool isList = node->kind == YamlNode::Kind::Sequence;
        for (const auto &item : isList ? node->items : std::vector<YamlNodePtr>{node}) {
            const auto value = scalarText(item);
            if (value && !value->isEmpty())
                check->expect += *value;
            else
                fields.problems().add(item->at,
                                      MonitorsFileText::tr("expect takes values of the record, as texts."));
        }
    }
};

using Reader = std::function<CheckSpec(const Reading &)>;

const QHash<QString, Reader> &readers()
{
    static const QHash<QString, Reader> all{
        {QStringLiteral("tcp"), &Reading::tcp},
        {QStringLiteral("tls"), &Reading::tls},
        {QStringLiteral("mysql"), [](const Reading &r) { return r.database(DatabaseKind::Mysql); }},
        {QStringLiteral("postgresql"), [](const Reading &r) { return r.database(DatabaseKind::Postgresql); }},
        {QStringLiteral("redis"), &Reading::redis},
        {QStringLiteral("memcached"), &Reading::memcached},
        {QStringLiteral("fastcgi"), &Reading::fastcgi},
        {QStringLiteral("smtp"), [](const Reading &r) { return r.mail(MailProtocol::Smtp); }},
        {QStringLiteral("imap"), [](const Reading &r) { return r.mail(MailProtocol::Imap); }},
        {QStringLiteral("ssh"), &Reading::ssh},
        {QStringLiteral("dns"), &Reading::dns},
        {QStringLiteral("ping"), &Reading::ping},
        {QStringLiteral("push"), &Reading::push},
        {QStringLiteral("group"), &Reading::group},
    };
    return all;
}

} // namespace

QStringList serverKinds()
{
    QStringList kinds = readers().keys();
    kinds.sort();
    return kinds;
}

CheckSpec readServerCheck(const QString &kind, FieldReader &fields, const DurationLimits &limits,
                          MemberPositions *membersAt)
{
    const CheckSpec check = readers().value(kind)(Reading{fields, limits, membersAt});
    fields.finish();
    return check;
}

} // namespace backwatch
