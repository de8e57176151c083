// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/stateintervals.h"

#include <QTest>

using namespace backwatch;

using Intervals = QList<StateInterval>;

class TestStateIntervals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fills_data();
    void fills();
    void availability_data();
    void availability();
};

void TestStateIntervals::fills_data()
{
    using enum State;
    QTest::addColumn<Intervals>("stored");
    QTest::addColumn<Intervals>("expected"); // of 100 to 200

    QTest::newRow("nothing") << Intervals{} << Intervals{{NotObserved, 100, 200}};
    QTest::newRow("cut on both sides") << Intervals{{Up, 0, 900}} << Intervals{{Up, 100, 200}};
    QTest::newRow("gaps") << Intervals{{Up, 110, 120}, {Down, 150, 160}}
                          << Intervals{{NotObserved, 100, 110},
                                       {Up, 110, 120},
                                       {NotObserved, 120, 150},
                                       {Down, 150, 160},
                                       {NotObserved, 160, 200}};
    QTest::newRow("same neighbours join")
        << Intervals{{Up, 100, 150}, {Up, 150, 200}} << Intervals{{Up, 100, 200}};
    QTest::newRow("same across a gap") << Intervals{{Up, 100, 120}, {Up, 150, 200}}
                                       << Intervals{{Up, 100, 120}, {NotObserved, 120, 150}, {Up, 150, 200}};
    QTest::newRow("the later one holds")
        << Intervals{{Up, 100, 180}, {Down, 150, 200}} << Intervals{{Up, 100, 150}, {Down, 150, 200}};
    QTest::newRow("touches the end") << Intervals{{Up, 200, 300}} << Intervals{{NotObserved, 100, 200}};
    QTest::newRow("touches the start") << Intervals{{Up, 0, 100}} << Intervals{{NotObserved, 100, 200}};
    QTest::newRow("of no length") << Intervals{{Up, 0, 150}, {Down, 150, 150}, {Up, 150, 200}}
                                  << Intervals{{Up, 100, 200}};
}

void TestStateIntervals::fills()
{
    QFETCH(const Intervals, stored);
    QTEST(filled(stored, 100, 200), "expected");
}

void TestStateIntervals::availability_data()
{
    using enum State;
    QTest::addColumn<Intervals>("intervals");
    QTest::addColumn<double>("expected"); // below 0: absent

    QTest::newRow("nothing") << Intervals{} << -1.0;
    QTest::newRow("not observed") << Intervals{{NotObserved, 0, 100}} << -1.0;
    QTest::newRow("up") << Intervals{{Up, 0, 100}} << 1.0;
    QTest::newRow("degraded is there") << Intervals{{Degraded, 0, 100}} << 1.0;
    QTest::newRow("down") << Intervals{{Down, 0, 100}} << 0.0;
    // 43 min 12 s of 30 days is what 99.9 % allows.
    QTest::newRow("three nines") << Intervals{{Up, 0, 2'589'408'000}, {Down, 2'589'408'000, 2'592'000'000}}
                                 << 0.999;
    QTest::newRow("not observed is left out")
        << Intervals{{Up, 0, 50}, {NotObserved, 50, 900}, {Down, 900, 950}} << 0.5;
    QTest::newRow("maintenance and pause are left out")
        << Intervals{{Up, 0, 75}, {Maintenance, 75, 500}, {Paused, 500, 900}, {Down, 900, 925}} << 0.75;
    QTest::newRow("unreachable was not there") << Intervals{{Up, 0, 50}, {Unreachable, 50, 100}} << 0.5;
}

void TestStateIntervals::availability()
{
    QFETCH(const Intervals, intervals);
    QFETCH(const double, expected);
    const auto share = availabilityOf(intervals);
    QCOMPARE(share.has_value(), expected >= 0);
    if (share)
        QCOMPARE(*share, expected);
}

QTEST_GUILESS_MAIN(TestStateIntervals)
#include "tst_stateintervals.moc"
