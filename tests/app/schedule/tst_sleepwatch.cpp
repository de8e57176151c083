// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/sleepwatch.h"
#include "tests/support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace backwatch;

class TestSleepWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeThatPassesIsNoSleep()
    {
        FakeClock clock;
        SleepWatch watch(clock);
        QSignalSpy slept(&watch, &SleepWatch::slept);
        for (int i = 0; i < 3'600; ++i)
            clock.advance(1'000);
        clock.stall(9'000); // a busy moment
        clock.advance(0);
        clock.jumpUtc(800); // NTP
        clock.advance(1'000);
        clock.jumpUtc(-3'600'000); // somebody set it back: nobody was away
        clock.advance(1'000);
        QCOMPARE(slept.size(), 0);
    }

    /// The monotonic clock stands still while the machine sleeps.
    void sleepWithoutLogind()
    {
        FakeClock clock;
        SleepWatch watch(clock);
        QSignalSpy slept(&watch, &SleepWatch::slept);
        clock.advance(10'000);
        const UtcMs before = clock.utcMs();
        clock.jumpUtc(3'600'000);
        clock.advance(1'000);
        QCOMPARE(slept.size(), 1);
        QCOMPARE(slept.first().at(0).value<UtcMs>(), before);
        QCOMPARE(slept.first().at(1).value<UtcMs>(), clock.utcMs());
        clock.advance(10'000);
        QCOMPARE(slept.size(), 1);
    }

    void standstill()
    {
        FakeClock clock;
        SleepWatch watch(clock);
        QSignalSpy slept(&watch, &SleepWatch::slept);
        const UtcMs before = clock.utcMs();
        clock.stall(120'000);
        clock.advance(0);
        QCOMPARE(slept.size(), 1);
        QCOMPARE(slept.first().at(0).value<UtcMs>(), before);
    }

    void logindTellsOnce_data()
    {
        QTest::addColumn<bool>("clockFirst");
        QTest::newRow("the word comes before the tick") << false;
        QTest::newRow("the tick comes before the word") << true;
    }

    void logindTellsOnce()
    {
        QFETCH(bool, clockFirst);
        FakeClock clock;
        SleepWatch watch(clock);
        QSignalSpy slept(&watch, &SleepWatch::slept);
        QSignalSpy falling(&watch, &SleepWatch::fallingAsleep);
        clock.advance(4'000);
        const UtcMs before = clock.utcMs();
        watch.prepareForSleep(true);
        QCOMPARE(falling.size(), 1);
        clock.advance(700);
        clock.jumpUtc(8 * 3'600'000);
        if (clockFirst)
            clock.advance(1'000);
        watch.prepareForSleep(false);
        clock.advance(5'000);
        QCOMPARE(slept.size(), 1);
        QCOMPARE(slept.first().at(0).value<UtcMs>(), before);
    }

    /// Something kept it awake: the moment was short, and still nobody can vouch for it.
    void changedItsMind()
    {
        FakeClock clock;
        SleepWatch watch(clock);
        QSignalSpy slept(&watch, &SleepWatch::slept);
        watch.prepareForSleep(true);
        clock.advance(900);
        watch.prepareForSleep(false);
        QCOMPARE(slept.size(), 1);
        watch.prepareForSleep(false);
        QCOMPARE(slept.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSleepWatch)
#include "tst_sleepwatch.moc"
