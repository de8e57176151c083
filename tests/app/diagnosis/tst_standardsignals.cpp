// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/standardsignals.h"
#include "app/diagnosis/structuredlist.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

class StandardSignalsTest : public QObject
{
    Q_OBJECT

private:
    static StandardSignals of(const HttpHeaders &headers, const QByteArray &body = {})
    {
        Exchange exchange;
        exchange.status = 503;
        exchange.startedAt = 784'111'777'000; // Sun, 06 Nov 1994 08:49:37 GMT
        exchange.responseHeaders = headers;
        exchange.body = body;
        return standardSignals(exchange);
    }

private Q_SLOTS:
    void proxyStatus();
    void proxyStatusThatWasPassedOn();
    void cacheStatus();
    void retryAfter_data();
    void retryAfter();
    void viaFromTheOutside();
    void serverTiming();
    void problem();
    void nothing();
    void brokenLists_data();
    void brokenLists();
};

void StandardSignalsTest::proxyStatus()
{
    const auto found =
        of({{"Proxy-Status", "origin.proxy; received-status=200"},
            {"proxy-status", R"("Edge, the first"; error=dns_error; details="no \"A\" record")"}});
    QCOMPARE(found.proxyStatus.size(), 2);
    QCOMPARE(found.proxyStatus[0], (ProxyStatus{u"origin.proxy"_s, {}, 200, {}, {}}));
    QVERIFY(found.maker());
    QCOMPARE(found.maker()->proxy, u"Edge, the first"_s);
    QCOMPARE(found.maker()->details, u"no \"A\" record"_s);
    QCOMPARE(causeOfProxyError(found.maker()->error), CauseKind::UpstreamUnresolved);
    QVERIFY(!causeOfProxyError(u"proxy_internal_response"));
}

void StandardSignalsTest::proxyStatusThatWasPassedOn()
{
    QVERIFY(!of({{"Proxy-Status", "cdn; received-status=503; error=http_protocol_error"}}).maker());
}

void StandardSignalsTest::cacheStatus()
{
    const auto found = of({{"Cache-Status", "inner; fwd=uri-miss; fwd-status=503, \"outer\"; hit; ttl=30"}});
    QCOMPARE(found.cacheStatus.size(), 2);
    QCOMPARE(found.cacheStatus[0], (CacheStatus{u"inner"_s, false, u"uri-miss"_s, 503, {}}));
    QVERIFY(found.cacheStatus[1].hit);
    QVERIFY(found.isStored());
    QVERIFY(of({{"Age", "37"}}).isStored());
    QVERIFY(!of({{"Age", "0"}, {"Cache-Status", "inner; hit=?0"}}).isStored());
}

void StandardSignalsTest::retryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("wait"); // -1: none
    QTest::newRow("seconds") << QByteArray("120") << 120LL;
    QTest::newRow("date") << QByteArray("Sun, 06 Nov 1994 08:50:37 GMT") << 60LL;
    QTest::newRow("past") << QByteArray("Sun, 06 Nov 1994 08:48:37 GMT") << 0LL;
    QTest::newRow("endless") << QByteArray("999999999999") << 365LL * 24 * 3600;
    QTest::newRow("negative") << QByteArray("-5") << -1LL;
    QTest::newRow("words") << QByteArray("soon") << -1LL;
}

void StandardSignalsTest::retryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, wait);
    const auto found = of({{"Retry-After", value}}).retryAfter;
    QCOMPARE(found ? qint64(found->count()) : -1, wait);
    if (value.endsWith("50:37 GMT")) { // against the server's own clock, which is 30 s behind
        const auto skewed =
            of({{"Retry-After", value}, {"Date", "Sun, 06 Nov 1994 08:49:07 GMT"}}).retryAfter;
        QCOMPARE(skewed, seconds(90));
    }
}

void StandardSignalsTest::viaFromTheOutside()
{
    QCOMPARE(of({{"Via", "1.0 fred, 1.1 p.example.net (x/1)"}, {"Via", "2 edge"}}).via,
             (QStringList{u"2 edge"_s, u"1.1 p.example.net (x/1)"_s, u"1.0 fred"_s}));
}

void StandardSignalsTest::serverTiming()
{
    const auto found = of({{"Server-Timing", "db;dur=53.2;desc=\"the database\", cache"}}).serverTiming;
    QCOMPARE(found, (QList<ServerTiming>{{u"db"_s, 53.2, u"the database"_s}, {u"cache"_s, 0, {}}}));
}

void StandardSignalsTest::problem()
{
    const HttpHeaders type{{"Content-Type", "application/problem+json; charset=utf-8"}};
    const auto found = of(type, R"({"title": "Out of stock", "detail": "d", "status": 503})").problem;
    QCOMPARE(found, (ProblemDetails{u"about:blank"_s, u"Out of stock"_s, u"d"_s, 503}));
    QVERIFY(!of(type, "[]").problem);
    QVERIFY(!of({{"Content-Type", "application/json"}}, R"({"title": "x"})").problem);
}

void StandardSignalsTest::nothing()
{
    QCOMPARE(of({{"Server", "nginx"}}), StandardSignals{});
}

void StandardSignalsTest::brokenLists_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<int>("members");
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("only commas") << QByteArray(",,,") << 0;
    QTest::newRow("open string") << QByteArray("a, \"b") << 1;
    QTest::newRow("ends after the backslash") << QByteArray("\"b\\") << 0;
    QTest::newRow("parameter without a name") << QByteArray("a; =1, b") << 1;
    QTest::newRow("inner list") << QByteArray("(a b), c") << 0;
    QTest::newRow("more than anybody sends") << QByteArray("a,").repeated(5000) << 64;
}

void StandardSignalsTest::brokenLists()
{
    QFETCH(QByteArray, field);
    QTEST(int(parseStructuredList(field).size()), "members");
}

QTEST_GUILESS_MAIN(StandardSignalsTest)
#include "tst_standardsignals.moc"
