// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/nameresolver.h"
#include "tests/app/probes/probefixture.h"
#include "tests/support/misbehavingserver.h"

#include <QSemaphore>
#include <QtTest>

using namespace backwatch;
using Status = NameAnswer::Status;

/// Names, with a lookup that the test moves.
class TestNameResolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesAndKeepsAnswers();
    void asksAnewForNamesWithoutAnswer();
    void goesOnBesideLookupsThatHang();
    void forgets();
    void outlivesNothing();
    void tellsFailuresApart_data();
    void tellsFailuresApart();
    void timesOut();
    void triesEveryAddress();
    void countsTheWaitForANameOnce();
    void asksForTheFamily();
    void readsNumbersItself();

private:
    NameResolver::Deliver deliverer()
    {
        return [this](NameResolver::Task task) { QMetaObject::invokeMethod(this, std::move(task)); };
    }
};

void TestNameResolver::sharesAndKeepsAnswers()
{
    std::atomic<int> lookups = 0;
    QSemaphore go;
    NameResolver names(
        [&](const QByteArray &, AddressFamily) {
            ++lookups;
            go.acquire();
            return NameAnswer{Status::Found, {"192.0.2.1"}, {}};
        },
        deliverer());
    int answers = 0;
    const auto count = [&](const NameAnswer &answer) {
        QCOMPARE(answer.addresses, QByteArrayList{"192.0.2.1"});
        ++answers;
    };
    names.ask("a", AddressFamily::Any, count);
    names.ask("a", AddressFamily::Any, count);
    names.ask("a", AddressFamily::Ipv4, count);
    go.release(2);
    QTRY_COMPARE(answers, 3);
    QCOMPARE(lookups, 2);
    const auto now = std::chrono::steady_clock::now();
    QVERIFY(names.cached("a", AddressFamily::Any, now));
    QVERIFY(!names.cached("a", AddressFamily::Ipv6, now));
    QVERIFY(!names.cached("b", AddressFamily::Any, now));
    QVERIFY(!names.cached("a", AddressFamily::Any, now + NameResolver::kKeepFor));
}

void TestNameResolver::asksAnewForNamesWithoutAnswer()
{
    std::atomic<int> lookups = 0;
    NameResolver names(
        [&](const QByteArray &, AddressFamily) {
            ++lookups;
            return NameAnswer{Status::NotFound, {}, {}};
        },
        deliverer());
    for (int i = 1; i <= 3; ++i) {
        bool answered = false;
        names.ask("a", AddressFamily::Any, [&](const NameAnswer &) { answered = true; });
        QTRY_VERIFY(answered);
        QCOMPARE(lookups, i);
        QVERIFY(!names.cached("a", AddressFamily::Any, std::chrono::steady_clock::now()));
    }
}

void TestNameResolver::goesOnBesideLookupsThatHang()
{
    QSemaphore hang;
    std::atomic<int> hanging = 0;
    NameResolver names(
        [&](const QByteArray &host, AddressFamily) {
            if (host == "dead") {
                ++hanging;
                hang.acquire();
            }
            return NameAnswer{Status::Found, {"192.0.2.1"}, {}};
        },
        deliverer(), 2);
    // However often a dead name is asked for, it holds one thread.
    int dead = 0;
    for (int i = 0; i < 5; ++i) {
        const auto ticket = names.ask("dead", AddressFamily::Any, [&](const NameAnswer &) { ++dead; });
        if (i > 0)
            names.forget(ticket);
    }
    int alive = 0;
    for (int i = 0; i < 20; ++i)
        names.ask(QByteArray::number(i), AddressFamily::Any, [&](const NameAnswer &) { ++alive; });
    QTRY_COMPARE(alive, 20);
    QCOMPARE(hanging, 1);
    QCOMPARE(dead, 0);
    hang.release();
    QTRY_COMPARE(dead, 1);
}

void TestNameResolver::forgets()
{
    QSemaphore go;
    std::atomic<int> lookups = 0;
    NameResolver names(
        [&](const QByteArray &, AddressFamily) {
            ++lookups;
            go.acquire();
            return NameAnswer{Status::Found, {"192.0.2.1"}, {}};
        },
        deliverer(), 1);
    bool wrong = false;
    bool last = false;
    names.ask("running", AddressFamily::Any, [&](const NameAnswer &) {});
    QTRY_COMPARE(lookups, 1);
    names.forget(names.ask("queued", AddressFamily::Any, [&](const NameAnswer &) { wrong = true; }));
    names.ask("last", AddressFamily::Any, [&](const NameAnswer &) { last = true; });
    go.release(3);
    QTRY_VERIFY(last);
    QVERIFY(!wrong);
    QCOMPARE(lookups, 2);
}

void TestNameResolver::outlivesNothing()
{
    const auto go = std::make_shared<QSemaphore>();
    const auto begun = std::make_shared<QSemaphore>();
    const auto ended = std::make_shared<QSemaphore>();
    auto names = std::make_unique<NameResolver>(
        [go, begun, ended](const QByteArray &, AddressFamily) {
            begun->release();
            go->acquire();
            ended->release();
            return NameAnswer{Status::Found, {"192.0.2.1"}, {}};
        },
        deliverer());
    bool answered = false;
    names->ask("a", AddressFamily::Any, [&](const NameAnswer &) { answered = true; });
    QVERIFY(begun->tryAcquire(1, 30'000));
    names.reset(); // returns although the lookup hangs
    go->release();
    QVERIFY(ended->tryAcquire(1, 30'000));
    QTest::qWait(0);
    QVERIFY(!answered);
}

void TestNameResolver::tellsFailuresApart_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("detail");
    QTest::newRow("not found") << static_cast<int>(Status::NotFound) << QStringLiteral("dns-not-found")
                               << QStringLiteral("The name shop.example does not exist.");
    QTest::newRow("failed") << static_cast<int>(Status::Failed) << QStringLiteral("dns-failure")
                            << QStringLiteral("The name shop.example could not be looked up: out of order.");
}

void TestNameResolver::tellsFailuresApart()
{
    QFETCH(int, status);
    QFETCH(QString, outcome);
    QFETCH(QString, detail);
    ProbeFixture fixture({}, [status](const QByteArray &, AddressFamily) {
        return NameAnswer{static_cast<Status>(status), {}, "out of order"};
    });
    const auto result = fixture.check(checkOf(QUrl(QStringLiteral("http://shop.example/"))));
    QCOMPARE(idOf(result), outcome);
    QCOMPARE(result.sample.detail, detail);
    QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("dns"));
    QCOMPARE(result.sample.address, QString());
    QCOMPARE(headerValue(result.exchange->requestHeaders, "Host"), "shop.example");
}

void TestNameResolver::timesOut()
{
    const auto hang = std::make_shared<QSemaphore>();
    {
        ProbeFixture fixture({}, [hang](const QByteArray &, AddressFamily) {
            hang->acquire();
            return NameAnswer{Status::NotFound, {}, {}};
        });
        const auto result =
            fixture.check(checkOf(QUrl(QStringLiteral("http://shop.example/"))), ProbeFixture::kShort);
        QCOMPARE(idOf(result), QStringLiteral("dns-timeout"));
        QCOMPARE(result.sample.detail,
                 QStringLiteral("No name server answered for shop.example within 1.0 s."));
        QCOMPARE(phaseNames(result.sample.phases), QStringLiteral("dns"));
        QCOMPARE(result.sample.phases.total, microseconds(ProbeFixture::kShort));
    }
    hang->release();
}

void TestNameResolver::triesEveryAddress()
{
    MisbehavingServer server(MisbehavingServer::say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    // Nobody listens on the port at the first two.
    ProbeFixture fixture({}, [](const QByteArray &, AddressFamily) {
        return NameAnswer{Status::Found, {"::1", "127.0.0.9", "127.0.0.1"}, {}};
    });
    const auto result =
        fixture.check(checkOf(QUrl(QStringLiteral("http://shop.example:%1/").arg(server.port()))));
    QCOMPARE(idOf(result), QStringLiteral("ok"));
    QCOMPARE(result.sample.address, QStringLiteral("127.0.0.1"));
}

void TestNameResolver::countsTheWaitForANameOnce()
{
    MisbehavingServer server(MisbehavingServer::say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    std::atomic<int> lookups = 0;
    ProbeFixture fixture({}, [&](const QByteArray &, AddressFamily) {
        ++lookups;
        return NameAnswer{Status::Found, {"127.0.0.1"}, {}};
    });
    const HttpCheck check = checkOf(QUrl(QStringLiteral("http://shop.example:%1/").arg(server.port())));
    QCOMPARE(phaseNames(fixture.check(check).sample.phases), QStringLiteral("dns connect send wait receive"));
    QCOMPARE(phaseNames(fixture.check(check).sample.phases), QStringLiteral("connect send wait receive"));
    QCOMPARE(lookups, 1);
}

void TestNameResolver::asksForTheFamily()
{
    std::atomic<int> family = -1;
    ProbeFixture fixture({}, [&](const QByteArray &, AddressFamily asked) {
        family = static_cast<int>(asked);
        return NameAnswer{Status::NotFound, {}, {}};
    });
    HttpCheck check = checkOf(QUrl(QStringLiteral("http://shop.example/")));
    check.family = AddressFamily::Ipv6;
    fixture.check(check);
    QCOMPARE(family, static_cast<int>(AddressFamily::Ipv6));
    check.url = QUrl(QStringLiteral("http://127.0.0.1/"));
    QCOMPARE(idOf(fixture.check(check)), QStringLiteral("dns-not-found"));
}

void TestNameResolver::readsNumbersItself()
{
    std::atomic<int> lookups = 0;
    ProbeFixture fixture({}, [&](const QByteArray &, AddressFamily) {
        ++lookups;
        return NameAnswer{Status::NotFound, {}, {}};
    });
    for (const char *host : {"127.0.0.1", "[::1]"}) {
        const auto url = QStringLiteral("http://%1:%2/").arg(QString::fromLatin1(host)).arg(closedPort());
        QCOMPARE(idOf(fixture.check(checkOf(QUrl(url)))), QStringLiteral("connect-refused"));
    }
    QCOMPARE(lookups, 0);

    const auto local = lookUpName("localhost", AddressFamily::Ipv4);
    QCOMPARE(local.addresses, QByteArrayList{"127.0.0.1"});
}

QTEST_GUILESS_MAIN(TestNameResolver)
#include "tst_nameresolver.moc"
