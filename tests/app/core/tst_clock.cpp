// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"

#include <QSignalSpy>
#include <QTest>

using namespace backwatch;

class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ringsOnceAndNeverEarly()
    {
        SystemClock clock;
        const auto alarm = clock.createAlarm();
        qint64 rang = 0;
        int times = 0;
        connect(alarm.get(), &Alarm::ringing, this, [&] {
            rang = clock.monotonicMs();
            ++times;
        });
        const qint64 due = clock.monotonicMs() + 30;
        alarm->setAt(due);
        QTRY_COMPARE(times, 1);
        QVERIFY2(rang >= due, qPrintable(QString::number(rang - due)));
        QTest::qWait(60);
        QCOMPARE(times, 1);
    }

    void aMomentThatHasPassedRingsAtTheNextTurn()
    {
        SystemClock clock;
        const auto alarm = clock.createAlarm();
        QSignalSpy rang(alarm.get(), &Alarm::ringing);
        for (const qint64 past : {clock.monotonicMs() - 5'000, qint64(0), qint64(-1)}) {
            alarm->setAt(past);
            QVERIFY(rang.isEmpty()); // never from within
            QTRY_COMPARE(rang.size(), 1);
            rang.clear();
        }
    }

    void theLastMomentHolds()
    {
        SystemClock clock;
        const auto alarm = clock.createAlarm();
        QSignalSpy rang(alarm.get(), &Alarm::ringing);
        alarm->setAt(clock.monotonicMs());
        alarm->setAt(clock.monotonicMs() + 3'600'000);
        QTest::qWait(30);
        QVERIFY(rang.isEmpty());
        alarm->setAt(clock.monotonicMs() + 1);
        alarm->cancel();
        QTest::qWait(30);
        QVERIFY(rang.isEmpty());
        alarm->setAt(clock.monotonicMs() + 1);
        QTRY_COMPARE(rang.size(), 1);
    }

    void mayEndWhileItRings()
    {
        SystemClock clock;
        auto alarm = clock.createAlarm();
        bool rang = false;
        connect(alarm.get(), &Alarm::ringing, this, [&] {
            rang = true;
            alarm.release()->deleteLater();
        });
        alarm->setAt(clock.monotonicMs());
        QTRY_VERIFY(rang);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
