// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/statetrail.h"

#include <QTest>

using namespace backwatch;

class TestStateTrail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingObserved()
    {
        QVERIFY(!StateTrail().availability(0, 100));
        StateTrail paused;
        paused.settle(State::Paused, 10);
        QVERIFY(!paused.availability(0, 100));
    }

    void timeNotObservedIsLeftOut()
    {
        StateTrail trail;
        trail.settle(State::Up, 50);
        trail.settle(State::Down, 80);
        // 30 up, 20 down; the first 50 were not observed.
        QCOMPARE(*trail.availability(0, 100), 0.6);
        QCOMPARE(*trail.availability(80, 100), 0.0);
        QCOMPARE(*trail.availability(60, 80), 1.0);
    }

    void aConfirmedFailureReachesBack()
    {
        StateTrail trail;
        trail.settle(State::Up, 0);
        trail.settle(State::Degraded, 70);
        trail.settle(State::Down, 60);
        QCOMPARE(*trail.availability(0, 100), 0.6);
    }

    void startsFromWhatWasStored()
    {
        const StateTrail trail({{State::Up, 0, 40}, {State::NotObserved, 40, 60}, {State::Down, 60, 80}});
        // After 80 nothing is known any more.
        QCOMPARE(*trail.availability(0, 100), 40.0 / 60.0);
    }

    void anExcusedOutageIsLeftOut()
    {
        StateTrail trail;
        trail.settle(State::Up, 0);
        trail.settle(State::Down, 20);
        trail.settle(State::Up, 40);
        trail.settle(State::Unreachable, 80);
        trail.excuse({{20, 40}});
        QCOMPARE(*trail.availability(0, 100), 0.75);
        trail.excuse({{20, std::numeric_limits<UtcMs>::max()}});
        QCOMPARE(*trail.availability(0, 100), 1.0);
        trail.outageEnded(30);
        QCOMPARE(*trail.availability(0, 100), 60.0 / 90.0);
        trail.excuse({});
        QCOMPARE(*trail.availability(0, 100), 0.6);
    }

    void forgettingKeepsTheStateAtThatMoment()
    {
        StateTrail trail;
        trail.settle(State::Up, 0);
        trail.settle(State::Down, 10);
        trail.settle(State::Up, 20);
        trail.forgetBefore(15);
        QCOMPARE(*trail.availability(15, 25), 0.5);
    }
};

QTEST_GUILESS_MAIN(TestStateTrail)
#include "tst_statetrail.moc"
