// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/proxyaddress.h"
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cstring>

using namespace backwatch;
using Script = MisbehavingServer::Script;

namespace {

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// What a proxy was told, last.
struct Log
{
    void keep(const QByteArray &bytes)
    {
        const std::lock_guard lock(mutex);
        text = bytes;
    }
    QByteArray read()
    {
        const std::lock_guard lock(mutex);
        return text;
    }

    std::mutex mutex;
    QByteArray text;
};

/// Speaks SOCKS 5 as far as the reply, then plays the target itself.
Script socks(Log &log, char reply, char method = '\0')
{
    return [&log, reply, method](ServerConnection &connection) {
        const QByteArray greeting = connection.read(2);
        connection.read(greeting.isEmpty() ? 0 : greeting[1]);
        connection.write(QByteArray("\x05") + method);
        if (method == '\xff')
            return;
        if (method == '\x02') {
            const QByteArray login = connection.read(64);
            const bool right = login.contains("anna") && login.contains("secret");
            connection.write(QByteArray("\x01") + (right ? '\0' : '\1'));
            if (!right)
                return;
        }
        log.keep(connection.read(300));
        connection.write(QByteArray("\x05") + reply + QByteArray("\0\1\0\0\0\0\0\0", 8));
        if (reply != '\0')
            return;
        connection.readHead();
        connection.write(kOk);
    };
}

} // namespace

/// Proxies of every kind, and whose fault it is where one is in the way.
class TestHttpProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data();
    void parses();
    void asksAnHttpProxy();
    void tunnelsTls();
    void asksASocksProxy();
    void tellsFailuresApart_data();
    void tellsFailuresApart();
    void timesOut();

private:
    QUrl proxyUrl(const MisbehavingServer &server, const char *scheme) const
    {
        QUrl url = server.url(QString());
        url.setScheme(QString::fromLatin1(scheme));
        return url;
    }

    // The proxy looks names up, so this program must not: no name here exists.
    ProbeFixture m_fixture{{}, [](const QByteArray &, AddressFamily) {
                               return NameAnswer{NameAnswer::Status::NotFound, {}, {}};
                           }};
};

void TestHttpProxy::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    for (const char *text : {"http://proxy", "http://proxy:3128", "https://proxy:443/",
                             "socks5://10.0.0.1:1080", "socks5h://anna@proxy", "http://[::1]:3128"})
        QTest::newRow(text) << QString::fromUtf8(text) << true;
    for (const char *text : {"", "proxy", "proxy:3128", "ftp://proxy", "socks4://proxy", "http://",
                             "http://proxy/x", "http://proxy:99999", "system"})
        QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text) << false;
}

void TestHttpProxy::parses()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    QCOMPARE(parseProxy(text).has_value(), good);
}

void TestHttpProxy::asksAnHttpProxy()
{
    Log log;
    MisbehavingServer proxy([&](ServerConnection &connection) {
        log.keep(connection.readHead());
        connection.write(kOk);
    });
    HttpCheck check = checkOf(QUrl(QStringLiteral("http://inside.example/x")));
    QUrl url = proxyUrl(proxy, "http");
    url.setUserName(QStringLiteral("anna"));
    check.proxy = url.toString();
    check.proxyPassword = {QStringLiteral("proxy"), QStringLiteral("secret")};
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(result.sample.port, proxy.port());
    QVERIFY(log.read().startsWith("GET http://inside.example/x HTTP/1.1\r\nHost: inside.example\r\n"));
    const QByteArray login = "Proxy-Authorization: Basic " + QByteArray("anna:secret").toBase64();
    QVERIFY(log.read().contains(login));
    QVERIFY(headerValue(result.exchange->requestHeaders, "Proxy-Authorization").isNull());
}

void TestHttpProxy::tunnelsTls()
{
    QTemporaryDir folder;
    const TestAuthority authority;
    HttpCheck check = checkOf(QUrl(QStringLiteral("https://inside.example/x")));
    check.tls.authorities = folder.filePath(QStringLiteral("authority.pem"));
    QVERIFY(authority.writeTo(check.tls.authorities));
    // A proxy over TLS that answers CONNECT and then ends: the tunnel was asked for, the target never came.
    Log log;
    MisbehavingServer proxy(authority.issue({}), [&](ServerConnection &connection) {
        log.keep(connection.readHead());
        connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
    });
    check.proxy = proxyUrl(proxy, "https").toString();
    const auto result = m_fixture.check(check);
    QCOMPARE(idOf(result), QStringLiteral("tls-handshake"));
    QVERIFY2(result.sample.detail.startsWith(QStringLiteral("inside.example:443 closed the connection")),
             qPrintable(result.sample.detail));
    QVERIFY(log.read().startsWith("CONNECT inside.example:443 HTTP/1.1\r\n"));
    QVERIFY(!result.sample.certificate);

    check.tls.authorities.clear();
    const auto untrusted = m_fixture.check(check);
    QVERIFY2(untrusted.sample.detail.startsWith(QStringLiteral("The certificate of the proxy 127.0.0.1:")),
             qPrintable(untrusted.sample.detail));
    QCOMPARE(idOf(untrusted), QStringLiteral("tls-untrusted"));
}

void TestHttpProxy::asksASocksProxy()
{
    Log log;
    MisbehavingServer proxy(socks(log, '\0', '\x02'));
    HttpCheck check = checkOf(QUrl(QStringLiteral("http://inside.example:8080/")));
    QUrl url = proxyUrl(proxy, "socks5h");
    url.setUserName(QStringLiteral("anna"));
    check.proxy = url.toString();
    check.proxyPassword = {{}, QStringLiteral("secret")};
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("ok"));
    QVERIFY(log.read().contains("inside.example"));

    // With socks5 the name is looked up here, and here it does not exist.
    url.setScheme(QStringLiteral("socks5"));
    check.proxy = url.toString();
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("dns-not-found"));
    check.url = QUrl(QStringLiteral("http://127.0.0.2:8080/"));
    QCOMPARE(idOf(m_fixture.check(check)), QStringLiteral("ok"));
    QVERIFY(log.read().contains(QByteArray("\x05\x01\x00\x01\x7f\x00\x00\x02\x1f\x90", 10)));
}

void TestHttpProxy::tellsFailuresApart_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const char *scheme, const Script &script, const char *target,
                        const char *outcome, const char *detail) {
        QTest::newRow(name) << QString::fromUtf8(scheme) << script << QString::fromUtf8(target)
                            << QString::fromUtf8(outcome) << QString::fromUtf8(detail);
    };
    const auto say = &MisbehavingServer::say;
    static Log log;
    row("refused", "http", {}, "http://t.example/", "connect-refused", "The proxy 127.0.0.1:");
    row("tunnel refused", "http", say("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"), "https://t.example/",
        "unreachable", "opened no connection to t.example:443: 403 Forbidden");
    row("tunnel fails", "http", say("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"), "https://t.example/",
        "unreachable", "opened no connection to t.example:443: 502 Bad Gateway");
    row("tunnel too late", "http", say("HTTP/1.1 504 No\r\nContent-Length: 0\r\n\r\n"), "https://t.example/",
        "connect-timeout", "got no connection to t.example:443 in time");
    row("tunnel password", "http", say("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"), "https://t.example/",
        "auth-rejected", "wants another user name or password");
    row("password", "http", say("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"), "http://t.example/",
        "auth-rejected", "407 No: the proxy wants another user name or password.");
    row("closes", "http", say(""), "https://t.example/", "closed-early",
        "closed the connection before it led to");
    const Script speakPlainly = [](ServerConnection &connection) {
        connection.read(1);
        connection.write("HTTP/1.1 400 No\r\n\r\n");
        connection.waitForClose();
    };
    row("no TLS", "https", speakPlainly, "http://t.example/", "tls-handshake",
        "The TLS handshake with the proxy");
    row("SOCKS refuses", "socks5h", socks(log, 5), "http://t.example/", "connect-refused",
        "t.example:80 refused the connection, says the proxy");
    row("SOCKS does not reach", "socks5h", socks(log, 4), "http://t.example/", "unreachable",
        "t.example:80 cannot be reached, says the proxy");
    row("SOCKS forbids", "socks5h", socks(log, 2), "http://t.example/", "unreachable",
        "does not allow connections to t.example:80");
    row("SOCKS password", "socks5h", socks(log, 0, '\x02'), "http://t.example/", "auth-rejected",
        "wants another user name or password");
    row("no SOCKS", "socks5h", say("HTTP/1.1 400 No\r\n\r\n"), "http://t.example/", "", "proxy");
}

void TestHttpProxy::tellsFailuresApart()
{
    QFETCH(QString, scheme);
    QFETCH(Script, script);
    QFETCH(QString, target);
    QFETCH(QString, outcome);
    QFETCH(QString, detail);
    std::optional<MisbehavingServer> proxy;
    if (script)
        proxy.emplace(script);
    const quint16 port = proxy ? proxy->port() : closedPort();
    HttpCheck check = checkOf(QUrl(target));
    check.proxy =
        QStringLiteral("%1://%2:%3")
            .arg(scheme, scheme == QStringLiteral("socks5h") ? QStringLiteral("anna:wrong@127.0.0.1")
                                                             : QStringLiteral("127.0.0.1"))
            .arg(port);
    const auto result =
        m_fixture.check(check, outcome.isEmpty() ? ProbeFixture::kShort : ProbeFixture::kAmple);
    QVERIFY2(result.sample.detail.contains(detail), qPrintable(result.sample.detail));
    if (!outcome.isEmpty())
        QCOMPARE(idOf(result), outcome);
}

void TestHttpProxy::timesOut()
{
    MisbehavingServer proxy(MisbehavingServer::hang());
    HttpCheck check = checkOf(QUrl(QStringLiteral("https://t.example/")));
    check.proxy = proxyUrl(proxy, "http").toString();
    const auto result = m_fixture.check(check, ProbeFixture::kShort);
    QCOMPARE(idOf(result), QStringLiteral("connect-timeout"));
    QVERIFY2(result.sample.detail.startsWith(
                 QStringLiteral("No connection to t.example:443 through the proxy 127.0.0.1:")),
             qPrintable(result.sample.detail));
}

QTEST_GUILESS_MAIN(TestHttpProxy)
#include "tst_httpproxy.moc"
