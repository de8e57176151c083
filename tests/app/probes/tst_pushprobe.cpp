// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/pushprobe.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace backwatch;

namespace {

constexpr char kToken[] = "s3cret-token";

} // namespace

/// Jobs that report in over real sockets, with a clock that the test moves.
class TestPushProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void requests_data();
    void requests();
    void reports_data();
    void reports();
    void waitsForTheFirst();
    void missesTheNext();
    void changedTokenBeginsAnew();
    void needsAToken();
    void portIsTaken();
    void slowClientIsSentAway();
    void tooManyClients();
    void oneByteAtATime();

private:
    QByteArray say(const QByteArray &request);
    QByteArray report(const QByteArray &query = {});
    Sample ask(const QString &token = QString::fromLatin1(kToken));

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<PushProbe> m_probe;
    quint64 m_token = 0;
};

void TestPushProbe::init()
{
    m_probe.reset();
    m_clock = std::make_unique<FakeClock>();
    m_probe = std::make_unique<PushProbe>(*m_clock, 0);
}

/// All that comes back until the other side has closed.
QByteArray TestPushProbe::say(const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_probe->receiver().listen().value());
    socket.write(request);
    QByteArray answer;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 20'000 && socket.state() != QAbstractSocket::UnconnectedState)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
    answer += socket.readAll();
    return answer;
}

QByteArray TestPushProbe::report(const QByteArray &query)
{
    return say(QByteArrayLiteral("GET /push/") + kToken + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
}

/// A monitor of 30 s with 10 s of grace.
Sample TestPushProbe::ask(const QString &token)
{
    QSignalSpy spy(m_probe.get(), &Probe::answered);
    ProbeRequest request;
    request.token = ++m_token;
    request.monitor = 5;
    request.check = PushCheck{{QStringLiteral("entry"), token}, milliseconds(10'000)};
    request.interval = milliseconds(30'000);
    m_probe->start(request);
    if (!spy.isEmpty() || !spy.wait())
        return {};
    const auto answers = spy.first().first().value<QList<ProbeAnswer>>();
    return answers.size() == 1 && answers.first().token == m_token ? answers.first().result.sample : Sample();
}

void TestPushProbe::requests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray ok = " /push/s3cret-token HTTP/1.1\r\n";
    QTest::newRow("get") << QByteArray("GET" + ok + "\r\n") << 200;
    QTest::newRow("escaped") << QByteArray("GET /push/s3cret%2Dtoken HTTP/1.0\r\n\r\n") << 200;
    QTest::newRow("post") << QByteArray("POST" + ok + "Content-Length: 3\r\n\r\nabc") << 200;
    QTest::newRow("chunks") << QByteArray("POST" + ok +
                                          "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                            << 200;
    QTest::newRow("other token") << QByteArray("GET /push/s3cret-tokeN HTTP/1.1\r\n\r\n") << 404;
    QTest::newRow("longer token") << QByteArray("GET /push/s3cret-tokens HTTP/1.1\r\n\r\n") << 404;
    QTest::newRow("no token") << QByteArray("GET /push/ HTTP/1.1\r\n\r\n") << 404;
    QTest::newRow("other path") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 404;
    QTest::newRow("put") << QByteArray("PUT" + ok + "\r\n") << 405;
    QTest::newRow("bad status") << QByteArray("GET /push/s3cret-token?status=fine HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01 hello\r\n\r\n") << 400;
    QTest::newRow("HTTP/0.9") << QByteArray("GET /push/s3cret-token\r\n\r\n") << 400;
    QTest::newRow("NUL") << QByteArray("GET /push/s3cret-token\0 HTTP/1.1\r\n\r\n", 36) << 400;
    QTest::newRow("two lengths") << QByteArray("POST" + ok +
                                               "Content-Length: 1\r\nContent-Length: 2\r\n\r\nabc")
                                 << 400;
    QTest::newRow("negative length") << QByteArray("POST" + ok + "Content-Length: -1\r\n\r\n") << 400;
    QTest::newRow("long body") << QByteArray("POST" + ok + "Content-Length: 999999999999\r\n\r\nabc") << 413;
    QTest::newRow("long head") << QByteArray("GET" + ok + "X: " + QByteArray(20'000, 'x')) << 413;
    QTest::newRow("line without end") << QByteArray(9'000, 'A') << 413;
}

void TestPushProbe::requests()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QCOMPARE(ask().outcome, Outcome::Cancelled);
    const QByteArray answer = say(request);
    QVERIFY2(answer.startsWith(QByteArray("HTTP/1.1 " + QByteArray::number(status))), answer.constData());
    QVERIFY(!answer.contains(kToken));
    QCOMPARE(ask().outcome, status == 200 ? Outcome::Ok : Outcome::Cancelled);
}

void TestPushProbe::reports_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<qint64>("microseconds");
    const auto row = [](const char *what, const QByteArray &query, Outcome outcome, const QString &detail,
                        qint64 time = 0) { QTest::newRow(what) << query << outcome << detail << time; };
    row("plain", {}, Outcome::Ok, QStringLiteral("Reported 12s ago."));
    row("with words", "?status=up&msg=done+in%20time&ping=12.5", Outcome::Ok,
        QStringLiteral("Reported 12s ago: done in time"), 12'500);
    row("down", "?status=down&msg=disk%20full", Outcome::ProtocolError,
        QStringLiteral("The job reported a failure 12s ago: disk full"));
    row("down without words", "?status=DOWN", Outcome::ProtocolError,
        QStringLiteral("The job reported a failure 12s ago."));
    row("degraded", "?status=degraded&msg=late", Outcome::Slow,
        QStringLiteral("The job reported trouble 12s ago: late"));
    row("no number", "?ping=nan", Outcome::Ok, QStringLiteral("Reported 12s ago."));
    row("endless", "?ping=1e300", Outcome::Ok, QStringLiteral("Reported 12s ago."));
    row("place markers", "?msg=%251+%252", Outcome::Ok, QStringLiteral("Reported 12s ago: %1 %2"));
    row("control characters", "?msg=a%1b%5b31m%00b%0ac", Outcome::Ok,
        QStringLiteral("Reported 12s ago: a [31m b c"));
    row("long", QByteArray("?msg=" + QByteArray(5'000, 'x')), Outcome::Ok,
        QStringLiteral("Reported 12s ago: %1").arg(QString(120, u'x')));
}

void TestPushProbe::reports()
{
    QFETCH(QByteArray, query);
    QFETCH(Outcome, outcome);
    QFETCH(QString, detail);
    QFETCH(qint64, microseconds);
    ask();
    QVERIFY(report(query).startsWith("HTTP/1.1 200 "));
    m_clock->advance(12'345);
    const Sample sample = ask();
    QCOMPARE(sample.outcome, outcome);
    QCOMPARE(sample.detail, detail);
    QCOMPARE(sample.monitor, MonitorId(5));
    QCOMPARE(sample.phases.total.count(), microseconds);
}

void TestPushProbe::waitsForTheFirst()
{
    QCOMPARE(ask().outcome, Outcome::Cancelled);
    m_clock->advance(39'999);
    QCOMPARE(ask().detail, QStringLiteral("No report yet; waiting for the first one."));
    m_clock->advance(1);
    const Sample sample = ask();
    QCOMPARE(sample.outcome, Outcome::FirstByteTimeout);
    QVERIFY2(sample.detail.contains(QStringLiteral("40s")), qPrintable(sample.detail));
    report();
    QCOMPARE(ask().detail, QStringLiteral("Reported just now."));
}

void TestPushProbe::missesTheNext()
{
    ask();
    report();
    m_clock->advance(40'000);
    QCOMPARE(ask().outcome, Outcome::Ok);
    m_clock->advance(1);
    const Sample sample = ask();
    QCOMPARE(sample.outcome, Outcome::FirstByteTimeout);
    QCOMPARE(sample.detail, QStringLiteral("The job last reported 40s ago; expected within 40s."));
}

void TestPushProbe::changedTokenBeginsAnew()
{
    ask();
    report();
    QCOMPARE(ask(QStringLiteral("another")).outcome, Outcome::Cancelled);
    QVERIFY(report().startsWith("HTTP/1.1 404 "));
}

void TestPushProbe::needsAToken()
{
    QCOMPARE(ask(QString()).outcome, Outcome::Internal);
    ask();
    QVERIFY(say("GET /push/ HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 404 "));
}

void TestPushProbe::portIsTaken()
{
    auto holder = std::make_unique<QTcpServer>();
    QVERIFY(holder->listen(QHostAddress::LocalHost, 0));
    const quint16 port = holder->serverPort();
    m_probe = std::make_unique<PushProbe>(*m_clock, port);
    const Sample sample = ask();
    QCOMPARE(sample.outcome, Outcome::Internal);
    QVERIFY2(sample.detail.contains(QString::number(port)), qPrintable(sample.detail));
    holder.reset();
    QCOMPARE(ask().outcome, Outcome::Cancelled);
}

void TestPushProbe::slowClientIsSentAway()
{
    PushReceiver receiver(*m_clock, 0, 50);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, receiver.listen().value());
    socket.write("GET /push/");
    QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() > 0, 10'000);
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 408 "));
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, 10'000);
}

void TestPushProbe::tooManyClients()
{
    ask();
    const quint16 port = m_probe->receiver().listen().value();
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    const auto open = [&] {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QHostAddress::LocalHost, port);
        return QTest::qWaitFor([&] { return sockets.back()->state() != QAbstractSocket::ConnectingState; });
    };
    for (int i = 0; i < PushReceiver::kClients; ++i)
        QVERIFY(open());
    QVERIFY(open());
    QTRY_COMPARE_WITH_TIMEOUT(sockets.back()->state(), QAbstractSocket::UnconnectedState, 4'000);
    sockets.clear();
    QTRY_VERIFY_WITH_TIMEOUT(report().startsWith("HTTP/1.1 200 "), 10'000);
}

void TestPushProbe::oneByteAtATime()
{
    ask();
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_probe->receiver().listen().value());
    QVERIFY(socket.waitForConnected());
    for (const char c :
         QByteArrayLiteral("POST /push/s3cret-token HTTP/1.1\r\nContent-Length: 2\r\n\r\nab")) {
        QCOMPARE(ask().outcome, Outcome::Cancelled);
        socket.write(&c, 1);
        socket.flush();
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() > 0, 4'000);
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 200 "));
}

QTEST_GUILESS_MAIN(TestPushProbe)
#include "tst_pushprobe.moc"
