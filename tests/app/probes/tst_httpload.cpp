// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QtTest>

using namespace backwatch;

namespace {

const QByteArray kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

/// Many checks at a time, cancelled ones, and the end of the probe in the midst of them.
class TestHttpLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNotHeldUpByThoseThatHang();
    void cancels();
    void cancelsAtOnce();
    void ignoresUnknownTokens();
    void endsWithTransfersUnderWay();
    void answersInBatches();
};

void TestHttpLoad::isNotHeldUpByThoseThatHang()
{
    constexpr int kHanging = 1'000;
    constexpr int kHealthy = 200;
    MisbehavingServer hanging(MisbehavingServer::hang());
    MisbehavingServer healthy(MisbehavingServer::say(kOk));
    ProbeFixture fixture;
    for (int i = 0; i < kHanging; ++i)
        fixture.start(checkOf(hanging.url()), milliseconds(60'000));
    QTRY_COMPARE_WITH_TIMEOUT(hanging.connections(), kHanging, 30'000);
    for (int i = 0; i < kHealthy; ++i)
        fixture.start(checkOf(healthy.url()));
    QVERIFY(fixture.waitFor(kHealthy));
    QCOMPARE(fixture.answers(), kHealthy);
    for (const auto &result : fixture.all())
        QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(healthy.connections(), kHealthy);
}

void TestHttpLoad::cancels()
{
    MisbehavingServer server(MisbehavingServer::hang());
    ProbeFixture fixture;
    const quint64 token = fixture.start(checkOf(server.url()));
    QTRY_COMPARE(server.connections(), 1);
    QCOMPARE(fixture.answers(), 0);
    fixture.cancel(token);
    const auto result = fixture.take(token);
    QCOMPARE(idOf(result), QStringLiteral("cancelled"));
    QCOMPARE(result.exchange->status, 0);
    fixture.cancel(token);
    QTest::qWait(0);
    QCOMPARE(fixture.answers(), 1);
}

void TestHttpLoad::cancelsAtOnce()
{
    ProbeFixture fixture({}, [](const QByteArray &, AddressFamily) {
        QThread::msleep(200);
        return NameAnswer{NameAnswer::Status::NotFound, {}, {}};
    });
    const quint64 token = fixture.start(checkOf(QUrl(QStringLiteral("http://a.example/"))));
    fixture.cancel(token);
    const auto result = fixture.take(token);
    QCOMPARE(idOf(result), QStringLiteral("cancelled"));
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("dns"));
}

void TestHttpLoad::ignoresUnknownTokens()
{
    MisbehavingServer server(MisbehavingServer::say(kOk));
    ProbeFixture fixture;
    fixture.cancel(77);
    QCOMPARE(idOf(fixture.check(checkOf(server.url()))), QStringLiteral("ok"));
    QCOMPARE(fixture.answers(), 1);
}

void TestHttpLoad::endsWithTransfersUnderWay()
{
    MisbehavingServer hanging(MisbehavingServer::hang());
    MisbehavingServer endless([](ServerConnection &connection) {
        connection.readHead();
        connection.write("HTTP/1.1 200 OK\r\n\r\n");
        while (connection.write("x"))
            QThread::msleep(1);
    });
    ProbeFixture fixture({}, [](const QByteArray &, AddressFamily) {
        QThread::msleep(100);
        return NameAnswer{NameAnswer::Status::NotFound, {}, {}};
    });
    for (int i = 0; i < 20; ++i) {
        fixture.start(checkOf(hanging.url()));
        fixture.start(checkOf(endless.url()));
        fixture.start(checkOf(QUrl(QStringLiteral("http://name%1.example/").arg(i))));
    }
    QTRY_COMPARE(hanging.connections() + endless.connections(), 40);
    fixture.start(checkOf(hanging.url()));
    fixture.destroyProbe();
    const int answers = fixture.answers();
    QTest::qWait(0);
    QCOMPARE(fixture.answers(), answers);
}

void TestHttpLoad::answersInBatches()
{
    // The owner's thread does not turn its event loop while 100 checks fail: they come together.
    ProbeFixture fixture;
    const HttpCheck check = checkOf(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(closedPort())));
    for (int i = 0; i < 100; ++i)
        fixture.start(check);
    QThread::msleep(300);
    QVERIFY(fixture.waitFor(100));
    QVERIFY2(fixture.batches() < 100, qPrintable(QString::number(fixture.batches())));
}

QTEST_GUILESS_MAIN(TestHttpLoad)
#include "tst_httpload.moc"
