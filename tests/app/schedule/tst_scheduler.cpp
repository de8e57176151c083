// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/scheduler.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

Monitor monitorEvery(MonitorId id, milliseconds interval)
{
    Monitor monitor;
    monitor.id = id;
    monitor.interval = interval;
    return monitor;
}

/// Answers every check after so many milliseconds, or never.
class Answering : public QObject
{
public:
    Answering(FakeClock &clock, Scheduler &scheduler) : m_clock(clock)
    {
        connect(&scheduler, &Scheduler::due, this, [this](const QList<MonitorId> &ids) {
            for (const MonitorId id : ids)
                starts[id].append(m_clock.monotonicMs());
            largestBatch = qMax(largestBatch, ids.size());
        });
    }

    QHash<MonitorId, QList<qint64>> starts;
    qsizetype largestBatch = 0;

private:
    FakeClock &m_clock;
};

} // namespace

class TestScheduler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMonitorAtItsInterval()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 1'000);
        Answering log(clock, scheduler);
        connect(&scheduler, &Scheduler::due, this, [&](const QList<MonitorId> &ids) {
            for (const MonitorId id : ids)
                scheduler.finished(id);
        });
        QList<Monitor> monitors;
        for (MonitorId id = 1; id <= 200; ++id)
            monitors.append(monitorEvery(id, 1s));
        scheduler.setMonitors(monitors);
        clock.advance(60'000);
        QCOMPARE(log.starts.size(), 200);
        for (const auto &starts : std::as_const(log.starts)) {
            QVERIFY2(starts.size() >= 59 && starts.size() <= 61, qPrintable(QString::number(starts.size())));
            for (qsizetype i = 2; i < starts.size(); ++i)
                QCOMPARE(starts[i] - starts[i - 1], 1'000);
        }
        QVERIFY(log.largestBatch <= 5);
    }

    void neverAgainWhileUnderWay()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 10);
        Answering log(clock, scheduler);
        scheduler.setMonitors({monitorEvery(1, 1s)});
        clock.advance(10'000);
        QCOMPARE(log.starts[1].size(), 1);
        scheduler.finished(1);
        clock.advance(1'000);
        QCOMPARE(log.starts[1].size(), 2);
    }

    void noMoreThanSoManyAtOnce()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 3);
        Answering log(clock, scheduler);
        QList<Monitor> monitors;
        for (MonitorId id = 1; id <= 10; ++id)
            monitors.append(monitorEvery(id, 60s));
        scheduler.setMonitors(monitors);
        clock.advance(5'000);
        QCOMPARE(log.starts.size(), 3);
        QCOMPARE(scheduler.inFlight(), 3);
        for (int round = 0; round < 7; ++round) {
            scheduler.finished(log.starts.keys().at(0));
            for (const MonitorId id : log.starts.keys())
                scheduler.finished(id);
        }
        QCOMPARE(log.starts.size(), 10);
    }

    void recheckComesAfterTheRetryInterval()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 10);
        Answering log(clock, scheduler);
        scheduler.setMonitors({monitorEvery(1, 60s)});
        clock.advance(10);
        scheduler.finished(1);
        scheduler.recheckAfter(1, 5s);
        clock.advance(4'999);
        QCOMPARE(log.starts[1].size(), 1);
        clock.advance(1);
        QCOMPARE(log.starts[1].size(), 2);
    }

    void removedMonitorsAreLeftAlone()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 10);
        Answering log(clock, scheduler);
        scheduler.setMonitors({monitorEvery(1, 1s), monitorEvery(2, 1s)});
        scheduler.setMonitors({monitorEvery(2, 1s)});
        clock.advance(5'000);
        QVERIFY(!log.starts.contains(1));
        QVERIFY(log.starts.contains(2));
    }

    void aNewMonitorIsCheckedAtOnceAndTheOthersKeepTheirPlaces()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 10);
        Answering log(clock, scheduler);
        connect(&scheduler, &Scheduler::due, this, [&](const QList<MonitorId> &ids) {
            for (const MonitorId id : ids)
                scheduler.finished(id);
        });
        scheduler.setMonitors({monitorEvery(1, 10s)});
        clock.advance(35'000);
        const auto before = log.starts[1];
        scheduler.setMonitors({monitorEvery(1, 10s), monitorEvery(2, 10s)});
        clock.advance(10);
        QCOMPARE(log.starts[2].size(), 1);
        clock.advance(20'000);
        QCOMPARE(log.starts[1].at(before.size()) - before.last(), 10'000);
    }

    void saysHowLateItIs()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 10);
        scheduler.setMonitors({monitorEvery(1, 60s)});
        QCOMPARE(scheduler.overdueBy(), 0ms);
        clock.stall(7'000);
        QCOMPARE(scheduler.overdueBy(), 7'000ms);
        clock.advance(1);
        QCOMPARE(scheduler.overdueBy(), 0ms);
    }

    void settlesWithoutABurst()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 1'000);
        Answering log(clock, scheduler);
        connect(&scheduler, &Scheduler::due, this, [&](const QList<MonitorId> &ids) {
            for (const MonitorId id : ids)
                scheduler.finished(id);
        });
        QList<Monitor> monitors;
        for (MonitorId id = 1; id <= 300; ++id)
            monitors.append(monitorEvery(id, 30s));
        scheduler.setMonitors(monitors);
        clock.advance(60'000);
        log.starts.clear();
        log.largestBatch = 0;
        const qint64 woke = clock.monotonicMs();
        scheduler.settle(15s);
        scheduler.checkNow(7);
        clock.advance(14'990);
        QVERIFY(log.starts.isEmpty());
        clock.advance(30'020);
        QCOMPARE(log.starts.size(), 300);
        QVERIFY2(log.largestBatch <= 4, qPrintable(QString::number(log.largestBatch)));
        for (const auto &starts : std::as_const(log.starts))
            QVERIFY(starts.first() >= woke + 15'000);
    }

    void oneHostKeepsNoOtherWaiting()
    {
        FakeClock clock;
        Scheduler scheduler(clock, 1'000);
        scheduler.setChecksPerHost(3);
        Answering log(clock, scheduler);
        QList<Monitor> monitors;
        for (MonitorId id = 1; id <= 20; ++id) {
            Monitor monitor = monitorEvery(id, 60s);
            HttpCheck http;
            http.url = QUrl(id <= 10 ? QStringLiteral("http://one.example/")
                                     : QStringLiteral("http://two%1.example/").arg(id));
            monitor.check = http;
            monitors.append(monitor);
        }
        scheduler.setMonitors(monitors);
        for (MonitorId id = 1; id <= 20; ++id)
            scheduler.checkNow(id);
        clock.advance(1);
        QCOMPARE(log.starts.size(), 13);
        QCOMPARE(scheduler.inFlight(), 13);
        scheduler.finished(1);
        QCOMPARE(log.starts.size(), 14);
        clock.advance(HostSlots::kTakesPlaceMs); // they hang: the next three may try
        QCOMPARE(log.starts.size(), 17);
        clock.advance(3 * HostSlots::kTakesPlaceMs);
        QCOMPARE(log.starts.size(), 20);
    }
};

QTEST_GUILESS_MAIN(TestScheduler)
#include "tst_scheduler.moc"
