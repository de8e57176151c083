// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/icmppacket.h"
#include "app/probes/pingtally.h"
#include "app/probes/systemping.h"
#include "tests/app/probes/probefixture.h"

#include <QtEndian>

#include <cerrno>

using namespace backwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

PingCheck ping(const QString &host, int count = 3)
{
    PingCheck check;
    check.host = host;
    check.count = count;
    return check;
}

PingTally tally(int sent, const QList<microseconds> &roundTrips, int error = 0)
{
    return {sent, roundTrips, error};
}

} // namespace

class TestPing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packets()
    {
        const IcmpEcho echo{0x1234, 7, "payload!x"};
        QByteArray message = echoRequest(echo, false);
        QCOMPARE(message.first(2), QByteArray::fromHex("0800"));
        // The sum over a message with its checksum is all ones (RFC 1071).
        quint32 sum = 0;
        const QByteArray padded = message + '\0';
        for (qsizetype i = 0; i < message.size(); i += 2)
            sum += qFromBigEndian<quint16>(padded.constData() + i);
        while (sum >> 16)
            sum = (sum & 0xffff) + (sum >> 16);
        QCOMPARE(sum, 0xffffU);
        QVERIFY(!echoReply(message, false)); // a request is no reply
        message[0] = 0;
        const auto reply = echoReply(message, false);
        QVERIFY(reply);
        QCOMPARE(reply->id, echo.id);
        QCOMPARE(reply->sequence, echo.sequence);
        QCOMPARE(reply->payload, echo.payload);
        QVERIFY(!echoReply(message, true));
        QVERIFY(!echoReply(message.first(7), false));
        const QByteArray packet = '\x45' + QByteArray(19, 'h') + "icmp";
        QCOMPARE(behindIpv4Header(packet), QByteArrayView("icmp"));
        QVERIFY(behindIpv4Header(QByteArray(20, '\x45')).isEmpty());
        QVERIFY(behindIpv4Header("\x60").isEmpty());
    }

    void verdicts_data()
    {
        QTest::addColumn<PingTally>("pings");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("all back") << tally(3, {1'000us, 3'000us, 2'000us}) << Outcome::Ok << u"2"_s;
        QTest::newRow("one lost") << tally(3, {1'000us, 3'000us}) << Outcome::Partial << u"lost"_s;
        QTest::newRow("all lost") << tally(3, {}) << Outcome::FirstByteTimeout << u"firewall"_s;
        QTest::newRow("no route") << tally(3, {}, ENETUNREACH) << Outcome::Unreachable << u"route"_s;
        QTest::newRow("no host") << tally(3, {}, EHOSTUNREACH) << Outcome::Unreachable << u"not there"_s;
        QTest::newRow("forbidden") << tally(1, {}, EPERM) << Outcome::Unreachable << u"firewall"_s;
        QTest::newRow("slow") << tally(3, {1us, 60'000us, 70'000us}) << Outcome::Slow << u"50"_s;
    }

    void verdicts()
    {
        QFETCH(PingTally, pings);
        QFETCH(Outcome, outcome);
        QFETCH(QString, sentence);
        const Verdict verdict = pingVerdict(pings, u"192.0.2.1"_s, 50ms, 10s);
        QCOMPARE(outcomeId(verdict.outcome), outcomeId(outcome));
        QVERIFY2(verdict.detail.contains(sentence), qPrintable(verdict.detail));
        QVERIFY2(verdict.detail.contains(u"192.0.2.1"_s), qPrintable(verdict.detail));
    }

    void wordsOfTheSystemsPing()
    {
        const QByteArray said = "PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.\n"
                                "64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.045 ms\n"
                                "64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=1.5 ms\n"
                                "64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=x ms\n"
                                "rtt min/avg/max/mdev = 0.045/0.055/0.066/0.010 ms, time=9 ms\n";
        QCOMPARE(roundTripsIn(said), (QList<microseconds>{45us, 1'500us}));
        QCOMPARE(roundTripsIn({}), QList<microseconds>());
    }

    void loopback_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("IPv4") << u"127.0.0.1"_s;
        QTest::newRow("IPv6") << u"::1"_s;
        QTest::newRow("name") << u"localhost"_s;
    }

    void loopback()
    {
        QFETCH(QString, host);
        ProbeFixture fixture;
        const auto result = fixture.check(ping(host));
        if (result.sample.outcome == Outcome::Internal)
            QSKIP("neither this program nor a ping program may send pings here");
        QVERIFY2(result.sample.outcome == Outcome::Ok, qPrintable(result.sample.detail));
        QVERIFY(result.sample.phases.total > 0us);
        QVERIFY(result.sample.phases.total < 1s);
        QVERIFY(!result.sample.address.isEmpty());
    }

    void noSuchName()
    {
        ProbeFixture fixture({}, [](const QByteArray &, AddressFamily) {
            return NameAnswer{NameAnswer::Status::NotFound, {}, {}};
        });
        const auto result = fixture.check(ping(u"nowhere.example"_s));
        QCOMPARE(idOf(result), u"dns-not-found"_s);
    }

    /// One dead family beside one that answers is seen, not hidden by the first address.
    void bothFamilies()
    {
        ProbeFixture fixture({}, [](const QByteArray &, AddressFamily family) {
            if (family == AddressFamily::Ipv4)
                return NameAnswer{NameAnswer::Status::Found, {"127.0.0.1"}, {}};
            return NameAnswer{NameAnswer::Status::NotFound, {}, {}};
        });
        PingCheck check = ping(u"half.example"_s, 1);
        check.family = AddressFamily::Both;
        const auto result = fixture.check(check);
        if (result.sample.outcome == Outcome::Internal)
            QSKIP("neither this program nor a ping program may send pings here");
        QCOMPARE(idOf(result), u"partial"_s);
        QVERIFY2(result.sample.detail.contains(u"IPv6"_s), qPrintable(result.sample.detail));
        QCOMPARE(result.sample.address, u"127.0.0.1"_s);
    }

    void silence()
    {
        ProbeFixture fixture;
        // Class E: the kernel refuses at once, as where no route leads.
        const auto result = fixture.check(ping(u"240.0.0.1"_s, 1), ProbeFixture::kShort);
        if (result.sample.outcome == Outcome::Internal)
            QSKIP("neither this program nor a ping program may send pings here");
        QVERIFY2(result.sample.outcome == Outcome::Unreachable ||
                     result.sample.outcome == Outcome::FirstByteTimeout,
                 qPrintable(result.sample.detail));
        QVERIFY(!result.sample.detail.isEmpty());
    }

    void cancelled()
    {
        ProbeFixture fixture;
        const auto token = fixture.start(ping(u"127.0.0.1"_s, 20));
        fixture.cancel(token);
        QCOMPARE(idOf(fixture.take(token)), u"cancelled"_s);
    }
};

QTEST_GUILESS_MAIN(TestPing)
#include "tst_ping.moc"
