// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QtTest>

using namespace backwatch;
using Script = MisbehavingServer::Script;

namespace {

const QByteArray kOk =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>Basket</p>";

Script endless(const QByteArray &head, const QByteArray &piece)
{
    return [head, piece](ServerConnection &connection) {
        connection.readHead();
        bool open = connection.write(head);
        while (open)
            open = connection.write(piece);
    };
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

} // namespace

/// One request and its answer: what comes back, what goes wrong on the way, and what it is called.
class TestHttpProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsSampleAndExchange();
    void sendsWhatItSaysItSends_data();
    void sendsWhatItSaysItSends();
    void tellsOutcomesApart_data();
    void tellsOutcomesApart();
    void tellsRefusedFromUnreachable();
    void timesOutConnecting();
    void keepsOrderAndSpellingOfFields();
    void ignoresInterimAnswersAndTrailers();
    void decodesGzip();
    void looksForTheWantedText_data();
    void looksForTheWantedText();
    void connectsToAnotherAddress();
    void keepsWhatCameBeforeTheEnd();
    void hidesCredentials();
    void rejectsChecksThatCannotBeMade_data();
    void rejectsChecksThatCannotBeMade();
    void answersSlow();
    void ignoresTheBodyOfHead();

private:
    ProbeFixture m_fixture;
};

void TestHttpProbe::fillsSampleAndExchange()
{
    MisbehavingServer server(MisbehavingServer::say(kOk));
    const auto [sample, exchange] = m_fixture.check(checkOf(server.url(QStringLiteral("/a?b=c"))));
    QCOMPARE(outcomeId(sample.outcome).toString(), QStringLiteral("ok"));
    QCOMPARE(sample.detail, QStringLiteral("200 OK"));
    QCOMPARE(sample.httpStatus, 200);
    QCOMPARE(sample.httpVersion, QStringLiteral("1.1"));
    QCOMPARE(sample.address, QStringLiteral("127.0.0.1"));
    QCOMPARE(sample.port, server.port());
    QVERIFY(!sample.certificate);
    QCOMPARE(phaseNames(sample.phases), QStringLiteral("connect send wait receive"));
    QCOMPARE(exchange->method, "GET");
    QCOMPARE(exchange->url, server.url(QStringLiteral("/a?b=c")));
    QCOMPARE(exchange->body, "<p>Basket</p>");
    QCOMPARE(exchange->bodySize, 13);
    QCOMPARE(exchange->reason, "OK");
    QCOMPARE(exchange->address, sample.address);
    QCOMPARE(exchange->port, sample.port);
    QVERIFY(!exchange->truncated);
}

void TestHttpProbe::sendsWhatItSaysItSends_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("GET") << static_cast<int>(HttpMethod::Get) << QByteArray();
    QTest::newRow("HEAD") << static_cast<int>(HttpMethod::Head) << QByteArray();
    QTest::newRow("POST") << static_cast<int>(HttpMethod::Post) << QByteArray("a=1&b=2");
    QTest::newRow("POST nothing") << static_cast<int>(HttpMethod::Post) << QByteArray();
    QTest::newRow("POST much") << static_cast<int>(HttpMethod::Post) << QByteArray(3'000'000, 'x');
}

void TestHttpProbe::sendsWhatItSaysItSends()
{
    QFETCH(int, method);
    QFETCH(QByteArray, body);
    std::mutex mutex;
    QByteArray head;
    QByteArray received;
    MisbehavingServer server([&](ServerConnection &connection) {
        const QByteArray bytes = connection.readHead();
        QByteArray content;
        while (content.size() < body.size()) {
            const QByteArray piece = connection.read(65'536);
            if (piece.isEmpty())
                break;
            content += piece;
        }
        const std::lock_guard lock(mutex);
        head = bytes;
        received = content;
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    HttpCheck check = checkOf(server.url());
    check.method = static_cast<HttpMethod>(method);
    check.body = body;
    check.headers = {
        {"X-Two", "b"}, {"X-One", "a"}, {"accept", "text/html"}, {"X-Empty", ""}, {"Cookie", "c=d"}};
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QByteArray expected = httpMethodName(check.method).toLatin1() + " / HTTP/1.1\r\n";
    for (const auto &[name, value] : result.exchange->requestHeaders)
        expected += name + ':' + (value.isEmpty() ? QByteArray() : ' ' + value) + "\r\n";
    const std::lock_guard lock(mutex);
    QCOMPARE(head, expected + "\r\n");
    QCOMPARE(received, body);
}

void TestHttpProbe::tellsOutcomesApart_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("phases");
    QTest::addColumn<QString>("detail"); ///< a part of it
    QTest::addColumn<bool>("truncated");

    const QString noAnswer = QStringLiteral("connect send wait");
    const QString answer = QStringLiteral("connect send wait receive");
    const auto row = [](const char *name, const Script &script, const char *outcome, const QString &phases,
                        const char *detail, bool truncated = false) {
        QTest::newRow(name) << script << QString::fromLatin1(outcome) << phases << QString::fromUtf8(detail)
                            << truncated;
    };
    const auto say = &MisbehavingServer::say;
    const auto hangAfter = &MisbehavingServer::sayAndHang;
    row("503", say("HTTP/1.1 503 Backend fetch failed\r\nContent-Length: 2\r\n\r\nno"), "http-status", answer,
        "503 Backend fetch failed");
    row("404 without a phrase", say("HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n"), "http-status", answer,
        "404 Not Found");
    row("no content", say("HTTP/1.1 204 No Content\r\n\r\n"), "ok", answer, "204 No Content");
    row("1.0 until close", say("HTTP/1.0 200 OK\r\n\r\nhello"), "ok", answer, "200 OK");
    row("hangs after accept", MisbehavingServer::hang(), "first-byte-timeout", noAnswer,
        "after the request was sent to 127.0.0.1:");
    row("hangs after request", hangAfter(""), "first-byte-timeout", noAnswer, "No answer within");
    row("hangs in status line", hangAfter("HTTP/1."), "body-timeout", answer, "did not end within");
    row("hangs in header", hangAfter("HTTP/1.1 200 OK\r\nServer: x\r\n"), "body-timeout", answer,
        "did not end within", true);
    row("hangs in body", hangAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "body-timeout",
        answer, "4 byte", true);
    row("hangs in chunks", hangAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
        "body-timeout", answer, "4 byte", true);
    row(
        "drips",
        [](ServerConnection &connection) {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (connection.write("."))
                QThread::msleep(5);
        },
        "body-timeout", answer, "did not end within", true);
    row(
        "closes at once", [](ServerConnection &) {}, "closed-early", QString(), "without an answer");
    row("closes after request", say(""), "closed-early", noAnswer, "without an answer");
    row(
        "resets after request",
        [](ServerConnection &connection) {
            connection.readHead();
            connection.reset();
        },
        "closed-early", noAnswer, "without an answer");
    row(
        "resets in body",
        [](ServerConnection &connection) {
            connection.readHead();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            QThread::msleep(20);
            connection.reset();
        },
        "closed-early", answer, "4 of 100", true);
    row("closes in header", say("HTTP/1.1 200 OK\r\nServer: x\r\n"), "closed-early", answer,
        "before its answer was complete", true);
    row("closes in body", say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"), "closed-early", answer,
        "4 of 1,000", true);
    row("closes in chunks", say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
        "closed-early", answer, "4 byte", true);
    row("503 cut short", say("HTTP/1.1 503 Gone\r\nContent-Length: 1000\r\n\r\nhalf"), "closed-early", answer,
        "4 of 1,000", true);
    row("bad chunk", say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nhalf\r\n"),
        "malformed-response", answer, "damaged");
    row("garbage", say(QByteArray("\x00\x01\x02\xff\xfe garbage\r\n\r\n", 16)), "malformed-response", answer,
        "not an HTTP answer");
    row("text", say("Hello, this is no HTTP.\r\nReally.\r\n"), "malformed-response", answer,
        "not an HTTP answer");
    row(
        "SSH banner",
        [](ServerConnection &connection) {
            connection.write("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
            connection.waitForClose();
        },
        "malformed-response", answer, "not an HTTP answer");
    row("not gzip", say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nplainly."),
        "malformed-response", answer, "damaged");
    row("unknown encoding",
        say("HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 8\r\n\r\nplainly."),
        "malformed-response", answer, "damaged");
    row("1 MB header line",
        say("HTTP/1.1 200 OK\r\nX-Big: " + QByteArray(1'000'000, 'x') + "\r\nContent-Length: 0\r\n\r\n"),
        "too-large", answer, "larger than");
    row("endless header", endless("HTTP/1.1 200 OK\r\n", "X-More: and more and more and more\r\n"),
        "too-large", answer, "larger than");
    row("1xx flood", endless("", "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"), "too-large",
        answer, "larger than");
    row("endless body", endless("HTTP/1.1 200 OK\r\n\r\n", QByteArray(65'536, 'x')), "too-large", answer,
        "larger than");
    row("endless chunks",
        endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(QByteArray(65'536, 'x'))),
        "too-large", answer, "larger than");
}

void TestHttpProbe::tellsOutcomesApart()
{
    QFETCH(Script, script);
    QFETCH(QString, outcome);
    QFETCH(QString, phases);
    QFETCH(QString, detail);
    QFETCH(bool, truncated);
    MisbehavingServer server(script);
    const bool endsByTimeout = outcome.endsWith(QStringLiteral("-timeout"));
    const auto result =
        m_fixture.check(checkOf(server.url()), endsByTimeout ? ProbeFixture::kShort : ProbeFixture::kAmple);
    QCOMPARE(idOf(result), outcome);
    QVERIFY2(result.sample.detail.contains(detail), qPrintable(result.sample.detail));
    if (!phases.isEmpty())
        QCOMPARE(phaseNames(result.sample.phases), phases);
    QCOMPARE(result.exchange->truncated, truncated);
    QCOMPARE(result.sample.address, QStringLiteral("127.0.0.1"));
    QCOMPARE(result.sample.port, server.port());
    QCOMPARE(server.connections(), 1);
    if (endsByTimeout)
        QCOMPARE(result.sample.phases.total, microseconds(ProbeFixture::kShort));
}

void TestHttpProbe::tellsRefusedFromUnreachable()
{
    const auto refused =
        m_fixture.check(checkOf(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(closedPort()))));
    QCOMPARE(idOf(refused), QStringLiteral("connect-refused"));
    QCOMPARE(phaseNames(refused.sample.phases), QStringLiteral("connect"));
    QVERIFY(refused.sample.detail.contains(QStringLiteral("127.0.0.1:%1 refused").arg(closedPort())));
    QCOMPARE(refused.sample.port, 0);
    QCOMPARE(refused.exchange->status, 0);

    // Nobody routes TCP to the broadcast address, whatever the network looks like.
    const auto unreachable = m_fixture.check(checkOf(QUrl(QStringLiteral("http://255.255.255.255/"))));
    QCOMPARE(idOf(unreachable), QStringLiteral("unreachable"));
    QCOMPARE(phaseNames(unreachable.sample.phases), QStringLiteral("connect"));
    QVERIFY2(unreachable.sample.detail.startsWith(QStringLiteral("255.255.255.255:80 cannot be reached:")),
             qPrintable(unreachable.sample.detail));
}

void TestHttpProbe::timesOutConnecting()
{
    const FullBacklog server;
    const auto result = m_fixture.check(
        checkOf(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.port()))), ProbeFixture::kShort);
    QCOMPARE(idOf(result), QStringLiteral("connect-timeout"));
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("connect"));
    QCOMPARE(result.sample.port, 0);
    QCOMPARE(result.sample.detail,
             QStringLiteral("No connection to 127.0.0.1:%1 within 1.0 s.").arg(server.port()));
}

void TestHttpProbe::keepsOrderAndSpellingOfFields()
{
    MisbehavingServer server(MisbehavingServer::say("HTTP/1.1 503 Backend fetch failed\r\n"
                                                    "x-VARNISH: 32770\r\nServer:Varnish\r\nVia: 1.1 a\r\n"
                                                    "X-Folded: one\r\n two\r\nVia:   1.1 b  \r\n"
                                                    "Retry-After: 5\r\nContent-Length: 0\r\n\r\n"));
    const auto result = m_fixture.check(checkOf(server.url()));
    const HttpHeaders expected{{"x-VARNISH", "32770"},  {"Server", "Varnish"}, {"Via", "1.1 a"},
                               {"X-Folded", "one two"}, {"Via", "1.1 b"},      {"Retry-After", "5"},
                               {"Content-Length", "0"}};
    QCOMPARE(result.exchange->responseHeaders.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        QCOMPARE(result.exchange->responseHeaders[i].name, expected[i].name);
        QCOMPARE(result.exchange->responseHeaders[i].value, expected[i].value);
    }
    QCOMPARE(result.exchange->reason, "Backend fetch failed");
}

void TestHttpProbe::ignoresInterimAnswersAndTrailers()
{
    MisbehavingServer server(
        MisbehavingServer::say("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 Fine\r\nA: b\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: c\r\n\r\n"));
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(result.sample.detail, QStringLiteral("200 Fine"));
    QCOMPARE(result.exchange->responseHeaders.size(), 2);
    QCOMPARE(result.exchange->responseHeaders.first().name, "A");
    QCOMPARE(result.exchange->body, "ok");
}

void TestHttpProbe::decodesGzip()
{
    // gzip of "hello"
    const QByteArray packed = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c9070086a6103605000000");
    MisbehavingServer server(MisbehavingServer::say(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + QByteArray::number(packed.size()) +
        "\r\n\r\n" + packed));
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(result.exchange->body, "hello");
    QCOMPARE(result.exchange->bodySize, packed.size());

    // A bomb: 64 MB of zeros in 64 kB.
    const QByteArray zeros = qCompress(QByteArray(64 * 1024 * 1024, '\0')).mid(4);
    MisbehavingServer bomb(
        MisbehavingServer::say("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: " +
                               QByteArray::number(zeros.size()) + "\r\n\r\n" + zeros));
    const auto exploded = m_fixture.check(checkOf(bomb.url()));
    QCOMPARE(idOf(exploded), QStringLiteral("too-large"));
    QCOMPARE(exploded.exchange->body.size(), Exchange::kBodyLimit);
}

void TestHttpProbe::looksForTheWantedText_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("outcome");
    const QString ok = QStringLiteral("ok");
    const QString not_ = QStringLiteral("body-mismatch");
    const QByteArray html = "text/html";
    QTest::newRow("there") << QStringLiteral("Basket") << html << QByteArray("a Basket b") << ok;
    QTest::newRow("other case") << QStringLiteral("Basket") << html << QByteArray("a basket b") << not_;
    QTest::newRow("empty body") << QStringLiteral("Basket") << html << QByteArray() << not_;
    QTest::newRow("UTF-8") << QStringLiteral("Körbe") << html << QStringLiteral("5 Körbe").toUtf8() << ok;
    QTest::newRow("Latin-1") << QStringLiteral("Körbe") << QByteArray("text/html; charset=ISO-8859-1")
                             << QStringLiteral("5 Körbe").toLatin1() << ok;
    QTest::newRow("late") << QStringLiteral("Basket") << html << QByteArray(1'000'000, 'x') + "Basket" << ok;
    QTest::newRow("too late") << QStringLiteral("Basket") << html
                              << QByteArray(1024 * 1024 - 3, 'x') + "Basket" << not_;
}

void TestHttpProbe::looksForTheWantedText()
{
    QFETCH(QString, wanted);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, outcome);
    MisbehavingServer server(MisbehavingServer::say("HTTP/1.1 200 OK\r\nContent-Type: " + type +
                                                    "\r\nContent-Length: " + QByteArray::number(body.size()) +
                                                    "\r\n\r\n" + body));
    HttpCheck check = checkOf(server.url());
    check.expect.bodyContains = wanted;
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), outcome);
    QCOMPARE(result.exchange->body, body.left(Exchange::kBodyLimit));
    QCOMPARE(result.exchange->bodySize, body.size());
}

void TestHttpProbe::connectsToAnotherAddress()
{
    std::mutex mutex;
    QByteArray head;
    MisbehavingServer server([&](ServerConnection &connection) {
        const QByteArray bytes = connection.readHead();
        {
            const std::lock_guard lock(mutex);
            head = bytes;
        }
        connection.write(kOk);
    });
    HttpCheck check = checkOf(QUrl(QStringLiteral("http://shop.invalid:8080/x")));
    check.connectTo = QStringLiteral("127.0.0.1:%1").arg(server.port());
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("connect send wait receive"));
    QCOMPARE(result.sample.port, server.port());
    const std::lock_guard lock(mutex);
    QVERIFY(head.startsWith("GET /x HTTP/1.1\r\nHost: shop.invalid:8080\r\n"));
}

void TestHttpProbe::keepsWhatCameBeforeTheEnd()
{
    MisbehavingServer server(MisbehavingServer::say(
        "HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\nContent-Length: 1000\r\n\r\n<html>"));
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("closed-early"));
    QCOMPARE(result.sample.httpStatus, 502);
    QCOMPARE(result.exchange->body, "<html>");
    QCOMPARE(result.exchange->bodySize, 6);
    QCOMPARE(headerValue(result.exchange->responseHeaders, "server"), "nginx");
}

void TestHttpProbe::hidesCredentials()
{
    MisbehavingServer server(MisbehavingServer::say("nonsense\r\n"));
    QUrl url = server.url(QStringLiteral("/?key=hunter2"));
    url.setUserName(QStringLiteral("anna"));
    url.setPassword(QStringLiteral("secret"));
    const auto result = m_fixture.check(checkOf(url));
    QCOMPARE(idOf(result), QStringLiteral("malformed-response"));
    QVERIFY(!result.sample.detail.contains(QStringLiteral("hunter2")));
    QVERIFY(!result.sample.detail.contains(QStringLiteral("secret")));
    QVERIFY(result.exchange->url.userInfo().isEmpty());
    QCOMPARE(headerValue(result.exchange->requestHeaders, "Authorization"),
             "Basic " + QByteArray("anna:secret").toBase64());
}

void TestHttpProbe::rejectsChecksThatCannotBeMade_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("connectTo");
    QTest::newRow("scheme") << QStringLiteral("file:///etc/passwd") << QByteArray("a") << QString();
    QTest::newRow("no host") << QStringLiteral("http:///x") << QByteArray("a") << QString();
    QTest::newRow("empty") << QString() << QByteArray("a") << QString();
    QTest::newRow("line break") << QStringLiteral("http://127.0.0.1/") << QByteArray("a\r\nX: y")
                                << QString();
    QTest::newRow("connectTo") << QStringLiteral("http://127.0.0.1/") << QByteArray("a")
                               << QStringLiteral("host:port");
}

void TestHttpProbe::rejectsChecksThatCannotBeMade()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, field);
    QFETCH(QString, connectTo);
    HttpCheck check = checkOf(QUrl(url));
    check.headers = {{"X-Field", field}};
    check.connectTo = connectTo;
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("internal"));
    QCOMPARE(result.sample.phases.total, microseconds(0));
}

void TestHttpProbe::answersSlow()
{
    MisbehavingServer server([](ServerConnection &connection) {
        connection.readHead();
        QThread::msleep(30);
        connection.write(kOk);
    });
    HttpCheck check = checkOf(server.url());
    check.expect.slowAfter = milliseconds(20);
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("slow"));
    QVERIFY(result.sample.detail.startsWith(QStringLiteral("200 OK after ")));
    QVERIFY(*result.sample.phases.wait >= milliseconds(25));
    check.expect.slowAfter = ProbeFixture::kAmple;
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("ok"));
}

void TestHttpProbe::ignoresTheBodyOfHead()
{
    MisbehavingServer server(MisbehavingServer::sayAndHang(kOk));
    HttpCheck check = checkOf(server.url());
    check.method = HttpMethod::Head;
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(result.exchange->body, QByteArray());
    QCOMPARE(headerValue(result.exchange->responseHeaders, "Content-Length"), "13");
}

QTEST_GUILESS_MAIN(TestHttpProbe)
#include "tst_httpprobe.moc"
