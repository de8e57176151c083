// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/blackboximport.h"
#include "app/config/csvimport.h"
#include "app/config/gatusimport.h"

#include <QFile>
#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

/// Gatus, the blackbox exporter and tables.
class TestOtherImports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gatus();
    void gatusConditions_data();
    void gatusConditions();
    void blackbox();
    void blackboxNeedsTargets();
    void csv();
    void csvWithoutHeader();
    void csvNamesBadRows();
    void csvAsSpreadsheetsWriteIt();
    void badFilesAreRefused();
};

namespace {

QByteArray content(const char *name)
{
    QFile file(QStringLiteral(BACKWATCH_TEST_DATA "/imports/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QString kFile = QStringLiteral("file");

} // namespace

void TestOtherImports::gatus()
{
    const auto imported = monitorsFromGatus(content("gatus.yaml"), kFile);
    QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().sentence));
    const auto &monitors = imported->configuration.monitors;
    QCOMPARE(monitors.size(), 5);
    QCOMPARE(qualifiedName(monitors.at(0)), QStringLiteral("shop/front"));
    QCOMPARE(monitors.at(0).timeout, milliseconds(5s));
    const auto front = std::get<HttpCheck>(monitors.at(0).check);
    QCOMPARE(front.expect.status, (QList<StatusRange>{{200, 200}}));
    QCOMPARE(front.expect.slowAfter, std::optional<milliseconds>(300ms));
    QCOMPARE(front.expect.bodyContains, QStringLiteral("Basket"));
    QCOMPARE(front.expect.certificateDays, 2);
    QVERIFY(!front.tls.verify && !front.followRedirects);
    QCOMPARE(imported->secrets,
             (QList<Secret>{{QStringLiteral("front/authorization"), QStringLiteral("Bearer word")}}));
    const auto api = std::get<HttpCheck>(monitors.at(1).check);
    QCOMPARE(monitors.at(1).interval, milliseconds(60s));
    QCOMPARE(api.method, HttpMethod::Post);
    QCOMPARE(api.expect.json.size(), 3);
    QCOMPARE(api.expect.json.at(0).value, QStringLiteral("\"UP\""));
    const auto dns = std::get<DnsCheck>(monitors.at(2).check);
    QCOMPARE(dns.expect, QStringList{QStringLiteral("192.0.2.7")});
    QVERIFY(monitors.at(3).paused);
    QCOMPARE(checkTarget(monitors.at(4).check), QStringLiteral("192.0.2.1:6379"));
    const QStringList &out = imported->leftOut;
    QCOMPARE(out.filter(QStringLiteral("[IP] == 192.0.2.1")).size(), 1);
    QCOMPARE(out.filter(QStringLiteral("len([BODY].items) > 1")).size(), 1);
    QCOMPARE(out.filter(QStringLiteral("alerts")).size(), 1);
    QCOMPARE(out.filter(QStringLiteral("udp: ")).size(), 1);
    QCOMPARE(out.size(), 4);
}

void TestOtherImports::gatusConditions_data()
{
    QTest::addColumn<QStringList>("conditions");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const auto row = [](const QStringList &conditions, int from, int to) {
        QTest::newRow(qPrintable(conditions.join(u' '))) << conditions << from << to;
    };
    row({QStringLiteral("[STATUS] == 204")}, 204, 204);
    row({QStringLiteral("[STATUS] < 400")}, 100, 399);
    row({QStringLiteral("[STATUS] >= 200"), QStringLiteral("[STATUS] <= 299")}, 200, 299);
    row({QStringLiteral("[STATUS] == any(200, 404)")}, 200, 404);
    row({QStringLiteral("[STATUS]==503")}, 503, 503);
}

void TestOtherImports::gatusConditions()
{
    QFETCH(QStringList, conditions);
    CheckSpec check = HttpCheck();
    for (const auto &condition : conditions)
        QVERIFY(addGatusCondition(condition, &check));
    const auto status = std::get<HttpCheck>(check).expect.status;
    QTEST(status.first().from, "from");
    QTEST(status.last().to, "to");
    for (const char *other : {"[STATUS] == x", "[DOMAIN_EXPIRATION] > 720h", "", "[BODY] == any(a, b)"})
        QVERIFY2(!addGatusCondition(QLatin1String(other), &check), other);
}

void TestOtherImports::blackbox()
{
    const auto imported =
        monitorsFromBlackbox({{kFile, content("blackbox.yml")}, {kFile, content("prometheus.yml")}});
    QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().sentence));
    const auto &monitors = imported->configuration.monitors;
    QCOMPARE(monitors.size(), 5);
    QCOMPARE(qualifiedName(monitors.at(0)), QStringLiteral("websites/shop.example"));
    QCOMPARE(qualifiedName(monitors.at(1)), QStringLiteral("websites/other.example-a"));
    QCOMPARE(monitors.at(0).interval, milliseconds(30s));
    QCOMPARE(monitors.at(0).timeout, milliseconds(5s));
    const auto http = std::get<HttpCheck>(monitors.at(0).check);
    QCOMPARE(http.expect.status, (QList<StatusRange>{{200, 200}, {301, 301}}));
    QCOMPARE(http.expect.bodyMatches, QStringLiteral("Basket"));
    QCOMPARE(http.version, HttpVersion::Http1);
    QCOMPARE(http.family, AddressFamily::Ipv4);
    QCOMPARE(http.authentication.user, QStringLiteral("me"));
    QVERIFY(!http.followRedirects && !http.tls.verify);
    QCOMPARE(monitors.at(2).interval, milliseconds(15s));
    QCOMPARE(checkKind(monitors.at(2).check), QStringLiteral("ping"));
    QVERIFY(std::get<TcpCheck>(monitors.at(3).check).secure);
    QCOMPARE(std::get<DnsCheck>(monitors.at(4).check).resolver, QStringLiteral("192.0.2.53"));
    const QStringList &out = imported->leftOut;
    QCOMPARE(out.filter(QStringLiteral("fail_if_body_matches_regexp")).size(), 2);
    QCOMPARE(out.filter(QStringLiteral("file_sd_configs")).size(), 1);
    QCOMPARE(out.filter(QStringLiteral("“grpc”")).size(), 1);
    QCOMPARE(out.filter(QStringLiteral("“what”")).size(), 1);
    QCOMPARE(out.size(), 5);
}

void TestOtherImports::blackboxNeedsTargets()
{
    const auto modules = monitorsFromBlackbox({{kFile, content("blackbox.yml")}});
    QVERIFY(!modules && modules.error().kind == Error::Kind::Invalid);
    QVERIFY(modules.error().sentence.contains(QStringLiteral("prometheus.yml")));
    QVERIFY(!monitorsFromBlackbox({{kFile, "a: b"}}));
    const auto alone = monitorsFromBlackbox({{kFile, content("prometheus.yml")}});
    QVERIFY(alone);
    QCOMPARE(alone->configuration.monitors.size(), 1); // the one of a module that comes with it
}

void TestOtherImports::csv()
{
    const auto imported =
        monitorsFromCsv("url,Name,service,interval,timeout,status,contains,colour\n"
                        "https://shop.example/,Front,Shop,1m,5s,200-299 301,\"Basket, \"\"yours\"\"\",red\n"
                        "redis://10.0.0.6,Cache,Shop,,,,,\n",
                        kFile);
    QVERIFY2(imported, qPrintable(imported ? QString() : imported.error().sentence));
    const auto &monitors = imported->configuration.monitors;
    QCOMPARE(monitors.size(), 2);
    QCOMPARE(qualifiedName(monitors.at(0)), QStringLiteral("Shop/Front"));
    QCOMPARE(monitors.at(0).interval, milliseconds(60s));
    const auto http = std::get<HttpCheck>(monitors.at(0).check);
    QCOMPARE(http.expect.bodyContains, QStringLiteral("Basket, \"yours\""));
    QCOMPARE(http.expect.status, (QList<StatusRange>{{200, 299}, {301, 301}}));
    QCOMPARE(checkKind(monitors.at(1).check), QStringLiteral("redis"));
    QCOMPARE(imported->configuration.services.size(), 1);
    QCOMPARE(imported->leftOut.size(), 1);
    QVERIFY(imported->leftOut.first().contains(QStringLiteral("“colour”")));
}

void TestOtherImports::csvWithoutHeader()
{
    const auto pairs = monitorsFromCsv("A,https://a.example/\nB,b.example", kFile);
    QVERIFY(pairs);
    QCOMPARE(pairs->configuration.monitors.size(), 2);
    QCOMPARE(pairs->configuration.monitors.last().name, QStringLiteral("B"));
    const auto addresses = monitorsFromCsv("https://a.example/\nhttps://b.example/x\n", kFile);
    QVERIFY(addresses);
    QCOMPARE(addresses->configuration.monitors.last().name, QStringLiteral("b.example x"));
}

void TestOtherImports::csvNamesBadRows()
{
    const auto imported = monitorsFromCsv("name,url,interval\nA,gopher://a.example/,\nB,b.example,often\n"
                                          "C,c.example,30s\n",
                                          kFile);
    QVERIFY(imported);
    QCOMPARE(imported->configuration.monitors.size(), 1);
    QCOMPARE(imported->leftOut.size(), 2);
    QVERIFY(imported->leftOut.at(0).startsWith(QStringLiteral("A: ")));
    QVERIFY(imported->leftOut.at(1).contains(QStringLiteral("“often”")));
}

void TestOtherImports::csvAsSpreadsheetsWriteIt()
{
    const auto imported = monitorsFromCsv("\xEF\xBB\xBFname;url\r\n'=Sum;https://a.example/\r\n", kFile);
    QVERIFY(imported);
    QCOMPARE(imported->configuration.monitors.first().name, QStringLiteral("=Sum"));
}

void TestOtherImports::badFilesAreRefused()
{
    for (const QByteArray &text :
         {QByteArray(), QByteArray("a: [b"), QByteArray("- a"), QByteArray("\xff\xfe")}) {
        const auto gatus = monitorsFromGatus(text, kFile);
        QVERIFY(!gatus && gatus.error().kind == Error::Kind::Invalid);
        const auto blackbox = monitorsFromBlackbox({{kFile, text}});
        QVERIFY(!blackbox && blackbox.error().kind == Error::Kind::Invalid);
    }
    QVERIFY(!monitorsFromCsv({}, kFile));
    QVERIFY(!monitorsFromCsv("name,url\n", kFile));
}

QTEST_GUILESS_MAIN(TestOtherImports)
#include "tst_otherimports.moc"
