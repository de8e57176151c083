// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/exchangedifference.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;
using Kind = ExchangeChange::Kind;

namespace {

Exchange goodOne()
{
    Exchange exchange;
    exchange.status = 200;
    exchange.reason = "OK";
    exchange.httpVersion = u"1.1"_s;
    exchange.address = u"192.0.2.7"_s;
    exchange.port = 443;
    exchange.responseHeaders = {{"Date", "Sun, 22 Nov 2026 20:00:00 GMT"},
                                {"Server", "nginx"},
                                {"Vary", "Accept"},
                                {"Vary", "Cookie"},
                                {"X-Varnish", "5"}};
    exchange.bodySize = 5120;
    exchange.phases.connect = microseconds(9'000);
    exchange.phases.wait = microseconds(40'000);
    exchange.phases.total = microseconds(49'000);
    exchange.certificate = Certificate{u"shop.example"_s, u"Example CA"_s, 1'800'000'000'000};
    return exchange;
}

const ExchangeChange *find(const QList<ExchangeChange> &changes, Kind kind, const QString &subject = {})
{
    for (const auto &change : changes)
        if (change.kind == kind && change.subject == subject)
            return &change;
    return nullptr;
}

} // namespace

class ExchangeDifferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameAnswer() { QVERIFY(exchangeDifference(goodOne(), goodOne()).isEmpty()); }
    void whatAlwaysVariesIsLeftOut();
    void statusAndAddress();
    void headers();
    void certificate();
    void phases_data();
    void phases();
    void bodySize();
    void noAnswer();
};

void ExchangeDifferenceTest::whatAlwaysVariesIsLeftOut()
{
    auto failed = goodOne();
    failed.responseHeaders[0].value = "Sun, 22 Nov 2026 20:00:30 GMT";
    failed.responseHeaders[4].value = "8";
    failed.phases.wait = microseconds(55'000);
    QVERIFY(exchangeDifference(goodOne(), failed).isEmpty());
}

void ExchangeDifferenceTest::statusAndAddress()
{
    auto failed = goodOne();
    failed.status = 503;
    failed.reason = "Backend fetch failed";
    failed.address = u"2001:db8::7"_s;
    failed.httpVersion = u"2"_s;
    const auto changes = exchangeDifference(goodOne(), failed);
    QCOMPARE(changes.size(), 3);
    QCOMPARE(changes.first(), (ExchangeChange{Kind::Status, {}, u"200 OK"_s, u"503 Backend fetch failed"_s}));
    QCOMPARE(changes[1],
             (ExchangeChange{Kind::Address, {}, u"192.0.2.7 port 443"_s, u"2001:db8::7 port 443"_s}));
    QCOMPARE(changes[2], (ExchangeChange{Kind::HttpVersion, {}, u"1.1"_s, u"2"_s}));
}

void ExchangeDifferenceTest::headers()
{
    auto failed = goodOne();
    failed.responseHeaders = {
        {"SERVER", "Varnish"}, {"Vary", "Accept"}, {"Vary", "Cookie"}, {"Retry-After", "5"}};
    const auto changes = exchangeDifference(goodOne(), failed);
    QCOMPARE(changes.size(), 4);
    const auto *changed = find(changes, Kind::HeaderChanged, u"SERVER"_s);
    QVERIFY(changed);
    QCOMPARE(changed->before, u"nginx"_s);
    QCOMPARE(changed->after, u"Varnish"_s);
    QVERIFY(find(changes, Kind::HeaderAdded, u"Retry-After"_s));
    QVERIFY(find(changes, Kind::HeaderRemoved, u"Date"_s));
    QVERIFY(find(changes, Kind::HeaderRemoved, u"X-Varnish"_s));

    failed.responseHeaders = goodOne().responseHeaders;
    failed.responseHeaders.removeAt(3);
    const auto fewer = exchangeDifference(goodOne(), failed);
    QCOMPARE(fewer.size(), 1);
    QCOMPARE(fewer.first(),
             (ExchangeChange{Kind::HeaderChanged, u"Vary"_s, u"Accept, Cookie"_s, u"Accept"_s}));
}

void ExchangeDifferenceTest::certificate()
{
    auto failed = goodOne();
    failed.certificate->issuer = u"Somebody else"_s;
    const auto changes = exchangeDifference(goodOne(), failed);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.first().kind, Kind::Certificate);
    QVERIFY(changes.first().after.contains(u"Somebody else"));
}

void ExchangeDifferenceTest::phases_data()
{
    QTest::addColumn<int>("goodUs");
    QTest::addColumn<int>("failedUs");
    QTest::addColumn<bool>("reported");
    QTest::newRow("much slower") << 40'000 << 3'500'000 << true;
    QTest::newRow("much faster") << 400'000 << 1'000 << true;
    QTest::newRow("less than twice") << 400'000 << 700'000 << false;
    QTest::newRow("less than 20 ms") << 1'000 << 15'000 << false;
    QTest::newRow("gone") << 400'000 << -1 << true;
    QTest::newRow("gone, but was nothing") << 1'000 << -1 << false;
    QTest::newRow("new") << -1 << 400'000 << true;
}

void ExchangeDifferenceTest::phases()
{
    QFETCH(int, goodUs);
    QFETCH(int, failedUs);
    QFETCH(bool, reported);
    const auto phase = [](int us) { return us < 0 ? std::nullopt : std::optional(microseconds(us)); };
    auto good = goodOne();
    auto failed = goodOne();
    good.phases.wait = phase(goodUs);
    failed.phases.wait = phase(failedUs);
    const auto changes = exchangeDifference(good, failed);
    const auto *change = find(changes, Kind::Phase, u"wait"_s);
    QCOMPARE(change != nullptr, reported);
    if (change) {
        QCOMPARE(change->before.isEmpty(), goodUs < 0);
        QCOMPARE(change->after.isEmpty(), failedUs < 0);
    }
}

void ExchangeDifferenceTest::bodySize()
{
    auto failed = goodOne();
    failed.bodySize = 278;
    const auto changes = exchangeDifference(goodOne(), failed);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.first().kind, Kind::BodySize);
    QVERIFY(changes.first().after.contains(u"278"));
}

void ExchangeDifferenceTest::noAnswer()
{
    Exchange failed;
    failed.address = u"192.0.2.7"_s;
    failed.port = 443;
    failed.outcome = Outcome::ConnectRefused;
    const auto changes = exchangeDifference(goodOne(), failed);
    QVERIFY(find(changes, Kind::Status));
    QVERIFY(!find(changes, Kind::HeaderRemoved, u"Server"_s));
    QVERIFY(!find(changes, Kind::BodySize));
    QVERIFY(!find(changes, Kind::Certificate));
}

QTEST_GUILESS_MAIN(ExchangeDifferenceTest)
#include "tst_exchangedifference.moc"
