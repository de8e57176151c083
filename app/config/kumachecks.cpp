// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/httpimport.h"
#include "app/config/kumaimport.h"
#include "app/config/kumatext.h"
#include "app/config/serverwords.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <QUrlQuery>

namespace backwatch {

namespace {

/// One monitor's check.
struct KumaCheck
{
    const KumaRow &row;
    const QHash<qint64, KumaRow> &proxies;
    ImportCollection &collection;

    QString name() const { return row.text("name"); }
    std::nullopt_t no(const QString &why) const
    {
        collection.leaveOut(name(), why);
        return std::nullopt;
    }
    void butNot(const QString &what) const { collection.leaveOut(name(), what); }

    AddressFamily family() const
    {
        const QString word = row.text("ip_family") + row.text("ipFamily");
        if (word == u"ipv4")
            return AddressFamily::Ipv4;
        return word == u"ipv6" ? AddressFamily::Ipv6 : AddressFamily::Any;
    }

    ServerAddress server(quint16 usualPort) const
    {
        ServerAddress address;
        address.host = row.text("hostname");
        const qint64 port = row.number("port");
        address.port = port > 0 && port <= 65'535 ? static_cast<quint16>(port) : usualPort;
        address.family = family();
        return address;
    }

    void readStatus(HttpCheck *check) const
    {
        const auto codes = QJsonDocument::fromJson(row.text("accepted_statuscodes_json").toUtf8()).array();
        QList<StatusRange> ranges;
        for (const auto &code : codes) {
            const QString text = code.isDouble() ? QString::number(code.toInt()) : code.toString();
            const int from = text.section(u'-', 0, 0).toInt();
            const int to = text.contains(u'-') ? text.section(u'-', 1).toInt() : from;
            if (from >= 100 && to <= 999 && from <= to)
                ranges += StatusRange{from, qMin(to, 599)};
            else
                butNot(KumaText::tr("the status code “%1” is not taken over.").arg(text));
        }
        if (!ranges.isEmpty())
            check->expect.status = ranges;
    }

    void readAuthentication(HttpCheck *check) const
    {
        const QString method = row.text("auth_method");
        const QString user = row.text("basic_auth_user");
        if (method == u"ntlm" || method == u"oauth2-cc" || method == u"mtls") {
            butNot(KumaText::tr("the login (%1) is not taken over.").arg(method));
            return;
        }
        if (!user.isEmpty())
            check->authentication = {
                HttpAuthentication::Kind::Basic, user,
                collection.secret(name(), QStringLiteral("password"), row.text("basic_auth_pass"))};
    }

    void readProxy(HttpCheck *check) const
    {
        const auto proxy = proxies.constFind(row.number("proxy_id"));
        if (proxy == proxies.cend() || !proxy->flag("active"))
            return;
        const QString scheme = proxy->text("protocol");
        if (scheme == u"socks4") {
            butNot(KumaText::tr("the proxy (%1) is not taken over.").arg(scheme));
            return;
        }
        QUrl url;
        url.setScheme(scheme == u"socks" ? QStringLiteral("socks5h") : scheme);
        url.setHost(proxy->text("host"));
        url.setPort(static_cast<int>(qBound(qint64(1), proxy->number("port"), qint64(65'535))));
        if (proxy->flag("auth") && !proxy->text("username").isEmpty()) {
            url.setUserName(proxy->text("username"));
            check->proxyPassword =
                collection.secret(name(), QStringLiteral("proxy"), proxy->text("password"));
        }
        check->proxy = url.toString(QUrl::FullyEncoded);
    }

    void readBody(HttpCheck *check) const
    {
        const QString body = row.text("body");
        if (body.isEmpty() || !hasBody(check->method))
            return;
        check->body = body.toUtf8();
        const QString encoding = row.text("http_body_encoding");
        const char *type = encoding == u"form"  ? "application/x-www-form-urlencoded"
                           : encoding == u"xml" ? "text/xml; charset=utf-8"
                                                : "application/json";
        if (headerValue(check->headers, "Content-Type").isNull())
            check->headers += HttpHeader{"Content-Type", type};
    }

    void readExpectation(HttpCheck *check) const
    {
        const QString type = row.text("type");
        if (type == u"keyword")
            (row.flag("invert_keyword") ? check->expect.bodyLacks : check->expect.bodyContains) =
                row.text("keyword");
        if (type != u"json-query")
            return;
        const auto expectation =
            importedJson(row.text("json_path"), row.text("json_path_operator"), row.text("expected_value"));
        if (expectation)
            check->expect.json += *expectation;
        else
            butNot(KumaText::tr("the question “%1” of its JSON answer is not taken over.")
                       .arg(row.text("json_path")));
    }

    std::optional<CheckSpec> http() const
    {
        HttpCheck check;
        if (const auto problem = setImportedUrl(row.text("url"), name(), collection, &check))
            return no(*problem);
        const auto method = importedMethod(row.text("method"));
        if (!method)
            return no(KumaText::tr("the method “%1” is not one of ours.").arg(row.text("method")));
        check.method = *method;
        const auto headers = QJsonDocument::fromJson(row.text("headers").toUtf8()).object();
        for (auto header = headers.begin(); header != headers.end(); ++header)
            addImportedHeader(header.key(), header.value().toVariant().toString(), name(), collection,
                              &check);
        readStatus(&check);
        readAuthentication(&check);
        readProxy(&check);
        readBody(&check);
        readExpectation(&check);
        check.tls.verify = !row.flag("ignore_tls");
        check.followRedirects = row.number("maxredirects") != 0;
        check.family = family();
        if (!row.flag("expiry_notification"))
            check.expect.certificateDays = 0;
        return check;
    }

    std::optional<CheckSpec> dns() const
    {
        DnsCheck check;
        check.name = row.text("hostname");
        if (const QString conditions = row.text("conditions"); conditions.size() > 2)
            butNot(KumaText::tr("its conditions are not taken over; write what has to be there as expect."));
        const auto type = dnsTypeWords().indexOf(row.text("dns_resolve_type").toUpper());
        if (type >= 0)
            check.type = static_cast<DnsType>(type);
        // Several are tried one after the other there.
        check.resolver = row.text("dns_resolve_server").section(u',', 0, 0).trimmed();
        const qint64 port = row.number("port");
        if (!check.resolver.isEmpty() && port > 0 && port != 53 && port <= 65'535)
            check.resolver = (check.resolver.contains(u':') ? u'[' + check.resolver + u']' : check.resolver) +
                             u':' + QString::number(port);
        return check;
    }

    std::optional<CheckSpec> ping() const
    {
        PingCheck check;
        check.host = row.text("hostname");
        check.family = family();
        if (const qint64 count = row.number("ping_count"); count > 0)
            check.count = static_cast<int>(qMin<qint64>(count, 20));
        return check;
    }

    std::optional<CheckSpec> push() const
    {
        PushCheck check;
        if (row.text("push_token").isEmpty())
            return no(KumaText::tr("it has no token yet."));
        check.token = collection.secret(name(), QStringLiteral("token"), row.text("push_token"));
        butNot(KumaText::tr("the job now reports to http://127.0.0.1:7525/push/ with the same token."));
        return check;
    }

    /// "postgres://user:password@host:port/database"
    std::optional<CheckSpec> database(DatabaseKind kind) const
    {
        const QUrl url(row.text("database_connection_string"), QUrl::TolerantMode);
        if (url.host().isEmpty())
            return no(KumaText::tr("its connection string names no host in a way that is understood here."));
        DatabaseCheck check;
        check.kind = kind;
        check.server = {url.host(), static_cast<quint16>(url.port(usualPort(kind))), {}, family()};
        check.secure = QUrlQuery(url).queryItemValue(QStringLiteral("sslmode")) == u"require";
        check.user = url.userName(QUrl::FullyDecoded);
        if (check.user.isEmpty())
            return check;
        const QString own = row.text("radius_password"); // where newer ones keep that of MySQL
        const QString password = own.isEmpty() ? url.password(QUrl::FullyDecoded) : own;
        if (!password.isEmpty())
            check.password = collection.secret(name(), QStringLiteral("password"), password);
        check.database = url.path().mid(1);
        check.query = row.text("database_query");
        return check;
    }

    std::optional<CheckSpec> redis() const
    {
        const QUrl url(row.text("database_connection_string"), QUrl::TolerantMode);
        if (url.host().isEmpty())
            return no(KumaText::tr("its connection string names no host in a way that is understood here."));
        RedisCheck check;
        check.server = {url.host(), static_cast<quint16>(url.port(kRedisPort)), {}, family()};
        check.secure = url.scheme() == u"rediss";
        check.tls.verify = !check.secure || !row.flag("ignore_tls");
        check.user = url.userName(QUrl::FullyDecoded);
        if (const QString password = url.password(QUrl::FullyDecoded); !password.isEmpty())
            check.password = collection.secret(name(), QStringLiteral("password"), password);
        return check;
    }

    std::optional<CheckSpec> mail() const
    {
        MailCheck check;
        const QString security = row.text("smtp_security");
        check.security = security == u"secure"     ? MailSecurity::Tls
                         : security == u"starttls" ? MailSecurity::StartTls
                                                   : MailSecurity::None;
        check.server = server(usualPort(MailProtocol::Smtp, check.security));
        return check;
    }

    std::optional<CheckSpec> make() const
    {
        const QString type = row.text("type");
        if (row.flag("upside_down"))
            return no(
                KumaText::tr("it is upside down, good when the target fails; there is no such check here."));
        if (type == u"http" || type == u"keyword" || type == u"json-query")
            return http();
        if (type == u"port") {
            TcpCheck check;
            check.server = server(0);
            return check;
        }
        if (type == u"dns")
            return dns();
        if (type == u"ping")
            return ping();
        if (type == u"push")
            return push();
        if (type == u"postgres")
            return database(DatabaseKind::Postgresql);
        if (type == u"mysql")
            return database(DatabaseKind::Mysql);
        if (type == u"redis")
            return redis();
        if (type == u"smtp")
            return mail();
        return no(KumaText::tr("checks of the type “%1” are not possible here.").arg(type));
    }
};

} // namespace

std::optional<CheckSpec> kumaCheck(const KumaRow &row, const QHash<qint64, KumaRow> &proxies,
                                   ImportCollection &collection)
{
    return KumaCheck{row, proxies, collection}.make();
}

} // namespace backwatch
