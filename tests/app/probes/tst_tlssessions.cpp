// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace backwatch;

namespace {

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

/// TLS sessions are taken up again, but never so that a bad certificate stays unseen. Handshakes are counted
/// by the server.
class TestTlsSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void resumes_data();
    void resumes();
    void reportsTheRememberedCertificate();
    void shakesHandsNearTheEnd();
    void shakesHandsAfterAFailure();
    void survivesServersThatBreakOff();
    void trustsNoOlderAuthorities();
    void keepsNothingWithoutAMonitor();
    void keepsMonitorsApart();
    void seesAnotherCertificate();
    void showsAClientCertificate();
    void refusesAWrongPassphrase();
    void believesAsTheMonitorSays();
    void offersHttp2Alone();

private:
    CheckResult ask(const HttpCheck &check, MonitorId monitor = 7);

    QTemporaryDir m_folder;
    TestAuthority m_authority;
    std::unique_ptr<ProbeFixture> m_fixture;
};

void TestTlsSessions::initTestCase()
{
    ProbeSettings settings;
    settings.certificateAuthorities = m_folder.filePath(QStringLiteral("authority.pem"));
    QVERIFY(m_authority.writeTo(settings.certificateAuthorities));
    m_fixture = std::make_unique<ProbeFixture>(settings);
}

CheckResult TestTlsSessions::ask(const HttpCheck &check, MonitorId monitor)
{
    return m_fixture->take(m_fixture->start(check, ProbeFixture::kAmple, monitor));
}

void TestTlsSessions::resumes_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

void TestTlsSessions::resumes()
{
    QFETCH(int, version);
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    server.limitTls(version);
    for (int i = 0; i < 30; ++i)
        QCOMPARE(idOf(ask(checkOf(server.url()))), QStringLiteral("ok"));
    QCOMPARE(server.connections(), 30);
    // One in ten is a full one.
    QCOMPARE(server.fullHandshakes(), 3);
    QCOMPARE(server.resumedHandshakes(), 27);
}

void TestTlsSessions::reportsTheRememberedCertificate()
{
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    const auto full = ask(checkOf(server.url()));
    const auto resumed = ask(checkOf(server.url()));
    QCOMPARE(server.resumedHandshakes(), 1);
    QVERIFY(full.sample.certificate);
    QVERIFY(resumed.sample.certificate == full.sample.certificate);
    QVERIFY(resumed.exchange->certificate == full.sample.certificate);
    QCOMPARE(phaseNames(resumed.sample.phases), QStringLiteral("connect tls send wait receive"));
}

void TestTlsSessions::shakesHandsNearTheEnd()
{
    MisbehavingServer server(m_authority.issue({QStringLiteral("a"), {QStringLiteral("IP:127.0.0.1")}, 27}),
                             MisbehavingServer::say(kOk));
    HttpCheck check = checkOf(server.url());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(idOf(ask(check)), QStringLiteral("ok"));
    QCOMPARE(server.fullHandshakes(), 3);
    check.expect.certificateDays = 13;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(idOf(ask(check)), QStringLiteral("ok"));
    QVERIFY(server.resumedHandshakes() >= 2);
}

void TestTlsSessions::shakesHandsAfterAFailure()
{
    std::atomic<bool> fails = false;
    MisbehavingServer server(m_authority.issue({}), [&](ServerConnection &connection) {
        connection.readHead();
        connection.write(fails ? "HTTP/1.1 503 Gone\r\nContent-Length: 0\r\n\r\n" : kOk);
    });
    ask(checkOf(server.url()));
    ask(checkOf(server.url()));
    QCOMPARE(server.fullHandshakes(), 1);
    fails = true;
    QCOMPARE(idOf(ask(checkOf(server.url()))), QStringLiteral("http-status"));
    QCOMPARE(server.fullHandshakes(), 1);
    fails = false;
    ask(checkOf(server.url()));
    QCOMPARE(server.fullHandshakes(), 2);
    ask(checkOf(server.url()));
    QCOMPARE(server.fullHandshakes(), 2);
}

void TestTlsSessions::survivesServersThatBreakOff()
{
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    server.breakOffResumption();
    for (int i = 0; i < 5; ++i) {
        const auto result = ask(checkOf(server.url()));
        QVERIFY2(idOf(result) == QStringLiteral("ok"), qPrintable(result.sample.detail));
        QVERIFY(result.sample.certificate);
    }
    QCOMPARE(server.resumedHandshakes(), 0);
    QCOMPARE(server.fullHandshakes(), 5);
    // One attempt was broken off; from then on it is known.
    QCOMPARE(server.connections(), 6);
}

void TestTlsSessions::trustsNoOlderAuthorities()
{
    const TestAuthority house(QStringLiteral("House"));
    const QString file = m_folder.filePath(QStringLiteral("changing.pem"));
    QVERIFY(house.writeTo(file));
    MisbehavingServer server(house.issue({}), MisbehavingServer::say(kOk));
    HttpCheck check = checkOf(server.url());
    check.tls.authorities = file;
    for (int i = 0; i < 2; ++i)
        QCOMPARE(idOf(ask(check)), QStringLiteral("ok"));
    QCOMPARE(server.resumedHandshakes(), 1);
    QVERIFY(TestAuthority(QStringLiteral("Other")).writeTo(file));
    QFile changed(file);
    QVERIFY(changed.open(QIODevice::ReadWrite));
    QVERIFY(changed.setFileTime(QDateTime::currentDateTime().addSecs(60), QFile::FileModificationTime));
    QCOMPARE(idOf(ask(check)), QStringLiteral("tls-untrusted"));
    QCOMPARE(server.resumedHandshakes(), 1);
}

void TestTlsSessions::keepsNothingWithoutAMonitor()
{
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    SystemClock clock;
    ProbeSettings settings;
    settings.certificateAuthorities = m_folder.filePath(QStringLiteral("authority.pem"));
    NetworkProbe probe(clock, settings);
    for (quint64 token = 1; token <= 3; ++token) {
        QSignalSpy answered(&probe, &Probe::answered);
        ProbeRequest request;
        request.token = token;
        request.check = checkOf(server.url());
        request.timeout = ProbeFixture::kAmple;
        probe.start(request);
        QTRY_COMPARE_WITH_TIMEOUT(answered.size(), 1, 30'000);
    }
    QCOMPARE(server.fullHandshakes(), 3);
}

void TestTlsSessions::keepsMonitorsApart()
{
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    ask(checkOf(server.url()), 1);
    ask(checkOf(server.url()), 2);
    QCOMPARE(server.fullHandshakes(), 2);
    HttpCheck check = checkOf(server.url());
    check.tls.verify = false;
    ask(check, 1);
    QCOMPARE(server.fullHandshakes(), 3);
    ask(checkOf(server.url()), 1);
    QCOMPARE(server.resumedHandshakes(), 1);
}

void TestTlsSessions::seesAnotherCertificate()
{
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    QCOMPARE(idOf(ask(checkOf(server.url()))), QStringLiteral("ok"));
    server.show(m_authority.issue({QStringLiteral("late"), {QStringLiteral("IP:127.0.0.1")}, -1}));
    QStringList outcomes;
    for (int i = 0; i < 10; ++i)
        outcomes += idOf(ask(checkOf(server.url())));
    QVERIFY2(outcomes.contains(QStringLiteral("tls-expired")), qPrintable(outcomes.join(u' ')));
    // Once seen, it stays seen.
    QCOMPARE(outcomes.last(), QStringLiteral("tls-expired"));
    QCOMPARE(idOf(ask(checkOf(server.url()))), QStringLiteral("tls-expired"));
}

void TestTlsSessions::showsAClientCertificate()
{
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    server.askForCertificate(m_authority);
    // With TLS 1.3 the refusal comes after the handshake, and may be lost when the connection is reset.
    server.limitTls(TLS1_2_VERSION);
    QCOMPARE(idOf(ask(checkOf(server.url()))), QStringLiteral("tls-handshake"));
    server.limitTls(0);

    HttpCheck check = checkOf(server.url());
    check.tls.certificate = m_folder.filePath(QStringLiteral("client.pem"));
    check.tls.passphrase = {QStringLiteral("client"), QStringLiteral("open sesame")};
    QVERIFY(TestAuthority::writeIdentity(m_authority.issue({QStringLiteral("Anna"), {}}),
                                         check.tls.certificate, "open sesame"));
    const auto accepted = ask(check);
    QCOMPARE(idOf(accepted), QStringLiteral("ok"));
    QCOMPARE(server.clientName(), "Anna");
}

void TestTlsSessions::refusesAWrongPassphrase()
{
    MisbehavingServer server(m_authority.issue({}), MisbehavingServer::say(kOk));
    HttpCheck check = checkOf(server.url());
    check.tls.certificate = m_folder.filePath(QStringLiteral("locked.pem"));
    QVERIFY(TestAuthority::writeIdentity(m_authority.issue({QStringLiteral("Anna"), {}}),
                                         check.tls.certificate, "open sesame"));
    for (const auto &passphrase : {QString(), QStringLiteral("hunter2")}) {
        check.tls.passphrase = {{}, passphrase};
        const auto result = ask(check);
        QCOMPARE(idOf(result), QStringLiteral("internal"));
        QVERIFY2(result.sample.detail.contains(QStringLiteral("locked.pem cannot be used")),
                 qPrintable(result.sample.detail));
    }
}

void TestTlsSessions::believesAsTheMonitorSays()
{
    const TestAuthority other(QStringLiteral("House authority"));
    const QString file = m_folder.filePath(QStringLiteral("house.pem"));
    QVERIFY(other.writeTo(file));
    MisbehavingServer server(other.issue({QStringLiteral("inside"), {QStringLiteral("DNS:inside.example")}}),
                             MisbehavingServer::say(kOk));
    HttpCheck check = checkOf(server.url());
    QCOMPARE(idOf(ask(check)), QStringLiteral("tls-untrusted"));
    check.tls.authorities = file;
    QCOMPARE(idOf(ask(check)), QStringLiteral("tls-name-mismatch"));
    check.tls.serverName = QStringLiteral("inside.example");
    const auto named = ask(check);
    QCOMPARE(idOf(named), QStringLiteral("ok"));
    QCOMPARE(server.serverName(), "inside.example");
    QVERIFY(headerValue(named.exchange->requestHeaders, "Host").startsWith("127.0.0.1:"));
    // What one monitor trusts, no other does.
    check.tls.authorities.clear();
    QCOMPARE(idOf(ask(check)), QStringLiteral("tls-untrusted"));
    check.tls = {};
    check.tls.verify = false;
    const auto unverified = ask(check);
    QCOMPARE(idOf(unverified), QStringLiteral("ok"));
    QCOMPARE(unverified.sample.certificate->subject, QStringLiteral("inside"));
    check.tls.authorities = m_folder.filePath(QStringLiteral("missing.pem"));
    const auto missing = ask(check);
    QCOMPARE(idOf(missing), QStringLiteral("internal"));
    QVERIFY(missing.sample.detail.contains(QStringLiteral("missing.pem")));
    // A file that is read anew once it changes.
    const TestAuthority third(QStringLiteral("Third"));
    QVERIFY(third.writeTo(file));
    QFile changed(file);
    QVERIFY(changed.open(QIODevice::ReadWrite));
    QVERIFY(changed.setFileTime(QDateTime::currentDateTime().addSecs(60), QFile::FileModificationTime));
    check.tls = {};
    check.tls.authorities = file;
    check.tls.serverName = QStringLiteral("inside.example");
    QCOMPARE(idOf(ask(check, 99)), QStringLiteral("tls-untrusted"));
}

void TestTlsSessions::offersHttp2Alone()
{
    HttpCheck check;
    check.version = HttpVersion::Http2;
    MisbehavingServer deaf(m_authority.issue({}), MisbehavingServer::say(kOk));
    check.url = deaf.url();
    const auto fallback = ask(check);
    QCOMPARE(idOf(fallback), QStringLiteral("protocol-error"));
    QVERIFY2(fallback.sample.detail.contains(QStringLiteral("HTTP/1.1, but HTTP/2 is asked for")),
             qPrintable(fallback.sample.detail));
    // It would choose HTTP/1.1 if that were offered.
    MisbehavingServer old(m_authority.issue({}), MisbehavingServer::say(kOk), "http/1.1");
    check.url = old.url();
    QCOMPARE(idOf(ask(check)), QStringLiteral("protocol-error"));
}

QTEST_GUILESS_MAIN(TestTlsSessions)
#include "tst_tlssessions.moc"
