// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/kumaheartbeats.h"
#include "app/config/kumaimport.h"
#include "tests/app/config/kumafixture.h"

#include <QCryptographicHash>
#include <QDir>

using namespace backwatch;
using namespace std::chrono_literals;

class TestKumaImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void websites();
    void servers();
    void groupsNameTheirMembers();
    void saysWhatIsNotPossible();
    void maintenance();
    void namesMayRepeat();
    void averagesOfDeletedBeats();
    void leavesNoTrace();
    void readsWhatIsNotYetInTheFile();
    void refusesOtherFiles();
    void outcomes_data();
    void outcomes();
};

namespace {

ImportedMonitors import(const KumaFixture &fixture)
{
    const auto kuma = KumaDatabase::open(fixture.path());
    if (!kuma)
        qFatal("%s", qPrintable(kuma.error().sentence));
    const auto monitors = monitorsOf(**kuma);
    if (!monitors)
        qFatal("%s", qPrintable(monitors.error().sentence));
    return *monitors;
}

template <typename Check>
Check checkOf(const ImportedMonitors &imported, const QString &name)
{
    for (const auto &monitor : imported.configuration.monitors)
        if (monitor.name == name)
            if (const auto *check = std::get_if<Check>(&monitor.check))
                return *check;
    qWarning("no such monitor: %s", qPrintable(name + u'\n' + imported.leftOut.join(u'\n')));
    return {};
}

} // namespace

void TestKumaImport::websites()
{
    KumaFixture fixture(2);
    fixture.sql(
        QStringLiteral("INSERT INTO proxy (user_id, protocol, host, port, auth, username, password) VALUES "
                       "(1, 'http', 'proxy.example', 3128, 1, 'me', 'proxy word')"));
    fixture.sql(QStringLiteral(
        "INSERT INTO monitor (name, type, url, interval, retry_interval, maxretries, timeout, method, body, "
        "headers, "
        "basic_auth_user, basic_auth_pass, proxy_id, accepted_statuscodes_json, ignore_tls, maxredirects, "
        "keyword, "
        "active, ip_family) VALUES ('Shop', 'keyword', 'https://shop.example/a?b=c', 60, 20, 3, 48, 'POST', "
        "'{\"a\":1}', '{\"X-Api-Key\":\"key word\",\"Accept\":\"text/html\"}', 'admin', 'pass word', 1, "
        "'[\"200-299\",\"301\"]', 1, 0, 'Basket', 0, 'ipv6')"));
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, url, json_path, json_path_operator, expected_value) "
                       "VALUES ('API', 'json-query', 'http://api.example', 'queue.length', '<', '10')"));
    fixture.sql(QStringLiteral("INSERT INTO monitor (name, type, url, keyword, invert_keyword) "
                               "VALUES ('No error', 'keyword', 'http://a.example/', 'Error', 1)"));
    const auto imported = import(fixture);
    QCOMPARE(imported.configuration.monitors.size(), 3);
    const Monitor shop = imported.configuration.monitors.first();
    QCOMPARE(shop.interval, milliseconds(60s));
    QCOMPARE(shop.retryInterval, milliseconds(20s));
    QCOMPARE(shop.retries, 3);
    QCOMPARE(shop.timeout, milliseconds(48s));
    QVERIFY(shop.paused);
    const auto http = std::get<HttpCheck>(shop.check);
    QCOMPARE(http.url, QUrl(QStringLiteral("https://shop.example/a?b=c")));
    QCOMPARE(http.method, HttpMethod::Post);
    QCOMPARE(http.body, QByteArray("{\"a\":1}"));
    QCOMPARE(headerValue(http.headers, "Accept"), QByteArray("text/html"));
    QCOMPARE(headerValue(http.headers, "Content-Type"), QByteArray("application/json"));
    QCOMPARE(http.secretHeaders.size(), 1);
    QCOMPARE(http.authentication.user, QStringLiteral("admin"));
    QCOMPARE(http.proxy, QStringLiteral("http://me@proxy.example:3128"));
    QCOMPARE(http.expect.status, (QList<StatusRange>{{200, 299}, {301, 301}}));
    QCOMPARE(http.expect.bodyContains, QStringLiteral("Basket"));
    QCOMPARE(http.family, AddressFamily::Ipv6);
    QVERIFY(!http.tls.verify && !http.followRedirects);
    QCOMPARE(imported.secrets, (QList<Secret>{{QStringLiteral("Shop/x-api-key"), QStringLiteral("key word")},
                                              {QStringLiteral("Shop/password"), QStringLiteral("pass word")},
                                              {QStringLiteral("Shop/proxy"), QStringLiteral("proxy word")}}));
    const auto api = checkOf<HttpCheck>(imported, QStringLiteral("API"));
    QCOMPARE(api.expect.json, (QList<JsonExpectation>{{QStringLiteral("$.queue.length"),
                                                       JsonExpectation::Test::Less, QStringLiteral("10")}}));
    QCOMPARE(imported.configuration.monitors.at(1).timeout, milliseconds(16s)); // 0.8 of 20 s
    QCOMPARE(checkOf<HttpCheck>(imported, QStringLiteral("No error")).expect.bodyLacks,
             QStringLiteral("Error"));
}

void TestKumaImport::servers()
{
    KumaFixture fixture(2);
    fixture.sql(QStringLiteral(
        "INSERT INTO monitor (name, type, hostname, port) VALUES ('Port', 'port', 'a.example', 25)"));
    fixture.sql(QStringLiteral(
        "INSERT INTO monitor (name, type, hostname, ping_count) VALUES ('Ping', 'ping', '::1', 4)"));
    fixture.sql(QStringLiteral(
        "INSERT INTO monitor (name, type, hostname, port, dns_resolve_type, dns_resolve_server) VALUES "
        "('DNS', 'dns', 'shop.example', 5353, 'MX', '1.1.1.1, 8.8.8.8')"));
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, push_token) VALUES ('Push', 'push', 'token word')"));
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, database_connection_string, database_query) VALUES "
                       "('PG', 'postgres', 'postgres://u:p%40w@db.example/shop', 'SELECT 2')"));
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, database_connection_string, radius_password) VALUES "
                       "('My', 'mysql', 'mysql://u@db.example:3307/shop', 'own')"));
    fixture.sql(QStringLiteral("INSERT INTO monitor (name, type, database_connection_string) VALUES "
                               "('Redis', 'redis', 'rediss://:word@r.example')"));
    fixture.sql(QStringLiteral("INSERT INTO monitor (name, type, hostname, smtp_security) VALUES "
                               "('Mail', 'smtp', 'mail.example', 'starttls')"));
    const auto imported = import(fixture);
    QCOMPARE(imported.configuration.monitors.size(), 8);
    QCOMPARE(checkTarget(checkOf<TcpCheck>(imported, QStringLiteral("Port"))),
             QStringLiteral("a.example:25"));
    QCOMPARE(checkOf<PingCheck>(imported, QStringLiteral("Ping")).count, 4);
    const auto dns = checkOf<DnsCheck>(imported, QStringLiteral("DNS"));
    QCOMPARE(dns.type, DnsType::Mx);
    QCOMPARE(dns.resolver, QStringLiteral("1.1.1.1:5353"));
    const auto pg = checkOf<DatabaseCheck>(imported, QStringLiteral("PG"));
    QCOMPARE(pg.kind, DatabaseKind::Postgresql);
    QCOMPARE(pg.database, QStringLiteral("shop"));
    QCOMPARE(pg.query, QStringLiteral("SELECT 2"));
    QCOMPARE(pg.server.port, 5432);
    QCOMPARE(checkOf<DatabaseCheck>(imported, QStringLiteral("My")).server.port, 3307);
    QVERIFY(checkOf<RedisCheck>(imported, QStringLiteral("Redis")).secure);
    QCOMPARE(checkOf<MailCheck>(imported, QStringLiteral("Mail")).security, MailSecurity::StartTls);
    QStringList values;
    for (const auto &secret : imported.secrets)
        values += secret.value;
    QCOMPARE(values, (QStringList{QStringLiteral("token word"), QStringLiteral("p@w"), QStringLiteral("own"),
                                  QStringLiteral("word")}));
}

void TestKumaImport::groupsNameTheirMembers()
{
    KumaFixture fixture(1);
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (id, name, type, parent) VALUES (1, 'All', 'group', NULL), "
                       "(2, 'Web', 'group', 1), (4, 'Empty', 'group', 1), (5, 'Circle', 'group', 6), "
                       "(6, 'Circle too', 'group', 5)"));
    fixture.sql(QStringLiteral("INSERT INTO monitor (id, name, type, url, parent) VALUES "
                               "(3, 'Shop/front', 'http', 'http://a.example/', 2)"));
    const auto imported = import(fixture);
    QCOMPARE(checkOf<GroupCheck>(imported, QStringLiteral("Web")).members,
             QStringList{QStringLiteral("Shop-front")});
    QCOMPARE(checkOf<GroupCheck>(imported, QStringLiteral("All")).members,
             QStringList{QStringLiteral("Web")});
    QCOMPARE(imported.ids.value(3), QStringLiteral("Shop-front"));
    QCOMPARE(imported.leftOut.filter(QStringLiteral("Circle")).size(), 2);
    QCOMPARE(imported.leftOut.filter(QStringLiteral("Empty")).size(), 1);
}

void TestKumaImport::saysWhatIsNotPossible()
{
    KumaFixture fixture(1);
    for (const char *type :
         {"docker", "mqtt", "steam", "grpc-keyword", "radius", "real-browser", "sqlserver"})
        fixture.sql(QStringLiteral("INSERT INTO monitor (name, type) VALUES ('A %1', '%1')")
                        .arg(QLatin1String(type)));
    fixture.sql(QStringLiteral("INSERT INTO monitor (name, type, url, upside_down) VALUES "
                               "('Upside', 'http', 'http://a.example/', 1)"));
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, url) VALUES ('Bad', 'http', 'ftp://a.example/')"));
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, hostname) VALUES ('No port', 'port', 'a.example')"));
    fixture.sql(QStringLiteral("INSERT INTO monitor_tag (monitor_id, tag_id) VALUES (1, 1)"));
    fixture.sql(QStringLiteral("INSERT INTO notification (name) VALUES ('Mail')"));
    const auto imported = import(fixture);
    QCOMPARE(imported.configuration.monitors.size(), 0);
    QCOMPARE(imported.leftOut.size(), 12);
    QVERIFY(imported.leftOut.first().startsWith(QStringLiteral("A docker: ")));
    QVERIFY(imported.leftOut.first().contains(QStringLiteral("“docker”")));
    for (const auto &sentence : imported.leftOut)
        QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
}

void TestKumaImport::maintenance()
{
    KumaFixture fixture(1);
    fixture.sql(QStringLiteral(
        "INSERT INTO monitor (id, name, type, url) VALUES (1, 'Shop', 'http', 'http://a.example/')"));
    fixture.sql(
        QStringLiteral("INSERT INTO setting (key, value) VALUES ('serverTimezone', '\"Europe/Berlin\"')"));
    fixture.sql(QStringLiteral(
        "INSERT INTO maintenance (id, title, strategy, start_date, end_date, start_time, end_time, weekdays, "
        "days_of_month, interval_day, cron, timezone, duration) VALUES "
        "(1, 'Once', 'single', '2024-07-01 10:00:00', '2024-07-01 11:30:00', NULL, NULL, '[]', '[]', NULL, "
        "NULL, 'SAME_AS_SERVER', NULL), "
        "(2, 'Week', 'recurring-weekday', NULL, NULL, '23:00', '01:00', '[0,2]', '[]', NULL, NULL, 'UTC', "
        "NULL), "
        "(3, 'Month', 'recurring-day-of-month', NULL, NULL, '02:30', '03:00', '[]', '[1,15]', NULL, NULL, "
        "'UTC', NULL), "
        "(4, 'Cron', 'cron', NULL, NULL, NULL, NULL, '[]', '[]', NULL, '30 3 * * *', 'UTC', 3600), "
        "(5, 'Daily', 'recurring-interval', NULL, NULL, '04:00', '05:00', '[]', '[]', 1, NULL, 'UTC', NULL), "
        "(6, 'Third', 'recurring-interval', NULL, NULL, '04:00', '05:00', '[]', '[]', 3, NULL, 'UTC', NULL), "
        "(7, 'Manual', 'manual', NULL, NULL, NULL, NULL, '[]', '[]', NULL, NULL, 'UTC', NULL)"));
    for (int id = 1; id <= 7; ++id)
        fixture.sql(
            QStringLiteral("INSERT INTO monitor_maintenance (monitor_id, maintenance_id) VALUES (1, %1)")
                .arg(id));
    const auto imported = import(fixture);
    const auto windows = imported.configuration.monitors.first().maintenance;
    QCOMPARE(windows.size(), 5);
    QCOMPARE(windows.at(0).from, *parseTimestamp(u"2024-07-01T08:00:00Z"));
    QCOMPARE(windows.at(0).to, *parseTimestamp(u"2024-07-01T09:30:00Z"));
    QCOMPARE(windows.at(1).weekdays, (QList<int>{2, 7}));
    QCOMPARE(windows.at(1).duration, milliseconds(2h));
    QCOMPARE(windows.at(2).cron, QStringLiteral("30 2 1,15 * *"));
    QCOMPARE(windows.at(3).duration, milliseconds(1h));
    QCOMPARE(windows.at(4).weekdays.size(), 7);
    QCOMPARE(imported.leftOut.size(), 2);
}

void TestKumaImport::namesMayRepeat()
{
    KumaFixture fixture(1);
    for (int i = 0; i < 3; ++i)
        fixture.sql(QStringLiteral(
            "INSERT INTO monitor (name, type, hostname) VALUES ('Same', 'ping', 'a.example')"));
    const auto imported = import(fixture);
    QCOMPARE(imported.configuration.monitors.at(2).name, QStringLiteral("Same (3)"));
    QCOMPARE(imported.ids.value(3), QStringLiteral("Same (3)"));
}

void TestKumaImport::averagesOfDeletedBeats()
{
    KumaFixture fixture(2);
    fixture.sql(QStringLiteral(
        "INSERT INTO monitor (id, name, type, hostname) VALUES (1, 'A', 'ping', 'a.example')"));
    const qint64 today = *parseTimestamp(u"2026-03-10T12:00:00Z");
    fixture.beat(1, today, 1, {}, 5);
    // What is of the same day stands beside the beats themselves.
    fixture.sql(QStringLiteral(
                    "INSERT INTO stat_daily (monitor_id, timestamp, ping, up, down) VALUES (1, %1, 5, 9, 1)")
                    .arg(*parseTimestamp(u"2026-03-10T00:00:00Z") / 1'000));
    QCOMPARE(import(fixture).leftOut, QStringList());
    fixture.sql(QStringLiteral(
                    "INSERT INTO stat_daily (monitor_id, timestamp, ping, up, down) VALUES (1, %1, 5, 9, 1)")
                    .arg(*parseTimestamp(u"2025-03-10T00:00:00Z") / 1'000));
    const auto leftOut = import(fixture).leftOut;
    QCOMPARE(leftOut.size(), 1);
    QVERIFY2(leftOut.first().contains(u"stat_daily"), qPrintable(leftOut.first()));
}

void TestKumaImport::leavesNoTrace()
{
    KumaFixture fixture(1);
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, hostname) VALUES ('A', 'ping', 'a.example')"));
    fixture.close();
    const QDir folder = QFileInfo(fixture.path()).dir();
    const auto state = [&] {
        QFile file(fixture.path());
        return file.open(QIODevice::ReadOnly)
                   ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256)
                   : QByteArray();
    };
    const QByteArray before = state();
    QCOMPARE(import(fixture).configuration.monitors.size(), 1);
    QCOMPARE(state(), before);
    QCOMPARE(folder.entryList(QDir::Files), QStringList{QStringLiteral("kuma.db")});
}

void TestKumaImport::readsWhatIsNotYetInTheFile()
{
    KumaFixture fixture(1);
    fixture.sql(QStringLiteral("PRAGMA journal_mode = WAL"));
    fixture.sql(
        QStringLiteral("INSERT INTO monitor (name, type, hostname) VALUES ('A', 'ping', 'a.example')"));
    QVERIFY(QFileInfo(fixture.path() + QStringLiteral("-wal")).size() > 0);
    QCOMPARE(import(fixture).configuration.monitors.size(), 1);
}

void TestKumaImport::refusesOtherFiles()
{
    QTemporaryDir folder;
    const auto missing = KumaDatabase::open(folder.filePath(QStringLiteral("none")));
    QVERIFY(!missing && missing.error().kind == Error::Kind::Unreadable);
    QFile text(folder.filePath(QStringLiteral("text")));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("no database");
    text.close();
    const auto other = KumaDatabase::open(text.fileName());
    QVERIFY(!other && other.error().kind == Error::Kind::Invalid);
}

void TestKumaImport::outcomes_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<int>("status");
    const auto row = [](const char *message, const char *outcome, int status = 0) {
        QTest::newRow(message) << QString::fromLatin1(message) << QString::fromLatin1(outcome) << status;
    };
    row("Request failed with status code 503", "http-status", 503);
    row("404 - Not Found", "http-status", 404);
    row("200 - OK, but keyword is not in [x]", "body-mismatch", 200);
    row("timeout of 48000ms exceeded", "first-byte-timeout");
    row("connect ECONNREFUSED 127.0.0.1:80", "connect-refused");
    row("connect ETIMEDOUT 192.0.2.1:443", "connect-timeout");
    row("connect EHOSTUNREACH 192.0.2.1:443", "unreachable");
    row("getaddrinfo ENOTFOUND shop.example", "dns-not-found");
    row("getaddrinfo EAI_AGAIN shop.example", "dns-failure");
    row("socket hang up", "closed-early");
    row("certificate has expired", "tls-expired");
    row("self-signed certificate", "tls-untrusted");
    row("Maximum number of redirects exceeded", "redirect-loop");
    row("Something new", "protocol-error");
}

void TestKumaImport::outcomes()
{
    QFETCH(QString, message);
    QTEST(outcomeId(outcomeFromMessage(message)).toString(), "outcome");
    QTEST(statusFromMessage(message), "status");
}

QTEST_GUILESS_MAIN(TestKumaImport)
#include "tst_kumaimport.moc"
