// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/evidencecodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

Exchange backendFetchFailed()
{
    Exchange exchange;
    exchange.startedAt = 1'790'000'000'123;
    exchange.outcome = Outcome::HttpStatus;
    exchange.detail = u"503 Backend fetch failed"_s;
    exchange.method = "GET";
    exchange.url = QUrl(u"https://shop.example/caf%C3%A9?q=1&q=2"_s);
    exchange.requestHeaders = {{"Host", "shop.example"}, {"Accept", "*/*"}};
    exchange.status = 503;
    exchange.httpVersion = u"1.1"_s;
    exchange.reason = "Backend fetch failed";
    exchange.responseHeaders = {{"Server", "Varnish"},
                                {"X-Varnish", "32770"},
                                {"Content-Type", "text/html"},
                                {"via", "1.1 varnish"},
                                {"X-Varnish", "5"}};
    exchange.body = "<html>Backend fetch failed \xc3\xa4</html>";
    exchange.bodySize = 4711;
    exchange.phases = {microseconds(1'201),  microseconds(9'807), microseconds(14'103), microseconds(1),
                       microseconds(51'000), microseconds(499),   microseconds(76'611)};
    exchange.address = u"2001:db8::7"_s;
    exchange.port = 443;
    exchange.certificate = Certificate{u"shop.example"_s, u"Test CA"_s, 1'795'000'000'000};
    return exchange;
}

QJsonObject entryOf(const QByteArray &har)
{
    return QJsonDocument::fromJson(har)["log"_L1]["entries"_L1].toArray().last().toObject();
}

void compare(const Exchange &actual, const Exchange &expected)
{
    QCOMPARE(actual.startedAt, expected.startedAt);
    QCOMPARE(actual.outcome, expected.outcome);
    QCOMPARE(actual.detail, expected.detail);
    QCOMPARE(actual.method, expected.method);
    QCOMPARE(actual.url, expected.url);
    QCOMPARE(actual.requestHeaders, expected.requestHeaders);
    QCOMPARE(actual.status, expected.status);
    QCOMPARE(actual.httpVersion, expected.httpVersion);
    QCOMPARE(actual.reason, expected.reason);
    QCOMPARE(actual.responseHeaders, expected.responseHeaders);
    QCOMPARE(actual.body, expected.body);
    QCOMPARE(actual.bodySize, expected.bodySize);
    QCOMPARE(actual.truncated, expected.truncated);
    QVERIFY(actual.phases == expected.phases);
    QCOMPARE(actual.address, expected.address);
    QCOMPARE(actual.port, expected.port);
    QVERIFY(actual.certificate == expected.certificate);
}

} // namespace

class TestEvidenceCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheSameBack_data();
    void givesTheSameBack();
    void isHar();
    void noAnswer();
    void bodyThatWasLeftOut();
    void lastEntryOfABrowser();
    void refuses_data();
    void refuses();
    void damagedPack();
};

void TestEvidenceCodec::givesTheSameBack_data()
{
    QTest::addColumn<Exchange>("exchange");
    QTest::newRow("all filled") << backendFetchFailed();
    QTest::newRow("empty") << Exchange{};
    auto exchange = backendFetchFailed();
    exchange.body = QByteArray("\x1f\x8b\x00\xff", 4);
    exchange.truncated = true;
    QTest::newRow("binary body, cut short") << exchange;
    exchange.body = QByteArray("a\x00b", 3);
    QTest::newRow("zero byte in the body") << exchange;
    exchange.body = "\xef\xbb\xbf<html>";
    QTest::newRow("byte order mark") << exchange;
    exchange.responseHeaders.append(HttpHeader{"X-Name", "caf\xe9"});
    exchange.reason = "Pas trouv\xe9";
    QTest::newRow("Latin-1 header and reason") << exchange;
    exchange.phases = {};
    exchange.phases.connect = microseconds(0);
    exchange.phases.tls = microseconds(0);
    QTest::newRow("phases of no length") << exchange;
    exchange.phases = {};
    exchange.phases.tls = microseconds(5);
    QTest::newRow("TLS on a connection that stood") << exchange;
    exchange.httpVersion = u"2"_s;
    exchange.reason.clear();
    exchange.body = QByteArray(Exchange::kBodyLimit, 'x');
    QTest::newRow("HTTP/2, longest body") << exchange;
}

void TestEvidenceCodec::givesTheSameBack()
{
    QFETCH(const Exchange, exchange);
    const auto packed = packEvidence(exchange);
    QVERIFY(packed);
    const auto unpacked = unpackEvidence(*packed);
    QVERIFY(unpacked);
    compare(*unpacked, exchange);
}

void TestEvidenceCodec::isHar()
{
    auto exchange = backendFetchFailed();
    exchange.truncated = true;
    const QByteArray har = harFromExchange(exchange);
    QCOMPARE(QJsonDocument::fromJson(har)["log"_L1]["version"_L1].toString(), u"1.2"_s);
    const QJsonObject entry = entryOf(har);
    QCOMPARE(entry["startedDateTime"_L1].toString(), u"2026-09-21T14:13:20.123Z"_s);
    QCOMPARE(entry["time"_L1].toDouble(), 76.611);
    QCOMPARE(entry["serverIPAddress"_L1].toString(), u"2001:db8::7"_s);
    QCOMPARE(entry["_truncated"_L1].toBool(), true);
    QVERIFY(!entry.contains("_error"_L1));
    const auto timings = entry["timings"_L1];
    QCOMPARE(timings["blocked"_L1].toDouble(), -1.0);
    QCOMPARE(timings["dns"_L1].toDouble(), 1.201);
    QCOMPARE(timings["ssl"_L1].toDouble(), 14.103);
    QCOMPARE(timings["connect"_L1].toDouble(), 23.910); // with TLS, as the format says
    QCOMPARE(timings["wait"_L1].toDouble(), 51.0);
    const auto response = entry["response"_L1];
    QCOMPARE(response["status"_L1].toInt(), 503);
    QCOMPARE(response["statusText"_L1].toString(), u"Backend fetch failed"_s);
    QCOMPARE(response["httpVersion"_L1].toString(), u"HTTP/1.1"_s);
    QCOMPARE(response["headers"_L1][3]["name"_L1].toString(), u"via"_s);
    QCOMPARE(response["headers"_L1][4]["value"_L1].toString(), u"5"_s);
    QVERIFY(response["content"_L1]["encoding"_L1].isUndefined());

    exchange.body = "\xff\xfe";
    const auto content = entryOf(harFromExchange(exchange))["response"_L1]["content"_L1];
    QCOMPARE(content["encoding"_L1].toString(), u"base64"_s);
    QCOMPARE(content["text"_L1].toString(), u"//4="_s);
}

void TestEvidenceCodec::noAnswer()
{
    Exchange exchange;
    exchange.outcome = Outcome::ConnectRefused;
    exchange.phases.dns = microseconds(1'500);
    exchange.phases.total = microseconds(1'700);
    const auto entry = entryOf(harFromExchange(exchange));
    QCOMPARE(entry["response"_L1]["status"_L1].toInt(-5), 0);
    QCOMPARE(entry["_error"_L1].toString(), u"connect-refused"_s);
    for (const auto absent : {"connect"_L1, "ssl"_L1, "send"_L1, "wait"_L1, "receive"_L1})
        QCOMPARE(entry["timings"_L1][absent].toDouble(), -1.0);
    QVERIFY(!entry.contains("_truncated"_L1));
}

/// A body that was counted but not recorded is no empty one.
void TestEvidenceCodec::bodyThatWasLeftOut()
{
    const auto sizeOf = [](const QByteArray &content, int bodySize) {
        const auto exchange = exchangeFromHar(
            R"({"log":{"version":"1.2","entries":[{"request":{"url":"http://a.example/"},"response":{"status":500,)"
            R"("headers":[],"content":)" +
            content + R"(,"bodySize":)" + QByteArray::number(bodySize) + "}}]}}");
        return exchange ? exchange->bodySize : -1;
    };
    QCOMPARE(sizeOf(R"({"size":5000})", -1), 5'000);
    QCOMPARE(sizeOf("{}", 5'000), 5'000);
    QCOMPARE(sizeOf("{}", -1), 0);
    QCOMPARE(sizeOf(R"({"size":0})", 5), 0); // the end of a chunked body
    QCOMPARE(sizeOf(R"({"size":0,"text":""})", 5), 0);
    QCOMPARE(sizeOf(R"({"size":3,"text":"abc"})", 3), 3);
}

void TestEvidenceCodec::lastEntryOfABrowser()
{
    const QByteArray har = R"({"log":{"version":"1.2","entries":[{"request":{"url":"http://first.example/"}},
        {"startedDateTime":"2026-11-22T20:00:00.000Z","time":54.75,"serverIPAddress":"[2001:db8::1]",
         "request":{"method":"GET","url":"https://www.example/","headers":[{"name":"Host","value":"www.example"}]},
         "response":{"status":502,"statusText":"","httpVersion":"h2","headers":[{"name":"server","value":"nginx"}],
                     "content":{"text":"PGgxPg==","encoding":"base64"},"bodySize":-1},
         "timings":{"dns":-1,"connect":30,"ssl":20.5,"send":null,"wait":24.25}}]}})";
    const auto exchange = exchangeFromHar(har);
    QVERIFY(exchange);
    QCOMPARE(exchange->url, QUrl(u"https://www.example/"_s));
    QCOMPARE(exchange->status, 502);
    QCOMPARE(exchange->outcome, Outcome::HttpStatus);
    QCOMPARE(exchange->httpVersion, u"2"_s);
    QCOMPARE(exchange->body, "<h1>");
    QCOMPARE(exchange->bodySize, 4);
    QCOMPARE(exchange->address, u"2001:db8::1"_s);
    QVERIFY(!exchange->phases.dns && !exchange->phases.send && !exchange->phases.receive);
    QCOMPARE(exchange->phases.connect, microseconds(9'500));
    QCOMPARE(exchange->phases.tls, microseconds(20'500));
    QCOMPARE(exchange->phases.total, microseconds(54'750));
}

void TestEvidenceCodec::refuses_data()
{
    QTest::addColumn<QByteArray>("har");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("<html>");
    QTest::newRow("no log") << QByteArray("{}");
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("no entries") << QByteArray(R"({"log":{"entries":[]}})");
    QTest::newRow("entry is a number") << QByteArray(R"({"log":{"entries":[1]}})");
}

void TestEvidenceCodec::refuses()
{
    QFETCH(const QByteArray, har);
    const auto exchange = exchangeFromHar(har);
    QVERIFY(!exchange);
    QCOMPARE(exchange.error().kind, Error::Kind::Unreadable);
    QVERIFY(exchange.error().sentence.endsWith(u'.'));
}

void TestEvidenceCodec::damagedPack()
{
    auto packed = packEvidence(backendFetchFailed());
    QVERIFY(packed);
    QVERIFY(!unpackEvidence({}));
    QVERIFY(!unpackEvidence("no zstd at all"));
    QVERIFY(!unpackEvidence(packed->chopped(5)));
    // A frame that announces 2^62 bytes must not be believed.
    QVERIFY(!unpackEvidence(QByteArray::fromHex("28b52ffde00000000000000040") + QByteArray(20, '\0')));
}

QTEST_GUILESS_MAIN(TestEvidenceCodec)
#include "tst_evidencecodec.moc"
