// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/probes/proberegistry.h"
#include "tests/lab/support/labbackends.h"
#include "tests/lab/support/labdatabases.h"

#include <QTcpSocket>
#include <QtTest>

#include <algorithm>
#include <functional>

using namespace backwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Maker = std::unique_ptr<LabBackend> (*)();
using CheckAt = std::function<CheckSpec(const ServerAddress &)>;

template <typename Check>
CheckSpec plain(const ServerAddress &server)
{
    Check check;
    check.server = server;
    return check;
}

CheckSpec redis(const ServerAddress &server, const QString &password)
{
    RedisCheck check;
    check.server = server;
    check.password.value = password;
    return check;
}

CheckSpec fastCgi(const ServerAddress &server, const QString &path, const QString &statusPath = {})
{
    FastCgiCheck check;
    check.server = server;
    check.path = path;
    check.statusPath = statusPath;
    return check;
}

CheckSpec mail(const ServerAddress &server, MailProtocol protocol, MailSecurity security = MailSecurity::None)
{
    MailCheck check;
    check.protocol = protocol;
    check.server = server;
    check.security = security;
    check.tls.verify = false; // it signs for itself
    return check;
}

CheckSpec tls(const ServerAddress &server, StartTls protocol, bool verify)
{
    TlsCheck check;
    check.server = server;
    check.startTls = protocol;
    check.tls.verify = verify;
    return check;
}

CheckSpec tcp(const ServerAddress &server, const QByteArray &send, const QString &expect)
{
    TcpCheck check;
    check.server = server;
    check.send = send;
    check.expect = expect;
    return check;
}

struct Question
{
    CheckAt check;
    Outcome outcome = Outcome::Ok;
    QString sentence; ///< a part of it
};

} // namespace

Q_DECLARE_METATYPE(Maker)
Q_DECLARE_METATYPE(QList<Question>)

/// Every kind that talks over a plain connection against the server that Debian has of it: up, wrong,
/// hanging and gone; and none of them has anything to complain of.
class BackendServersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servers_data();
    void servers();
    void busyPhpWorkers();
    void oneIsNotTheOther();

private:
    Sample ask(const CheckSpec &check, milliseconds timeout = 20s);
    void compare(const Sample &sample, Outcome outcome, const QString &sentence);

    SystemClock m_clock;
    std::unique_ptr<Probe> m_probe = createProbes(m_clock);
    quint64 m_token = 0;
};

Sample BackendServersTest::ask(const CheckSpec &check, milliseconds timeout)
{
    ProbeRequest request;
    request.token = ++m_token;
    request.monitor = 1;
    request.check = check;
    request.timeout = timeout;
    std::optional<Sample> sample;
    const auto connection =
        connect(m_probe.get(), &Probe::answered, this, [&](const QList<ProbeAnswer> &answers) {
            for (const auto &answer : answers)
                if (answer.token == request.token)
                    sample = answer.result.sample;
        });
    m_probe->start(request);
    const bool answered = QTest::qWaitFor([&] { return sample.has_value(); }, 40'000);
    disconnect(connection);
    if (!answered)
        qFatal("A check was never answered.");
    return *sample;
}

void BackendServersTest::compare(const Sample &sample, Outcome outcome, const QString &sentence)
{
    QVERIFY2(sample.outcome == outcome, qPrintable(outcomeId(sample.outcome) + u" instead of " +
                                                   outcomeId(outcome) + u": " + sample.detail));
    QVERIFY2(sample.detail.contains(sentence), qPrintable(sample.detail));
}

void BackendServersTest::servers_data()
{
    QTest::addColumn<Maker>("make");
    QTest::addColumn<QList<Question>>("questions");
    QTest::addColumn<QByteArray>("complaint"); ///< what its log says of a client that left rudely
    const auto row = [](const char *name, Maker make, const QList<Question> &questions,
                        const QByteArray &complaint) {
        QTest::newRow(name) << make << questions << complaint;
    };
    using S = const ServerAddress &;
    row("redis", &labRedis,
        {{[](S s) { return redis(s, u"basket"_s); }, Outcome::Ok, u"PONG"_s},
         {[](S s) { return redis(s, u"no"_s); }, Outcome::AuthRejected, u"password"_s},
         {[](S s) { return redis(s, {}); }, Outcome::AuthRejected, u"password"_s},
         {[](S s) { return tcp(s, "PING\r\n", u"NOAUTH"_s); }, Outcome::Ok, u"NOAUTH"_s},
         {[](S s) { return tcp(s, "QUIT\r\n", u"PONG"_s); }, Outcome::BodyMismatch, u"PONG"_s}},
        "attack");
    row("memcached", &labMemcached, {{&plain<MemcachedCheck>, Outcome::Ok, u"Memcached 1."_s}}, "failed");
    row("php-fpm", &labPhpFpm,
        {{[](S s) { return fastCgi(s, u"/ping"_s); }, Outcome::Ok, u"answers"_s},
         {[](S s) { return fastCgi(s, u"/ping"_s, u"/status"_s); }, Outcome::Ok, u"Pool www"_s},
         {[](S s) { return fastCgi(s, u"/pong"_s); }, Outcome::BodyMismatch, u"pm.ping_path"_s},
         {[](S s) { return fastCgi(s, u"/ping"_s, u"/stat"_s); }, Outcome::BodyMismatch,
          u"pm.status_path"_s}},
        "WARNING");
    row("sshd", &labSshd, {{&plain<SshCheck>, Outcome::Ok, u"SSH-2.0-OpenSSH"_s}}, "Bad protocol");
    row("dovecot", &labDovecot,
        {{[](S s) { return mail(s, MailProtocol::Imap); }, Outcome::Ok, u"Dovecot"_s},
         {[](S s) { return mail(s, MailProtocol::Imap, MailSecurity::StartTls); }, Outcome::Ok, u"Dovecot"_s},
         {[](S s) { return tls(s, StartTls::Imap, true); }, Outcome::TlsUntrusted, u"signed by itself"_s},
         {[](S s) { return tls(s, StartTls::Imap, false); }, Outcome::Ok, u"Dovecot"_s}},
        "Connection closed (no auth");
    row("dovecot-pop3", &labDovecotPop3,
        {{[](S s) { return tls(s, StartTls::Pop3, false); }, Outcome::Ok, u"Dovecot"_s},
         {[](S s) { return tls(s, StartTls::Pop3, true); }, Outcome::TlsUntrusted, u"signed by itself"_s},
         {[](S s) { return tls(s, StartTls::Imap, false); }, Outcome::ProtocolError, {}}},
        "TLS handshaking"); // it also notes the port check before the first question
    row("exim", &labExim,
        {{[](S s) { return mail(s, MailProtocol::Smtp); }, Outcome::Ok, u"mx.example"_s},
         {[](S s) { return mail(s, MailProtocol::Smtp, MailSecurity::StartTls); }, Outcome::Ok,
          u"mx.example"_s},
         {[](S s) { return tls(s, StartTls::Smtp, true); }, Outcome::TlsUntrusted, u"signed by itself"_s}},
        "synchronization error");
    row("slapd", &labSlapd,
        {{[](S s) { return tls(s, StartTls::Ldap, false); }, Outcome::Ok, u"handshake was finished"_s},
         {[](S s) { return tls(s, StartTls::Ldap, true); }, Outcome::TlsUntrusted, u"signed by itself"_s},
         {[](S s) { return tls(s, StartTls::None, false); }, Outcome::TlsHandshake, {}}},
        "conn=1001 fd=12 closed (connection lost)");
    row("vsftpd", &labVsftpd,
        {{[](S s) { return tls(s, StartTls::Ftp, false); }, Outcome::Ok, u"vsFTPd"_s},
         {[](S s) { return tls(s, StartTls::Ftp, true); }, Outcome::TlsUntrusted, u"signed by itself"_s},
         {[](S s) { return tls(s, StartTls::Smtp, false); }, Outcome::ProtocolError, {}}},
        "500 OOPS");
}

void BackendServersTest::servers()
{
    QFETCH(Maker, make);
    QFETCH(QList<Question>, questions);
    QFETCH(QByteArray, complaint);
    const auto server = make();
    if (const QString missing = server->missing(); !missing.isEmpty())
        QSKIP(qPrintable(missing + u" is not installed (packaging/quickstart deps installs it)"_s));
    QVERIFY2(server->start(), qPrintable(server->problem() + QString::fromUtf8(server->log())));
    ServerAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = server->port();
    for (const auto &question : questions) {
        // Who does not trust a server hangs up on it, and that it may say.
        if (question.outcome == Outcome::TlsUntrusted)
            QVERIFY2(!server->log().contains(complaint), server->log().constData());
        compare(ask(question.check(address)), question.outcome, question.sentence);
        if (QTest::currentTestFailed()) {
            qWarning("%s", server->log().constData());
            return;
        }
    }
    if (std::none_of(questions.cbegin(), questions.cend(),
                     [](const Question &question) { return question.outcome == Outcome::TlsUntrusted; }))
        QVERIFY2(!server->log().contains(complaint), server->log().constData());
    const CheckSpec usual = questions.first().check(address);
    {
        const Frozen frozen(server->process());
        const Sample sample = ask(usual, 1s);
        // Some servers have a child for each connection, which is not frozen but never made.
        compare(sample, Outcome::FirstByteTimeout, {});
    }
    if (QTest::currentTestFailed())
        return;
    QTRY_VERIFY_WITH_TIMEOUT(ask(usual).outcome == Outcome::Ok, 20'000);
    QVERIFY(server->stop());
    // A child that it forked a moment ago holds its port until it gets to closing it.
    QTRY_VERIFY_WITH_TIMEOUT(ask(usual).outcome != Outcome::ClosedEarly, 10'000);
    compare(ask(usual), Outcome::ConnectRefused, u"refused"_s);
}

/// The one worker is taken: PHP-FPM lets further connections wait in its socket's queue.
void BackendServersTest::busyPhpWorkers()
{
    const auto server = labPhpFpm();
    if (!server->missing().isEmpty())
        QSKIP("php-fpm is not installed (packaging/quickstart deps installs it)");
    QVERIFY2(server->start(), qPrintable(server->problem()));
    QTcpSocket half; // half a request keeps the worker waiting for the rest
    half.connectToHost(u"127.0.0.1"_s, server->port());
    QVERIFY(half.waitForConnected());
    half.write(QByteArray::fromHex("0101000100080000"
                                   "0001000000000000"));
    QVERIFY(half.waitForBytesWritten());
    ServerAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = server->port();
    compare(ask(fastCgi(address, u"/ping"_s), 1s), Outcome::FirstByteTimeout, u"FastCGI"_s);
    half.abort();
    QTRY_VERIFY_WITH_TIMEOUT(ask(fastCgi(address, u"/ping"_s)).outcome == Outcome::Ok, 20'000);
}

/// A port that somebody else listens on now is told by what he says.
void BackendServersTest::oneIsNotTheOther()
{
    const auto exim = labExim();
    const auto redisServer = labRedis();
    if (!exim->missing().isEmpty() || !redisServer->missing().isEmpty())
        QSKIP("exim4 or redis-server is not installed (packaging/quickstart deps installs them)");
    QVERIFY2(exim->start(), qPrintable(exim->problem()));
    QVERIFY2(redisServer->start(), qPrintable(redisServer->problem()));
    ServerAddress at;
    at.host = u"127.0.0.1"_s;
    at.port = exim->port();
    const auto isNone = [this](const CheckSpec &check) {
        const Sample sample = ask(check, 5s);
        QVERIFY2(judgementOf(sample.outcome) == Judgement::Failed, qPrintable(sample.detail));
        QVERIFY2(sample.outcome == Outcome::ProtocolError,
                 qPrintable(outcomeId(sample.outcome) + u": " + sample.detail));
    };
    isNone(redis(at, {}));
    isNone(plain<MemcachedCheck>(at));
    isNone(plain<SshCheck>(at));
    isNone(plain<DatabaseCheck>(at));
    isNone(mail(at, MailProtocol::Imap));
    isNone(fastCgi(at, u"/ping"_s));
    at.port = redisServer->port();
    isNone(plain<MemcachedCheck>(at));
}

QTEST_GUILESS_MAIN(BackendServersTest)
#include "tst_backend_servers.moc"
