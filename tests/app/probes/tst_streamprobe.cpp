// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QLocalServer>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace backwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Script = MisbehavingServer::Script;

ServerAddress at(quint16 port, const QString &host = u"127.0.0.1"_s)
{
    ServerAddress server;
    server.host = host;
    server.port = port;
    return server;
}

TcpCheck tcp(quint16 port, const QString &expect = {})
{
    TcpCheck check;
    check.server = at(port);
    check.expect = expect;
    return check;
}

TlsCheck tls(quint16 port, const QString &authority)
{
    TlsCheck check;
    check.server = at(port);
    check.tls.authorities = authority;
    return check;
}

/// Says this at once and waits for the other side's farewell.
Script greet(const QByteArray &bytes, QByteArray *farewell = nullptr)
{
    return [bytes, farewell](ServerConnection &connection) {
        connection.write(bytes);
        const QByteArray answer = connection.readHead();
        if (farewell)
            *farewell = answer;
    };
}

} // namespace

class TestStreamProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_authorityFile = m_folder.filePath(u"ca.pem"_s);
        QVERIFY(m_authority.writeTo(m_authorityFile));
    }

    void connects()
    {
        MisbehavingServer server(MisbehavingServer::hang());
        ProbeFixture fixture;
        const auto result = fixture.check(tcp(server.port()));
        QVERIFY2(result.sample.outcome == Outcome::Ok, qPrintable(result.sample.detail));
        QCOMPARE(result.sample.address, u"127.0.0.1"_s);
        QCOMPARE(result.sample.port, server.port());
        QCOMPARE(phaseNames(result.sample.phases).section(u' ', 0, 0), u"connect"_s);
    }

    void connectsOverIpv6()
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHostIPv6))
            QSKIP("there is no IPv6 on this machine");
        ProbeFixture fixture;
        TcpCheck check = tcp(server.serverPort());
        check.server.host = u"::1"_s;
        QCOMPARE(idOf(fixture.check(check)), u"ok"_s);
    }

    void connectsToASocketFile()
    {
        QLocalServer server;
        const QString path = m_folder.filePath(u"local.sock"_s);
        QVERIFY(server.listen(path));
        ProbeFixture fixture;
        TcpCheck check;
        check.server.socket = path;
        QCOMPARE(idOf(fixture.check(check)), u"ok"_s);
        check.server.socket = m_folder.filePath(u"nobody.sock"_s);
        const auto missing = fixture.check(check);
        QVERIFY(judgementOf(missing.sample.outcome) == Judgement::Failed);
        QVERIFY2(missing.sample.detail.contains(u"nobody.sock"_s), qPrintable(missing.sample.detail));
        check.server.socket = u"/"_s + QString(300, u'x');
        QVERIFY(judgementOf(fixture.check(check).sample.outcome) == Judgement::Failed);
    }

    void transportFailures_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("silent") << MisbehavingServer::hang() << u"first-byte-timeout"_s;
        QTest::newRow("half a word") << Script([](ServerConnection &connection) {
            connection.write("rea");
            connection.waitForClose();
        }) << u"body-mismatch"_s;
        QTest::newRow("closes") << Script([](ServerConnection &) {}) << u"closed-early"_s;
        QTest::newRow("resets") << Script([](ServerConnection &connection) { connection.reset(); })
                                << u"closed-early"_s;
        QTest::newRow("floods") << Script([](ServerConnection &connection) {
            while (connection.write(QByteArray(65'536, 'x'))) {
            }
        }) << u"too-large"_s;
    }

    void transportFailures()
    {
        QFETCH(Script, script);
        QFETCH(QString, outcome);
        MisbehavingServer server(script);
        ProbeFixture fixture;
        const auto result = fixture.check(tcp(server.port(), u"ready"_s), ProbeFixture::kShort);
        QVERIFY2(idOf(result) == outcome, qPrintable(idOf(result) + u": "_s + result.sample.detail));
    }

    void refused()
    {
        ProbeFixture fixture;
        const auto result = fixture.check(tcp(closedPort()));
        QCOMPARE(idOf(result), u"connect-refused"_s);
        QVERIFY2(result.sample.detail.contains(u"127.0.0.1"_s), qPrintable(result.sample.detail));
    }

    void notAccepted()
    {
        FullBacklog server;
        ProbeFixture fixture;
        QCOMPARE(idOf(fixture.check(tcp(server.port()), ProbeFixture::kShort)), u"connect-timeout"_s);
    }

    void names_data()
    {
        QTest::addColumn<NameAnswer>("answer");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("unknown") << NameAnswer{NameAnswer::Status::NotFound, {}, {}} << u"dns-not-found"_s;
        QTest::newRow("failed") << NameAnswer{NameAnswer::Status::Failed, {}, "no reply"} << u"dns-failure"_s;
        QTest::newRow("second address")
            << NameAnswer{NameAnswer::Status::Found, {"::1", "127.0.0.1"}, {}} << u"ok"_s;
    }

    void names()
    {
        QFETCH(NameAnswer, answer);
        QFETCH(QString, outcome);
        MisbehavingServer server(MisbehavingServer::hang());
        ProbeFixture fixture({}, [answer](const QByteArray &, AddressFamily) { return answer; });
        TcpCheck check = tcp(server.port());
        check.server.host = u"db.example"_s;
        const auto result = fixture.check(check);
        QVERIFY2(idOf(result) == outcome, qPrintable(result.sample.detail));
        QVERIFY(phaseNames(result.sample.phases).startsWith(u"dns"_s));
    }

    /// One family that is dead is seen although the other one answers.
    void bothFamilies()
    {
        MisbehavingServer server(MisbehavingServer::hang());
        ProbeFixture fixture({}, [](const QByteArray &, AddressFamily family) {
            return NameAnswer{NameAnswer::Status::Found,
                              {family == AddressFamily::Ipv6 ? QByteArray("::1") : QByteArray("127.0.0.1")},
                              {}};
        });
        TcpCheck check = tcp(server.port());
        check.server.host = u"db.example"_s;
        check.server.family = AddressFamily::Both;
        const auto result = fixture.check(check);
        QVERIFY2(idOf(result) == u"partial"_s, qPrintable(result.sample.detail));
    }

    void slow()
    {
        MisbehavingServer server([](ServerConnection &connection) {
            std::this_thread::sleep_for(60ms);
            connection.write("ready");
            connection.waitForClose();
        });
        ProbeFixture fixture;
        TcpCheck check = tcp(server.port(), u"ready"_s);
        check.slowAfter = 50ms;
        QCOMPARE(idOf(fixture.check(check)), u"slow"_s);
    }

    void saysGoodbye()
    {
        QByteArray farewell;
        ProbeFixture fixture;
        {
            MisbehavingServer server(greet("220 mx.example ESMTP\r\n", &farewell));
            MailCheck check;
            check.server = at(server.port());
            QCOMPARE(idOf(fixture.check(check)), u"ok"_s);
            QTRY_VERIFY(!farewell.isEmpty());
        }
        QCOMPARE(farewell, QByteArray("QUIT\r\n"));
    }

    void certificates_data()
    {
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("trusted");
        QTest::newRow("good") << u"ok"_s << u"localhost"_s << 90 << true;
        QTest::newRow("expires soon") << u"certificate-expiring"_s << u"localhost"_s << 5 << true;
        QTest::newRow("expired") << u"tls-expired"_s << u"localhost"_s << -1 << true;
        QTest::newRow("unknown authority") << u"tls-untrusted"_s << u"localhost"_s << 90 << false;
        QTest::newRow("another name") << u"tls-name-mismatch"_s << u"shop.example"_s << 90 << true;
    }

    void certificates()
    {
        QFETCH(QString, outcome);
        QFETCH(QString, name);
        QFETCH(int, days);
        QFETCH(bool, trusted);
        TestAuthority::Wish wish;
        wish.daysFromNow = days;
        const MisbehavingServer server(m_authority.issue(wish),
                                       [](ServerConnection &connection) { connection.waitForClose(); });
        TlsCheck check = tls(server.port(), trusted ? m_authorityFile : QString());
        check.tls.serverName = name;
        ProbeFixture fixture;
        const auto result = fixture.check(check);
        QVERIFY2(idOf(result) == outcome, qPrintable(idOf(result) + u": "_s + result.sample.detail));
        if (judgementOf(result.sample.outcome) != Judgement::Failed)
            QCOMPARE(server.serverName(), name.toLatin1());
        QVERIFY(result.sample.certificate);
        QVERIFY(phaseNames(result.sample.phases).contains(u"tls"_s));
    }

    void tlsFailures_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("silent") << MisbehavingServer::hang() << u"tls-handshake"_s;
        QTest::newRow("another protocol") << greet("220 mx.example ESMTP\r\n") << u"tls-handshake"_s;
        QTest::newRow("closes") << Script([](ServerConnection &) {}) << u"tls-handshake"_s;
    }

    void tlsFailures()
    {
        QFETCH(Script, script);
        QFETCH(QString, outcome);
        const MisbehavingServer server(script);
        ProbeFixture fixture;
        const auto result = fixture.check(tls(server.port(), m_authorityFile), ProbeFixture::kShort);
        QVERIFY2(idOf(result) == outcome, qPrintable(idOf(result) + u": "_s + result.sample.detail));
    }

    void manyAtOnce()
    {
        MisbehavingServer hanging(MisbehavingServer::hang());
        MisbehavingServer good(greet("SSH-2.0-OpenSSH_9.2\r\n"));
        ProbeFixture fixture;
        QList<quint64> waiting;
        for (int i = 0; i < 200; ++i)
            waiting += fixture.start(tcp(hanging.port(), u"never"_s), 3'000ms);
        SshCheck ssh;
        ssh.server = at(good.port());
        for (int i = 0; i < 20; ++i)
            QCOMPARE(idOf(fixture.check(ssh)), u"ok"_s);
        QVERIFY(fixture.answers() < 40); // nobody waited for those that hang
        for (const auto token : waiting)
            QCOMPARE(idOf(fixture.take(token)), u"first-byte-timeout"_s);
    }

    void cancelled()
    {
        MisbehavingServer server(MisbehavingServer::hang());
        ProbeFixture fixture;
        const auto token = fixture.start(tcp(server.port(), u"never"_s));
        fixture.cancel(token);
        QCOMPARE(idOf(fixture.take(token)), u"cancelled"_s);
    }

private:
    QTemporaryDir m_folder;
    TestAuthority m_authority;
    QString m_authorityFile;
};

QTEST_GUILESS_MAIN(TestStreamProbe)
#include "tst_streamprobe.moc"
