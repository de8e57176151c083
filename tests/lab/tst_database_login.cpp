// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/probes/proberegistry.h"
#include "tests/lab/support/labdatabases.h"

#include <QNetworkInterface>
#include <QTcpSocket>
#include <QtTest>

using namespace backwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

DatabaseCheck checkOf(DatabaseKind kind, quint16 port, const QString &password = {})
{
    DatabaseCheck check;
    check.kind = kind;
    check.server.host = u"127.0.0.1"_s;
    check.server.port = port;
    if (!password.isEmpty()) {
        check.user = u"shop"_s;
        check.password.value = password;
        check.database = kind == DatabaseKind::Mysql ? u"shop"_s : u"postgres"_s;
    }
    return check;
}

/// An address of this machine that is not the loopback one; empty when there is none.
QString ownAddress()
{
    const auto addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : addresses)
        if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback())
            return address.toString();
    return {};
}

} // namespace

/// Greeting and login against MariaDB and PostgreSQL as Debian has them.
class DatabaseLoginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mariadb();
    void mariadbNeverLocksOut();
    void postgresql();
    void tlsInsideOfTheProtocol();

private:
    Sample ask(const CheckSpec &check, milliseconds timeout = 20s);
    void askTls(StartTls protocol, quint16 port);
    void askRight(DatabaseKind kind, quint16 port);
    void askWrong(DatabaseKind kind, quint16 port);
    void askFrozen(DatabaseKind kind, quint16 port, const LabProcess &process);
    void askStopped(DatabaseKind kind, quint16 port);

    SystemClock m_clock;
    std::unique_ptr<Probe> m_probe = createProbes(m_clock);
    quint64 m_token = 0;
    LabMariadb m_mariadb;
};

#define COMPARE_OUTCOME(sample, outcome_)                                                                    \
    QVERIFY2((sample).outcome == Outcome::outcome_, qPrintable((sample).detail))

Sample DatabaseLoginTest::ask(const CheckSpec &check, milliseconds timeout)
{
    ProbeRequest request;
    request.token = ++m_token;
    request.check = check;
    request.timeout = timeout;
    std::optional<Sample> sample;
    const auto connection =
        connect(m_probe.get(), &Probe::answered, this, [&](const QList<ProbeAnswer> &answers) {
            for (const ProbeAnswer &answer : answers)
                if (answer.token == request.token)
                    sample = answer.result.sample;
        });
    m_probe->start(request);
    const bool came = QTest::qWaitFor([&] { return sample.has_value(); }, 60'000);
    disconnect(connection);
    if (!came)
        qFatal("A check was never answered.");
    const auto *login = std::get_if<DatabaseCheck>(&check);
    if (login && !login->password.value.isEmpty() && sample->detail.contains(login->password.value))
        qFatal("The password stands in a sentence.");
    return *sample;
}

void DatabaseLoginTest::askRight(DatabaseKind kind, quint16 port)
{
    COMPARE_OUTCOME(ask(checkOf(kind, port)), Ok);
    DatabaseCheck check = checkOf(kind, port, u"basket"_s);
    const Sample sample = ask(check);
    COMPARE_OUTCOME(sample, Ok);
    QVERIFY(sample.phases.connect && sample.phases.wait);
    QCOMPARE(*sample.phases.connect + *sample.phases.wait, sample.phases.total);
    check.query = u"SELECT 40 + 2"_s;
    check.expect = u"42"_s;
    COMPARE_OUTCOME(ask(check), Ok);
}

void DatabaseLoginTest::askWrong(DatabaseKind kind, quint16 port)
{
    COMPARE_OUTCOME(ask(checkOf(kind, port, u"wrong-word"_s)), AuthRejected);

    DatabaseCheck check = checkOf(kind, port, u"basket"_s);
    check.expect = u"2"_s;
    const Sample other = ask(check);
    COMPARE_OUTCOME(other, BodyMismatch);
    QVERIFY2(other.detail.contains(u"“1”"_s), qPrintable(other.detail));

    check.query = u"SELECT x FROM nowhere"_s;
    const Sample unknown = ask(check);
    COMPARE_OUTCOME(unknown, ProtocolError);
    QVERIFY2(unknown.detail.contains(u"nowhere"_s), qPrintable(unknown.detail));

    if (kind == DatabaseKind::Postgresql) {
        check = checkOf(kind, port, u"basket"_s);
        check.database = u"nobody"_s;
        COMPARE_OUTCOME(ask(check), ProtocolError);
    }
    // Words of a connection string in the values stay values.
    check = checkOf(kind, port, u"basket;port=1"_s);
    COMPARE_OUTCOME(ask(check), AuthRejected);
    check = checkOf(kind, port, u"basket"_s);
    check.user = u"shop' port='1;MYSQL_OPT_RECONNECT=1"_s;
    COMPARE_OUTCOME(ask(check), AuthRejected);
}

void DatabaseLoginTest::askFrozen(DatabaseKind kind, quint16 port, const LabProcess &process)
{
    const Frozen frozen(process);
    QElapsedTimer waited;
    waited.start();
    COMPARE_OUTCOME(ask(checkOf(kind, port, u"basket"_s), 1'500ms), FirstByteTimeout);
    QVERIFY(waited.elapsed() >= 1'500);
    COMPARE_OUTCOME(ask(checkOf(kind, port), 1'000ms), FirstByteTimeout);
}

void DatabaseLoginTest::askStopped(DatabaseKind kind, quint16 port)
{
    COMPARE_OUTCOME(ask(checkOf(kind, port)), ConnectRefused);
    COMPARE_OUTCOME(ask(checkOf(kind, port, u"basket"_s)), ConnectRefused);
}

void DatabaseLoginTest::mariadb()
{
    if (!LabMariadb::installed())
        QSKIP("MariaDB is not installed.");
    QVERIFY2(m_mariadb.start(), qPrintable(m_mariadb.problem()));
    const quint16 port = m_mariadb.port();
    askRight(DatabaseKind::Mysql, port);
    askWrong(DatabaseKind::Mysql, port);
    askFrozen(DatabaseKind::Mysql, port, m_mariadb.process());
    COMPARE_OUTCOME(ask(checkOf(DatabaseKind::Mysql, port, u"basket"_s)), Ok);
    QVERIFY(m_mariadb.stop());
    askStopped(DatabaseKind::Mysql, port);
}

/// The server forgives the loopback address everything, so it is asked over another one.
void DatabaseLoginTest::mariadbNeverLocksOut()
{
    const QString address = ownAddress();
    if (!LabMariadb::installed() || address.isEmpty())
        QSKIP("MariaDB is not installed, or this machine has no address but the loopback one.");
    QVERIFY2(m_mariadb.start(), qPrintable(m_mariadb.problem()));
    DatabaseCheck greeting = checkOf(DatabaseKind::Mysql, m_mariadb.port());
    greeting.server.host = address;
    DatabaseCheck login = checkOf(DatabaseKind::Mysql, m_mariadb.port(), u"basket"_s);
    login.server.host = address;
    for (int i = 0; i < 50; ++i)
        COMPARE_OUTCOME(ask(greeting), Ok);
    COMPARE_OUTCOME(ask(login), Ok);

    // The same in bad manners, to show that this server does count.
    for (int i = 0; i < 10; ++i) {
        QTcpSocket socket;
        socket.connectToHost(address, m_mariadb.port());
        QVERIFY(socket.waitForReadyRead(10'000));
        socket.abort();
        QTest::qWait(20);
    }
    const Sample locked = ask(greeting);
    if (locked.outcome == Outcome::Ok)
        QSKIP("This server locks nobody out: it cannot look up the name of this machine's address.");
    COMPARE_OUTCOME(locked, ProtocolError);
    QVERIFY2(locked.detail.contains(u"locked this computer out"_s), qPrintable(locked.detail));
}

void DatabaseLoginTest::postgresql()
{
    if (!LabPostgres::installed())
        QSKIP("PostgreSQL is not installed.");
    LabPostgres postgres;
    QVERIFY2(postgres.start(), qPrintable(postgres.problem()));
    const quint16 port = postgres.port();
    askRight(DatabaseKind::Postgresql, port);
    // A farewell in the midst of the login would be an error in the server's log.
    const QByteArray log = postgres.log();
    const QByteArray afterStart = log.mid(log.indexOf("ready to accept connections"));
    QVERIFY2(!afterStart.contains("FATAL"), afterStart.constData());
    askWrong(DatabaseKind::Postgresql, port);
    askFrozen(DatabaseKind::Postgresql, port, postgres.process());
    QVERIFY(postgres.stop());
    askStopped(DatabaseKind::Postgresql, port);
}

void DatabaseLoginTest::askTls(StartTls protocol, quint16 port)
{
    TlsCheck check;
    check.server.host = u"127.0.0.1"_s;
    check.server.port = port;
    check.startTls = protocol;
    const Sample distrusted = ask(check);
    COMPARE_OUTCOME(distrusted, TlsUntrusted);
    QVERIFY(distrusted.certificate);
    QCOMPARE(distrusted.certificate->daysLeft(m_clock.utcMs()), 89);
    check.tls.verify = false;
    const Sample sample = ask(check);
    COMPARE_OUTCOME(sample, Ok);
    QVERIFY(sample.phases.tls);
}

void DatabaseLoginTest::tlsInsideOfTheProtocol()
{
    if (LabPostgres::installed()) {
        LabPostgres postgres;
        QVERIFY2(postgres.start(), qPrintable(postgres.problem()));
        TlsCheck check;
        check.server.host = u"127.0.0.1"_s;
        check.server.port = postgres.port();
        check.startTls = StartTls::Postgresql;
        COMPARE_OUTCOME(ask(check), ProtocolError); // it does not offer TLS yet
        QVERIFY(postgres.stop());
        postgres.offerTls();
        QVERIFY2(postgres.start(), qPrintable(postgres.problem()));
        askTls(StartTls::Postgresql, postgres.port());
    }
    if (LabMariadb::installed()) {
        LabMariadb mariadb;
        mariadb.offerTls();
        QVERIFY2(mariadb.start(), qPrintable(mariadb.problem()));
        askTls(StartTls::Mysql, mariadb.port());
    }
    if (!LabPostgres::installed() || !LabMariadb::installed())
        QSKIP("PostgreSQL or MariaDB is not installed.");
}

QTEST_GUILESS_MAIN(DatabaseLoginTest)
#include "tst_database_login.moc"
