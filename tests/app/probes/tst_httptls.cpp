// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace backwatch;
using Wish = TestAuthority::Wish;

namespace {

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// The least of a HTTP/2 server: settings, then one 503 with a short body.
void speakHttp2(ServerConnection &connection)
{
    const auto frame = [](char type, char flags, char stream, const QByteArray &payload) -> QByteArray {
        return QByteArray("\0\0", 2) + char(payload.size()) + type + flags + QByteArray("\0\0\0", 3) +
               stream + payload;
    };
    connection.read(4096);
    // 0x08 0x03: ":status" from the static table with a literal value.
    const QByteArray header =
        QByteArray("\x08\x03") + "503" + QByteArray("\x00\x06", 2) + "server" + '\x01' + 'x';
    connection.write(frame(4, 0, 0, {}) + frame(1, 4, 1, header) + frame(0, 1, 1, "gone"));
    connection.waitForClose();
}

} // namespace

/// TLS: the certificate is looked at on every connection, and each fault of it has its own name.
class TestHttpTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void judgesCertificates_data();
    void judgesCertificates();
    void sendsTheNameOfTheUrl();
    void warnsOfExpiry();
    void tellsHandshakesApart_data();
    void tellsHandshakesApart();
    void waitsForAnswersOverTls();
    void speaksHttp2();
    void reportsUnreadableAuthorities();

private:
    QTemporaryDir m_folder;
    TestAuthority m_authority;
    std::unique_ptr<ProbeFixture> m_fixture;
};

void TestHttpTls::initTestCase()
{
    ProbeSettings settings;
    settings.certificateAuthorities = m_folder.filePath(QStringLiteral("authority.pem"));
    QVERIFY(m_authority.writeTo(settings.certificateAuthorities));
    m_fixture = std::make_unique<ProbeFixture>(settings);
}

void TestHttpTls::judgesCertificates_data()
{
    QTest::addColumn<Wish>("wish");
    QTest::addColumn<QString>("issuer"); ///< empty: the trusted one
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char *name, const Wish &wish, const QString &issuer, const char *outcome,
                        const char *detail) {
        QTest::newRow(name) << wish << issuer << QString::fromLatin1(outcome) << QString::fromUtf8(detail);
    };
    const QString name = QStringLiteral("localhost");
    const QStringList address{QStringLiteral("IP:127.0.0.1")};
    row("good", {}, {}, "ok", "200 OK");
    row("self-signed", {name, address, 90, 100, true}, {}, "tls-untrusted", "signed by itself");
    row("foreign", {}, QStringLiteral("Elsewhere"), "tls-untrusted", "issued by “Elsewhere”");
    row("foreign, of the same name", {}, QStringLiteral("Test authority"), "tls-untrusted",
        "certificate signature failure");
    row("expired", {name, address, -3}, {}, "tls-expired", "The certificate of localhost expired on ");
    row("not yet", {name, address, 90, -2}, {}, "tls-untrusted", "not valid before");
    row("other name",
        {QStringLiteral("b"), {QStringLiteral("DNS:b.example"), QStringLiteral("DNS:*.c.example")}}, {},
        "tls-name-mismatch", "is for b.example, *.c.example, not for 127.0.0.1");
    row("soon", {name, address, 13}, {}, "certificate-expiring", "expires in 13 day(s), on ");
    row("not so soon", {name, address, 14}, {}, "ok", "200 OK");
}

void TestHttpTls::judgesCertificates()
{
    QFETCH(Wish, wish);
    QFETCH(QString, issuer);
    QFETCH(QString, outcome);
    QFETCH(QString, detail);
    const TestAuthority other(issuer);
    MisbehavingServer server((issuer.isEmpty() ? m_authority : other).issue(wish),
                             MisbehavingServer::say(kOk));
    const auto result = m_fixture->check(checkOf(server.url()));
    QCOMPARE(idOf(result), outcome);
    QVERIFY2(result.sample.detail.contains(detail), qPrintable(result.sample.detail));
    const bool answered = result.sample.httpStatus == 200;
    QCOMPARE(answered, !outcome.startsWith(QStringLiteral("tls-")));
    QCOMPARE(phaseNames(result.sample.phases),
             answered ? QStringLiteral("connect tls send wait receive") : QStringLiteral("connect tls"));
    QVERIFY(result.sample.certificate);
    QCOMPARE(result.sample.certificate->subject, wish.commonName);
    QCOMPARE(result.sample.certificate->issuer, wish.selfSigned    ? wish.commonName
                                                : issuer.isEmpty() ? QStringLiteral("Test authority")
                                                                   : issuer);
    QCOMPARE(result.sample.certificate->daysLeft(result.sample.startedAt), wish.daysFromNow);
    QVERIFY(result.exchange->certificate == result.sample.certificate);
    QCOMPARE(result.sample.port, server.port());
}

void TestHttpTls::sendsTheNameOfTheUrl()
{
    const auto identity =
        m_authority.issue({QStringLiteral("shop.example"), {QStringLiteral("DNS:shop.example")}});
    MisbehavingServer server(identity, MisbehavingServer::say(kOk));
    HttpCheck check = checkOf(QUrl(QStringLiteral("https://shop.example/")));
    check.connectTo = QStringLiteral("127.0.0.1:%1").arg(server.port());
    const auto result = m_fixture->check(check);
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(server.serverName(), "shop.example");
}

void TestHttpTls::warnsOfExpiry()
{
    MisbehavingServer server(m_authority.issue({QStringLiteral("a"), {QStringLiteral("IP:127.0.0.1")}, 40}),
                             MisbehavingServer::say("HTTP/1.1 503 Gone\r\nContent-Length: 0\r\n\r\n"));
    HttpCheck check = checkOf(server.url());
    check.expect.certificateDays = 60;
    // What is broken now goes before what will break later.
    QCOMPARE(idOf(m_fixture->check(check)), QStringLiteral("http-status"));
    check.expect.status = {{503, 503}};
    QCOMPARE(idOf(m_fixture->check(check)), QStringLiteral("certificate-expiring"));
    check.expect.slowAfter = milliseconds(0);
    QCOMPARE(idOf(m_fixture->check(check)), QStringLiteral("slow"));
}

void TestHttpTls::tellsHandshakesApart_data()
{
    QTest::addColumn<MisbehavingServer::Script>("script");
    QTest::addColumn<QString>("detail");
    QTest::newRow("plain HTTP") << MisbehavingServer::Script([](ServerConnection &connection) {
        connection.read(1);
        connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        connection.waitForClose();
    }) << QStringLiteral("failed: wrong version number");
    QTest::newRow("closes") << MisbehavingServer::Script([](ServerConnection &connection) {
        connection.read(4096);
    }) << QStringLiteral("closed the connection during");
    QTest::newRow("resets") << MisbehavingServer::Script([](ServerConnection &connection) {
        connection.read(1);
        connection.reset();
    }) << QStringLiteral("failed: Connection reset by peer");
    QTest::newRow("hangs") << MisbehavingServer::hang() << QStringLiteral("not finished within");
}

void TestHttpTls::tellsHandshakesApart()
{
    QFETCH(MisbehavingServer::Script, script);
    QFETCH(QString, detail);
    MisbehavingServer server(script);
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    const auto result = m_fixture->check(checkOf(url), script ? ProbeFixture::kAmple : ProbeFixture::kShort);
    QCOMPARE(idOf(result), QStringLiteral("tls-handshake"));
    QVERIFY2(result.sample.detail.contains(detail), qPrintable(result.sample.detail));
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("connect tls"));
    QVERIFY(!result.sample.certificate);
}

void TestHttpTls::waitsForAnswersOverTls()
{
    // Session tickets arrive before any answer does, and must not be taken for its first byte.
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::sayAndHang(""));
    const auto result = m_fixture->check(checkOf(server.url()), milliseconds(1'000));
    QCOMPARE(idOf(result), QStringLiteral("first-byte-timeout"));
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("connect tls send wait"));
    QVERIFY(result.sample.certificate);
}

void TestHttpTls::speaksHttp2()
{
    MisbehavingServer server(m_authority.issue({}), &speakHttp2, "h2");
    const auto result = m_fixture->check(checkOf(server.url()));
    QCOMPARE(idOf(result), QStringLiteral("http-status"));
    QCOMPARE(result.sample.detail, QStringLiteral("503 Service Unavailable"));
    QCOMPARE(result.sample.httpVersion, QStringLiteral("2"));
    QCOMPARE(result.exchange->reason, QByteArray());
    QCOMPARE(result.exchange->body, "gone");
    QCOMPARE(headerValue(result.exchange->responseHeaders, "server"), "x");
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("connect tls send wait receive"));
}

void TestHttpTls::reportsUnreadableAuthorities()
{
    ProbeSettings settings;
    settings.certificateAuthorities = m_folder.filePath(QStringLiteral("missing.pem"));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be read")));
    ProbeFixture fixture(settings);
    const auto https = fixture.check(checkOf(QUrl(QStringLiteral("https://127.0.0.1/"))));
    QCOMPARE(idOf(https), QStringLiteral("internal"));
    QVERIFY(https.sample.detail.contains(QStringLiteral("missing.pem")));
    MisbehavingServer server(MisbehavingServer::say(kOk));
    QCOMPARE(idOf(fixture.check(checkOf(server.url()))), QStringLiteral("ok"));
}

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_httptls.moc"
