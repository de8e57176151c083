// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/hostslots.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;

class TestHostSlots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void soManyAtOnce()
    {
        HostSlots slots;
        slots.setLimit(2);
        QVERIFY(slots.begin(1, u"a"_s, 0));
        QVERIFY(slots.begin(2, u"a"_s, 0));
        QVERIFY(!slots.begin(3, u"a"_s, 0));
        QVERIFY(!slots.begin(4, u"a"_s, 0));
        QVERIFY(slots.begin(5, u"b"_s, 0)); // nobody waits behind another host
        QVERIFY(slots.begin(6, {}, 0));
        QCOMPARE(slots.next(10), QList<MonitorId>());
        slots.finished(1);
        QCOMPARE(slots.next(20), QList<MonitorId>{3});
        slots.finished(2);
        slots.finished(3);
        QCOMPARE(slots.next(30), QList<MonitorId>{4});
        QVERIFY(!slots.anyInLine());
    }

    void hangingOnesKeepNobodyWaiting()
    {
        HostSlots slots;
        slots.setLimit(2);
        QVERIFY(slots.begin(1, u"a"_s, 0));
        QVERIFY(slots.begin(2, u"a"_s, 100));
        QVERIFY(!slots.begin(3, u"a"_s, 200));
        QCOMPARE(slots.nextFree().value(), HostSlots::kTakesPlaceMs);
        QCOMPARE(slots.next(499), QList<MonitorId>());
        QCOMPARE(slots.next(500), QList<MonitorId>{3});
        slots.finished(1); // at last; it takes nobody's place now
        QVERIFY(!slots.begin(4, u"a"_s, 520));
        QCOMPARE(slots.next(600), QList<MonitorId>{4});
    }

    void nobodyOvertakes()
    {
        HostSlots slots;
        slots.setLimit(1);
        QVERIFY(slots.begin(1, u"a"_s, 0));
        QVERIFY(!slots.begin(2, u"a"_s, 0));
        slots.finished(1);
        QVERIFY(!slots.begin(3, u"a"_s, 10)); // 2 is before it
        QCOMPARE(slots.next(10), QList<MonitorId>{2});
        slots.finished(2);
        QCOMPARE(slots.next(20), QList<MonitorId>{3});
    }

    void leavesTheLine()
    {
        HostSlots slots;
        slots.setLimit(1);
        QVERIFY(slots.begin(1, u"a"_s, 0));
        QVERIFY(!slots.begin(2, u"a"_s, 0));
        slots.leave(2, u"a"_s);
        slots.finished(1);
        QCOMPARE(slots.next(10), QList<MonitorId>());
        QVERIFY(!slots.anyInLine());
        QVERIFY(!slots.nextFree());
    }

    void noLimit()
    {
        HostSlots slots;
        for (MonitorId id = 1; id <= 1'000; ++id)
            QVERIFY(slots.begin(id, u"a"_s, 0));
        slots.setLimit(1);
        QVERIFY(slots.begin(2'001, u"a"_s, 0));
        QVERIFY(!slots.begin(2'002, u"a"_s, 0));
        slots.setLimit(0);
        QCOMPARE(slots.next(1), QList<MonitorId>{2'002});
    }
};

QTEST_GUILESS_MAIN(TestHostSlots)
#include "tst_hostslots.moc"
