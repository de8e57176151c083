// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httprequest.h"
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QtTest>

using namespace backwatch;

namespace {

QByteArray redirectTo(const QByteArray &location, const QByteArray &status = "302 Found")
{
    return "HTTP/1.1 " + status + "\r\nLocation: " + location + "\r\nX-Hop: yes\r\nContent-Length: 0\r\n\r\n";
}

} // namespace

/// Redirects are followed by the probe itself, never further than it should.
class TestHttpRedirects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsToTheEnd();
    void doesNotFollowUnasked();
    void stopsAtLoops();
    void doesNotReadBodiesOnTheWay();
    void refusesOtherSchemes_data();
    void refusesOtherSchemes();
    void keepsOneTimeout();
    void namesTheHopThatFailed();
    void changesMethods_data();
    void changesMethods();
    void carriesCredentials_data();
    void carriesCredentials();
    void keepsConnectToWithItsHost();

private:
    ProbeFixture m_fixture;
};

void TestHttpRedirects::followsToTheEnd()
{
    MisbehavingServer server([](ServerConnection &connection) {
        const QByteArray head = connection.readHead();
        if (head.startsWith("GET /end?x=1 "))
            connection.write("HTTP/1.1 200 OK\r\nX-End: yes\r\nContent-Length: 2\r\n\r\nok");
        else if (head.startsWith("GET /middle "))
            connection.write(redirectTo("end?x=1#part", "307 Temporary Redirect"));
        else
            connection.write(redirectTo("/middle", "301 Moved Permanently"));
    });
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(server.connections(), 3);
    QCOMPARE(result.exchange->url, server.url(QStringLiteral("/end?x=1")));
    QCOMPARE(result.exchange->responseHeaders.first().name, "X-End");
    QCOMPARE(result.exchange->body, "ok");
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("connect send wait receive"));
}

void TestHttpRedirects::doesNotFollowUnasked()
{
    MisbehavingServer server(MisbehavingServer::say(redirectTo("/next")));
    HttpCheck check = checkOf(server.url());
    check.followRedirects = false;
    const auto unexpected = m_fixture.check(check);
    QCOMPARE(idOf(unexpected), QStringLiteral("http-status"));
    QCOMPARE(unexpected.sample.detail, QStringLiteral("302 Found"));
    check.expect.status = {{302, 302}};
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("ok"));
    QCOMPARE(server.connections(), 2);

    MisbehavingServer nowhere(MisbehavingServer::say("HTTP/1.1 301 Gone\r\nContent-Length: 0\r\n\r\n"));
    QCOMPARE(m_fixture.check(checkOf(nowhere.url())).sample.detail, QStringLiteral("301 Gone"));
}

void TestHttpRedirects::stopsAtLoops()
{
    MisbehavingServer server(MisbehavingServer::say(redirectTo("/again?token=hunter2")));
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("redirect-loop"));
    QCOMPARE(server.connections(), 11);
    QCOMPARE(result.sample.httpStatus, 302);
    QVERIFY(result.sample.detail.startsWith(QStringLiteral("More than 10 redirect")));
    QVERIFY(!result.sample.detail.contains(QStringLiteral("hunter2")));
}

void TestHttpRedirects::doesNotReadBodiesOnTheWay()
{
    MisbehavingServer server([](ServerConnection &connection) {
        if (connection.readHead().startsWith("GET /end "))
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        else if (connection.write("HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 999\r\n\r\nhalf"))
            connection.waitForClose();
    });
    QCOMPARE(idOf(m_fixture.check(checkOf(server.url()))), QStringLiteral("ok"));
}

void TestHttpRedirects::refusesOtherSchemes_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/");
    QTest::newRow("gopher") << QByteArray("gopher://127.0.0.1:6379/_x");
    QTest::newRow("dict") << QByteArray("dict://127.0.0.1:11211/stats");
    QTest::newRow("ldap") << QByteArray("ldap://127.0.0.1/dc=example");
    QTest::newRow("data") << QByteArray("data:text/plain,fine");
    QTest::newRow("javascript") << QByteArray("javascript:alert(1)");
    QTest::newRow("no host") << QByteArray("http://");
    QTest::newRow("broken") << QByteArray("http://[1::2:3/");
}

void TestHttpRedirects::refusesOtherSchemes()
{
    QFETCH(QByteArray, location);
    MisbehavingServer server(MisbehavingServer::say(redirectTo(location)));
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("malformed-response"));
    QVERIFY2(result.sample.detail.contains(QStringLiteral("not an http or https address")),
             qPrintable(result.sample.detail));
    QCOMPARE(result.sample.httpStatus, 302);
}

void TestHttpRedirects::keepsOneTimeout()
{
    MisbehavingServer server([](ServerConnection &connection) {
        connection.readHead();
        QThread::msleep(300);
        connection.write(redirectTo("/again"));
    });
    const auto result = m_fixture.check(checkOf(server.url()), ProbeFixture::kShort);
    QCOMPARE(idOf(result), QStringLiteral("first-byte-timeout"));
    QCOMPARE(result.sample.phases.total, microseconds(ProbeFixture::kShort));
    QCOMPARE(result.exchange->status, 0);
}

void TestHttpRedirects::namesTheHopThatFailed()
{
    const QByteArray target = "http://127.0.0.1:" + QByteArray::number(closedPort()) + "/there";
    MisbehavingServer server(MisbehavingServer::say(redirectTo(target)));
    const auto result = m_fixture.check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("connect-refused"));
    QCOMPARE(result.exchange->url.toEncoded(), target);
    QCOMPARE(result.sample.httpStatus, 0);
    QCOMPARE(result.sample.port, 0);
    QVERIFY(result.exchange->responseHeaders.isEmpty());
}

void TestHttpRedirects::changesMethods_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    const int get = static_cast<int>(HttpMethod::Get);
    const int head = static_cast<int>(HttpMethod::Head);
    const int post = static_cast<int>(HttpMethod::Post);
    QTest::newRow("301 POST") << 301 << post << get;
    QTest::newRow("303 POST") << 303 << post << get;
    QTest::newRow("307 POST") << 307 << post << post;
    QTest::newRow("308 POST") << 308 << post << post;
    QTest::newRow("303 HEAD") << 303 << head << head;
    QTest::newRow("302 GET") << 302 << get << get;
}

void TestHttpRedirects::changesMethods()
{
    QFETCH(int, status);
    QFETCH(int, before);
    QFETCH(int, after);
    HttpCheck check = checkOf(QUrl(QStringLiteral("http://a.example/")));
    check.method = static_cast<HttpMethod>(before);
    check.body = "a=b";
    const auto next = redirected(check, status, "/next");
    QVERIFY(next);
    QCOMPARE(static_cast<int>(next->method), after);
    QCOMPARE(next->body.isEmpty(), before != after);
}

void TestHttpRedirects::carriesCredentials_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("carried");
    QTest::newRow("same host") << QStringLiteral("https://a.example/") << QByteArray("/next") << true;
    QTest::newRow("upgrade") << QStringLiteral("http://a.example/") << QByteArray("https://a.example/")
                             << true;
    QTest::newRow("downgrade") << QStringLiteral("https://a.example/") << QByteArray("http://a.example/")
                               << false;
    QTest::newRow("other host") << QStringLiteral("https://a.example/") << QByteArray("https://b.example/")
                                << false;
    QTest::newRow("other port") << QStringLiteral("http://a.example/") << QByteArray("http://a.example:81/")
                                << false;
    QTest::newRow("no scheme") << QStringLiteral("http://a.example/") << QByteArray("//b.example/") << false;
}

void TestHttpRedirects::carriesCredentials()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, to);
    QFETCH(bool, carried);
    HttpCheck check = checkOf(QUrl(from));
    check.headers = {{"authorization", "Basic x"}, {"Cookie", "a=b"}, {"X-Other", "c"}};
    const auto next = redirected(check, 302, to);
    QVERIFY(next);
    QCOMPARE(headerValue(next->headers, "Authorization").isNull(), !carried);
    QCOMPARE(headerValue(next->headers, "Cookie").isNull(), !carried);
    QCOMPARE(headerValue(next->headers, "X-Other"), "c");
}

void TestHttpRedirects::keepsConnectToWithItsHost()
{
    HttpCheck check = checkOf(QUrl(QStringLiteral("http://a.example/")));
    check.connectTo = QStringLiteral("192.0.2.1:8080");
    const auto same = redirected(check, 302, "/next");
    QCOMPARE(endpointOf(*same).port, 8080);
    const auto secure = redirected(check, 302, "https://a.example/");
    QCOMPARE(endpointOf(*secure).host, QStringLiteral("192.0.2.1"));
    QCOMPARE(endpointOf(*secure).port, 443);
    const auto other = redirected(check, 302, "http://b.example/");
    QCOMPARE(endpointOf(*other).host, QStringLiteral("b.example"));
    QCOMPARE(endpointOf(*other).port, 80);
    check.connectTo = QStringLiteral("[::1]:8080");
    QCOMPARE(endpointOf(check).host, QStringLiteral("::1"));
    QCOMPARE(endpointOf(*redirected(check, 302, "https://a.example/")).host, QStringLiteral("::1"));
}

QTEST_GUILESS_MAIN(TestHttpRedirects)
#include "tst_httpredirects.moc"
