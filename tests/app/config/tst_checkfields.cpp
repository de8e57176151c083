// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitorsfile.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

/// A file with one monitor; its check begins in line 2, column 22.
QByteArray withCheck(const QByteArray &check)
{
    return "version: 1\nmonitors: [{name: A, " + check + "}]\n";
}

Result<Configuration> read(const QByteArray &text)
{
    return readMonitorsFile(text, QStringLiteral("m.yaml"));
}

/// The one check of a file; a test that asks for another kind than it is ends there.
template <typename Check>
Check checkIn(const QByteArray &check)
{
    const auto configuration = read(withCheck(check));
    if (!configuration)
        qFatal("%s", qPrintable(configuration.error().sentence));
    return std::get<Check>(configuration->monitors.first().check);
}

} // namespace

class TestCheckFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The example that users are given.
    void readsTheUsualFile()
    {
        const auto configuration =
            read("version: 1\n"
                 "defaults: {interval: 30s, timeout: 10s, retries: 2, retryInterval: 5s}\n"
                 "services:\n"
                 "  - name: Shop\n"
                 "    monitors:\n"
                 "      - name: Front page\n"
                 "        layer: web-server\n"
                 "        http: {url: \"https://shop.example/\", expect: {status: [200-299], "
                 "body: {contains: Basket}}}\n"
                 "        dependsOn: [Shop database]\n"
                 "      - name: Shop database\n"
                 "        layer: database\n"
                 "        tcp: {host: 10.0.0.5, port: 3306}\n"
                 "    load: {prometheus: \"http://10.0.0.5:9100/metrics\"}\n");
        QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().sentence));
        const auto tcp = std::get<TcpCheck>(configuration->monitors.last().check);
        QCOMPARE(tcp.server.host, QStringLiteral("10.0.0.5"));
        QCOMPARE(tcp.server.port, quint16(3306));
    }

    void knowsUsualPorts()
    {
        QCOMPARE(checkIn<TlsCheck>("tls: {host: a}").server.port, quint16(443));
        QCOMPARE(checkIn<TlsCheck>("tls: {host: a, startTls: ldap}").server.port, quint16(389));
        QCOMPARE(checkIn<DatabaseCheck>("mysql: {host: a}").server.port, quint16(3306));
        QCOMPARE(checkIn<DatabaseCheck>("postgresql: {host: a}").server.port, quint16(5432));
        QCOMPARE(checkIn<RedisCheck>("redis: {host: a}").server.port, quint16(6379));
        QCOMPARE(checkIn<MemcachedCheck>("memcached: {host: a}").server.port, quint16(11211));
        QCOMPARE(checkIn<FastCgiCheck>("fastcgi: {host: a}").server.port, quint16(9000));
        QCOMPARE(checkIn<MailCheck>("smtp: {host: a}").server.port, quint16(25));
        QCOMPARE(checkIn<MailCheck>("smtp: {host: a, security: starttls}").server.port, quint16(587));
        QCOMPARE(checkIn<MailCheck>("imap: {host: a, security: tls}").server.port, quint16(993));
        QCOMPARE(checkIn<SshCheck>("ssh: {host: a}").server.port, quint16(22));
    }

    void readsWhatIsParticular()
    {
        const auto fpm = checkIn<FastCgiCheck>("fastcgi: {socket: /run/php/fpm.sock, statusPath: /status}");
        QCOMPARE(fpm.server.socket, QStringLiteral("/run/php/fpm.sock"));
        QCOMPARE(fpm.path, QStringLiteral("/ping"));
        QCOMPARE(fpm.statusPath, QStringLiteral("/status"));

        const auto login =
            checkIn<DatabaseCheck>("mysql: {host: a, user: watch, password: {secret: shop/db}, query: "
                                   "SELECT 1, expect: \"1\"}");
        QCOMPARE(login.password.name, QStringLiteral("shop/db"));
        QVERIFY(login.password.value.isEmpty());

        const auto redis = checkIn<RedisCheck>("redis: {host: a, tls: {verify: false}}");
        QVERIFY(redis.secure && !redis.tls.verify);

        const auto dns =
            checkIn<DnsCheck>("dns: {name: a.example, type: MX, expect: 10 mx.a.example, exactly: true}");
        QCOMPARE(dns.type, DnsType::Mx);
        QCOMPARE(dns.expect, QStringList{QStringLiteral("10 mx.a.example")});
        QVERIFY(dns.exactly);

        QCOMPARE(checkIn<PushCheck>("push: {token: {secret: backup}, grace: 10m}").grace,
                 milliseconds(10min));
        QCOMPARE(checkIn<PingCheck>("ping: {host: \"2001:db8::1\", count: 5}").count, 5);
    }

    void readsHttpToTheFull()
    {
        const auto http = checkIn<HttpCheck>(
            "http: {url: \"https://a/\", method: PUT, version: \"2\", headers: {X-Key: {secret: shop/key}, "
            "B: c},\n"
            "auth: {digest: {user: me, password: {secret: shop/digest}}}, proxy: {url: "
            "\"socks5://me@p:1080\", "
            "password: {secret: p}},\n"
            "tls: {verify: false, certificate: c.pem, passphrase: {secret: k}}, family: both,\n"
            "expect: {headers: [{name: Server, matches: \"^nginx\"}], body: {lacks: Error, matches: "
            "\"a+\"},\n"
            "json: [{path: /a, equals: 5}, {path: $.b, equals: \"5\"}, {path: /c, equals: null}, {path: "
            "/d}],\n"
            "size: {least: 10, most: 20}}}");
        QCOMPARE(http.method, HttpMethod::Put);
        QCOMPARE(http.version, HttpVersion::Http2);
        QCOMPARE(http.secretHeaders, (QList<SecretHeader>{{"X-Key", {QStringLiteral("shop/key"), {}}}}));
        QCOMPARE(http.headers, (HttpHeaders{{"B", "c"}}));
        QCOMPARE(http.authentication.kind, HttpAuthentication::Kind::Digest);
        QCOMPARE(http.proxyPassword.name, QStringLiteral("p"));
        QCOMPARE(http.family, AddressFamily::Both);
        QCOMPARE(http.expect.headers.first().matches, QStringLiteral("^nginx"));
        QCOMPARE(http.expect.json.at(0).value, QStringLiteral("5"));
        QCOMPARE(http.expect.json.at(1).value, QStringLiteral("\"5\""));
        QCOMPARE(http.expect.json.at(2).value, QStringLiteral("null"));
        QCOMPARE(http.expect.json.at(3).test, JsonExpectation::Test::Exists);
        QCOMPARE(http.expect.mostBytes, std::optional<qint64>(20));
    }

    void readsMaintenance()
    {
        const auto configuration = read(
            "version: 1\nservices:\n  - name: S\n    maintenance: [{cron: \"30 2 * * sun\", for: 1h, zone: "
            "Europe/Berlin}]\n    monitors:\n      - name: A\n        http: {url: \"http://a/\"}\n"
            "        announcedMaintenance: off\n        maintenance:\n"
            "          - {from: 2027-01-31T22:00+01:00, to: 2027-02-01T02:00+01:00, reason: move}\n"
            "          - {days: [sun, mon], at: \"02:30\", for: 90m}\n"
            "          - {days: daily, at: \"4:00\", for: 10m, zone: UTC}\n");
        QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().sentence));
        QCOMPARE(configuration->services.first().maintenance.first().zone, QByteArray("Europe/Berlin"));
        const Monitor &monitor = configuration->monitors.first();
        QCOMPARE(monitor.announcedMaintenance.count(), 0);
        QCOMPARE(monitor.maintenance.at(0).to - monitor.maintenance.at(0).from, 4 * 3'600'000);
        QCOMPARE(monitor.maintenance.at(1).weekdays, (QList<int>{1, 7}));
        QCOMPARE(monitor.maintenance.at(2).weekdays.size(), 7);
        QCOMPARE(monitor.maintenance.at(2).start, QTime(4, 0));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("check");
        QTest::addColumn<QString>("position");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const QByteArray &check, const char *position,
                            const char *word) {
            QTest::newRow(name) << check << QString::fromLatin1(position) << QString::fromUtf8(word);
        };
        row("tcp without port", "tcp: {host: a}", "2:27", "port");
        row("tcp without host", "tcp: {port: 1}", "2:27", "host");
        row("port too high", "tcp: {host: a, port: 65536}", "2:43", "65535");
        row("host with a path", "tcp: {host: a/b, port: 1}", "2:34", "host name");
        row("host with a port", "tcp: {host: \"a:1\", port: 1}", "2:34", "host name");
        row("socket and host", "redis: {socket: /run/r.sock, host: a}", "2:57", "socket");
        row("socket without slash", "redis: {socket: r.sock}", "2:38", "\"/\"");
        row("plain password", "redis: {host: a, password: hunter2}", "2:49", "backwatch secret set");
        row("plain token", "push: {token: abc}", "2:36", "{secret: NAME}");
        row("push without token", "push: {grace: 5m}", "2:28", "token");
        row("password without user", "mysql: {host: a, password: {secret: x}}", "2:49", "user");
        row("unknown kind of TLS", "tls: {host: a, startTls: smpt}", "2:47", "\"smtp\"");
        row("unknown security", "smtp: {host: a, security: ssl}", "2:48", "starttls");
        row("unknown record", "dns: {name: a, type: mx}", "2:43", "MX");
        row("dns without name", "dns: {type: MX}", "2:27", "name");
        row("resolver with a name", "dns: {name: a, resolver: dns.example}", "2:47", "address");
        row("too many pings", "ping: {host: a, count: 21}", "2:45", "from 1 to 20");
        row("path without slash", "fastcgi: {host: a, path: ping}", "2:47", "/ping");
        row("group of nobody", "group: {members: []}", "2:39", "members");
        row("group of strangers", "group: {members: [B]}", "2:40", "no monitor");
        row("group of itself", "group: {members: [A]}", "2:40", "itself");
        row("group wants more than it has", "group: {members: [A], atLeast: 2}", "2:53", "from 0 to 1");
        row("typing error", "memcached: {hots: a}", "2:34", "\"host\"");
        row("misspelt kind", "posgresql: {host: a}", "2:22", "\"postgresql\"");
        row("two checks", "tcp: {host: a, port: 1}, dns: {name: a}", "2:27", "one thing");

        const QByteArray http = "http: {url: \"http://a/\", ";
        row("two ways to log in", http + "auth: {basic: {user: a}, bearer: {secret: b}}}", "2:53", "one of");
        row("login without user", http + "auth: {basic: {password: {secret: b}}}}", "2:61", "user");
        row("plain bearer", http + "auth: {bearer: abc}}", "2:62", "backwatch secret set");
        row("proxy with a password", http + "proxy: \"http://me:pw@p:1\"}", "2:54", "secret");
        row("proxy of another kind", http + "proxy: \"ftp://p:1\"}", "2:54", "socks5");
        row("bad pattern", http + "expect: {body: {matches: \"a(\"}}}", "2:72", "regular expression");
        row("json without a path", http + "expect: {json: [{path: a, equals: 1}]}}", "2:70", "JSONPath");
        row("json of two tests", http + "expect: {json: [{path: /a, equals: 1, less: 2}]}}", "2:63",
            "one thing");
        row("json less than a text", http + "expect: {json: [{path: /a, less: b}]}}", "2:80", "number");
        row("sizes turned", http + "expect: {size: {least: 5, most: 4}}}", "2:79", "smaller");
        row("expected header without name", http + "expect: {headers: [{contains: a}]}}", "2:66", "name");

        const QByteArray rest = ", http: {url: \"http://a/\"}";
        row("maintenance of no kind", "maintenance: [{reason: a}]" + rest, "2:36", "from");
        row("maintenance turned", "maintenance: [{from: 2027-01-02, to: 2027-01-01}]" + rest, "2:59",
            "ends before");
        row("maintenance of no day", "maintenance: [{days: [moo], at: \"2:00\", for: 1h}]" + rest, "2:44",
            "\"mon\"");
        row("maintenance without length", "maintenance: [{days: daily, at: \"2:00\"}]" + rest, "2:36", "for");
        row("maintenance at no time", "maintenance: [{days: daily, at: \"25:00\", for: 1h}]" + rest, "2:54",
            "02:30");
        row("bad cron", "maintenance: [{cron: \"61 * * * *\", for: 1h}]" + rest, "2:43", "61");
        row("unknown zone", "maintenance: [{cron: \"1 * * * *\", for: 1h, zone: Europe/Berln}]" + rest,
            "2:71", "time zone");
        row("announced for ever", "announcedMaintenance: 30d" + rest, "2:44", "from 1m");
    }

    void refuses()
    {
        QFETCH(QByteArray, check);
        QFETCH(QString, position);
        QFETCH(QString, word);
        const auto configuration = read(withCheck(check));
        QVERIFY(!configuration);
        const QString sentence = configuration.error().sentence;
        QVERIFY2(sentence.contains(QStringLiteral("m.yaml:%1: ").arg(position)), qPrintable(sentence));
        QVERIFY2(sentence.contains(word), qPrintable(sentence));
        QVERIFY2(!sentence.contains(QStringLiteral("hunter2")),
                 qPrintable(sentence)); // not even in a message
        for (const auto &line : sentence.split(u'\n'))
            QVERIFY2(line.startsWith(QStringLiteral("m.yaml:")) &&
                         (line.endsWith(u'.') || line.endsWith(u'?')),
                     qPrintable(line));
    }

    /// What users are told works, for every kind.
    void readsTheReference()
    {
        QFile file(QFINDTESTDATA("../../../packaging/monitors-file.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        static const QRegularExpression block(QStringLiteral("```yaml\\n(.*?)```"),
                                              QRegularExpression::DotMatchesEverythingOption);
        QSet<QString> kinds;
        for (const auto &match : block.globalMatch(text)) {
            const auto configuration = read(match.captured(1).toUtf8());
            QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().sentence));
            QVERIFY(*read(writeMonitorsFile(*configuration)) == *configuration);
            for (const auto &monitor : configuration->monitors)
                kinds.insert(checkKind(monitor.check));
        }
        QCOMPARE(kinds.size(), 15);
    }

    void readsTheNetwork()
    {
        const auto configuration =
            read("version: 1\nnetwork: {witnesses: [{scope: lan, host: 10.0.0.1}, {scope: wan, "
                 "host: a.example, port: 443}], usualWitnesses: false, checksPerHost: 50}\n");
        QVERIFY2(configuration, qPrintable(configuration ? QString() : configuration.error().sentence));
        const auto &network = configuration->network;
        QCOMPARE(network.witnesses.size(), 2);
        QCOMPARE(network.witnesses.last().port, quint16(443));
        QVERIFY(!network.usualWitnesses);
        QCOMPARE(network.checksPerHost, 50);
        QCOMPARE(read("version: 1\n")->network, NetworkSettings());
        const auto refused = read("version: 1\nnetwork: {witnesses: [{scope: moon, host: a}, {host: b}]}\n");
        QVERIFY(!refused);
        QVERIFY2(refused.error().sentence.contains(QStringLiteral("m.yaml:2:31: ")),
                 qPrintable(refused.error().sentence));
        QVERIFY(refused.error().sentence.contains(QStringLiteral("lan, vpn")));
    }

    /// A group and its members depend on each other by a detour.
    void findsCirclesThroughGroups()
    {
        const auto circle = read("version: 1\nmonitors:\n  - {name: A, group: {members: [B]}}\n"
                                 "  - {name: B, dependsOn: [A], http: {url: \"http://b/\"}}\n");
        QVERIFY(!circle);
        QVERIFY2(circle.error().sentence.contains(QStringLiteral("A -> B -> A")),
                 qPrintable(circle.error().sentence));
    }
};

QTEST_GUILESS_MAIN(TestCheckFields)
#include "tst_checkfields.moc"
