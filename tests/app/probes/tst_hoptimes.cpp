// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/hoptimes.h"

#include <QtTest>

using namespace backwatch;
using std::chrono::nanoseconds;

/// The cut of a hop's time into phases.
class TestHopTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsEveryPhase();
    void givesTheRestToTheLastPhaseThatBegan();
    void staysExactBelowAMicrosecond();
    void toleratesMomentsInTheWrongOrder();
    void sumsOverHops();
    void takesNoTimeWithoutBeginning();
    void whatDidNotHappenIsAbsent();

private:
    static HopTimes::Moment at(qint64 ns) { return HopTimes::Moment(nanoseconds(1'000'000'000 + ns)); }
    static HopTimes whole();
};

HopTimes TestHopTimes::whole()
{
    HopTimes hop;
    hop.begin = at(0);
    hop.naming = true;
    hop.named = at(1'000);
    hop.connecting = true;
    hop.connected = at(3'000);
    hop.secure = true;
    hop.ready = at(6'000);
    hop.sent = at(10'000);
    hop.firstByte = at(15'000);
    hop.end = at(21'000);
    return hop;
}

void TestHopTimes::cutsEveryPhase()
{
    Phases phases;
    addHop(phases, whole());
    QCOMPARE(phases.dns, microseconds(1));
    QCOMPARE(phases.connect, microseconds(2));
    QCOMPARE(phases.tls, microseconds(3));
    QCOMPARE(phases.send, microseconds(4));
    QCOMPARE(phases.wait, microseconds(5));
    QCOMPARE(phases.receive, microseconds(6));
    QCOMPARE(phases.total, microseconds(21));
}

void TestHopTimes::whatDidNotHappenIsAbsent()
{
    HopTimes hop = whole();
    hop.sent = hop.ready;
    hop.asks = false; // the server speaks first
    Phases greeted;
    addHop(greeted, hop);
    QVERIFY(!greeted.send);
    QCOMPARE(greeted.wait, microseconds(9));
    QCOMPARE(greeted.receive, microseconds(6));

    hop.talks = false; // it was only to be reached
    Phases reached;
    addHop(reached, hop);
    QVERIFY(!reached.send && !reached.wait && !reached.receive);
    QCOMPARE(reached.tls, microseconds(18));
    QCOMPARE(reached.total, microseconds(21));
}

void TestHopTimes::givesTheRestToTheLastPhaseThatBegan()
{
    HopTimes hop = whole();
    hop.firstByte.reset();
    Phases waited;
    addHop(waited, hop);
    QCOMPARE(waited.wait, microseconds(11));
    QVERIFY(!waited.receive);

    hop.sent.reset();
    hop.ready.reset();
    Phases secured;
    addHop(secured, hop);
    QCOMPARE(secured.tls, microseconds(18));
    QVERIFY(!secured.send);

    hop.connected.reset();
    hop.connecting = false;
    Phases named;
    addHop(named, hop);
    QCOMPARE(named.dns, microseconds(21));
    QCOMPARE(named.total, microseconds(21));
    QVERIFY(!named.connect);
}

void TestHopTimes::staysExactBelowAMicrosecond()
{
    HopTimes hop = whole();
    hop.named = at(999);
    hop.connected = at(3'999);
    hop.ready = at(4'001);
    hop.sent = at(4'002);
    hop.end = at(21'999);
    Phases phases;
    addHop(phases, hop);
    QCOMPARE(*phases.dns + *phases.connect + *phases.tls + *phases.send + *phases.wait + *phases.receive,
             phases.total);
    QCOMPARE(phases.total, microseconds(21));
    QCOMPARE(phases.dns, microseconds(0));
}

void TestHopTimes::toleratesMomentsInTheWrongOrder()
{
    HopTimes hop = whole();
    hop.sent = at(18'000); // an answer before the request was all out
    hop.named = at(-5'000);
    Phases phases;
    addHop(phases, hop);
    QCOMPARE(phases.dns, microseconds(0));
    QCOMPARE(phases.wait, microseconds(0));
    QCOMPARE(*phases.dns + *phases.connect + *phases.tls + *phases.send + *phases.wait + *phases.receive,
             phases.total);
}

void TestHopTimes::sumsOverHops()
{
    Phases phases;
    addHop(phases, whole());
    HopTimes plain = whole();
    plain.naming = false;
    plain.secure = false;
    plain.ready = plain.connected;
    addHop(phases, plain);
    QCOMPARE(phases.dns, microseconds(1));
    QCOMPARE(phases.connect, microseconds(5));
    QCOMPARE(phases.tls, microseconds(3));
    QCOMPARE(phases.total, microseconds(42));
}

void TestHopTimes::takesNoTimeWithoutBeginning()
{
    HopTimes hop;
    hop.begin = at(0);
    hop.end = at(5'000);
    Phases phases;
    addHop(phases, hop);
    QVERIFY(phases == Phases());
}

QTEST_GUILESS_MAIN(TestHopTimes)
#include "tst_hoptimes.moc"
