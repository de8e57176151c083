// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/duequeue.h"

#include <QTest>

#include <algorithm>

using namespace backwatch;
using namespace std::chrono_literals;

class TestDueQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gridIsAnIntervalApart()
    {
        for (const MonitorId id : {1, 2, 77, 10'000}) {
            const qint64 first = nextOnGrid(id, 30s, 1'000'000);
            QVERIFY(first > 1'000'000 && first <= 1'030'000);
            QCOMPARE(nextOnGrid(id, 30s, first), first + 30'000);
            QCOMPARE(nextOnGrid(id, 30s, first - 1), first);
        }
    }

    void manyMonitorsSpreadEvenly()
    {
        constexpr int kMonitors = 1'000;
        QList<int> perSecond(60, 0);
        for (MonitorId id = 1; id <= kMonitors; ++id)
            ++perSecond[static_cast<int>((nextOnGrid(id, 60s, 0) - 1) / 1000)];
        const auto [least, most] = std::minmax_element(perSecond.cbegin(), perSecond.cend());
        // 1,000 monitors over 60 s are 16.7 a second.
        QVERIFY2(*least >= 14 && *most <= 20, qPrintable(QStringLiteral("%1…%2").arg(*least).arg(*most)));
    }

    void takesWhatIsDueOnce()
    {
        DueQueue queue;
        queue.set(1, 10s, 100);
        queue.set(2, 10s, 200);
        QCOMPARE(queue.nextDue(), 100);
        QCOMPARE(queue.take(99), QList<MonitorId>{});
        QCOMPARE(queue.take(150), QList<MonitorId>{1});
        QCOMPARE(queue.take(150), QList<MonitorId>{});
        QCOMPARE(queue.take(200), QList<MonitorId>{2});
    }

    void firstCheckKeepsItsDistanceFromTheGrid()
    {
        for (MonitorId id = 1; id <= 50; ++id) {
            DueQueue queue;
            queue.set(id, 10s, 1'000);
            QCOMPARE(queue.take(1'000).size(), 1);
            const qint64 second = *queue.nextDue();
            QVERIFY(second - 1'000 >= 5'000 && second - 1'000 <= 15'000);
            QCOMPARE(nextOnGrid(id, 10s, second - 1), second);
        }
    }

    void recheckComesFirstThenTheGridGoesOn()
    {
        DueQueue queue;
        queue.set(1, 60s, 0);
        queue.take(0);
        const qint64 regular = *queue.nextDue();
        queue.bringForward(1, 5'000);
        QCOMPARE(queue.nextDue(), 5'000);
        QCOMPARE(queue.take(5'000), QList<MonitorId>{1});
        QVERIFY(*queue.nextDue() >= regular);
        queue.bringForward(1, regular + 600'000);
        QVERIFY(*queue.nextDue() < regular + 600'000);
    }

    void noBurstAfterAStandstill()
    {
        DueQueue queue;
        for (MonitorId id = 1; id <= 100; ++id)
            queue.set(id, 10s, 0);
        QCOMPARE(queue.take(0).size(), 100);
        // An hour later: only those that are less than half an interval late are worth making up.
        QVERIFY(queue.take(3'600'000).isEmpty());
        int taken = 0;
        for (qint64 now = 3'600'000; now < 3'610'000; now += 10)
            taken += static_cast<int>(queue.take(now).size());
        QCOMPARE(taken, 100);
    }

    void removedIsNeverDue()
    {
        DueQueue queue;
        queue.set(1, 10s, 0);
        queue.remove(1);
        QVERIFY(!queue.nextDue());
        QVERIFY(queue.take(1'000).isEmpty());
    }

    void changedIntervalTakesEffect()
    {
        DueQueue queue;
        queue.set(1, 600s, 500'000);
        queue.set(1, 10s, 2'000);
        QCOMPARE(queue.take(2'000), QList<MonitorId>{1});
        QVERIFY(*queue.nextDue() <= 2'000 + 15'000);
        QCOMPARE(queue.take(500'000).size(), queue.take(500'000).isEmpty() ? 0 : 1);
    }
};

QTEST_GUILESS_MAIN(TestDueQueue)
#include "tst_duequeue.moc"
