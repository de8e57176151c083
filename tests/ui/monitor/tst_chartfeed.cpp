// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakewatch.h"
#include "ui/charts/timeaxis.h"
#include "ui/monitor/chartfeed.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace backwatch {

namespace {

constexpr qint64 kHour = 3'600'000;
constexpr UtcMs kNow = 1'774'710'000'000;

} // namespace

class TestChartFeed : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FakeWatch> m_watch;
    std::unique_ptr<TimeAxis> m_axis;
    std::unique_ptr<ChartFeed> m_feed;

private Q_SLOTS:
    void init();
    void asksForTheViewAndALittleMore();
    void dropsAnswersForAnotherMonitor();
    void dropsAnswersForAnOlderView();
    void asksAnewOnlyWhenItMust();
    void fetchesOnlyTheLastBuckets();
    void showsTheRestWithoutTheLoad();
    void doesNotPileUpQuestions();
    void tellsFailuresAndTriesAgain();
    void reachesBackWhenPanned();
    void asksForTheLoadOfAServiceNowAndThen();
};

void TestChartFeed::init()
{
    m_feed.reset();
    m_watch = std::make_unique<FakeWatch>();
    m_watch->nowValue = kNow;
    for (const MonitorId id : {1, 2}) {
        Monitor monitor;
        monitor.id = id;
        monitor.name = QString::number(id);
        m_watch->putMonitor(monitor);
    }
    // The number of checks says which monitor answered.
    m_watch->rollupsFor = [](MonitorId id, UtcMs from, UtcMs to, milliseconds width) {
        QList<Rollup> rollups;
        for (UtcMs start = from - from % width.count(); start < to; start += width.count()) {
            Rollup rollup;
            rollup.start = start;
            rollup.width = width;
            rollup.checks = int(id);
            rollups.append(rollup);
        }
        return Result<QList<Rollup>>(rollups);
    };
    m_axis = std::make_unique<TimeAxis>();
    m_axis->setHome({kNow - 24 * kHour, kNow});
    m_feed = std::make_unique<ChartFeed>(*m_watch, *m_axis);
    m_feed->setPlotWidth(1'220);
}

void TestChartFeed::asksForTheViewAndALittleMore()
{
    m_feed->show(1);
    QCOMPARE(m_watch->rollupRequests.size(), 1);
    const auto request = m_watch->rollupRequests.first();
    QCOMPARE(request.width, milliseconds(5min));
    QCOMPARE(request.from, kNow - 36 * kHour);
    QCOMPARE(request.to, kNow);
    QCOMPARE(m_feed->data().width, milliseconds(5min));
    QCOMPARE(m_feed->data().rollups.size(), 36 * 12);
    QVERIFY(m_feed->data().gaps.isEmpty());
}

void TestChartFeed::dropsAnswersForAnotherMonitor()
{
    m_watch->holdAnswers();
    m_feed->show(1);
    m_feed->show(2);
    m_watch->releaseAnswers();
    QCOMPARE(m_feed->data().rollups.first().checks, 2);

    // An answer that comes after a newer one is dropped too.
    QSignalSpy changed(m_feed.get(), &ChartFeed::dataChanged);
    m_watch->holdAnswers();
    m_feed->show(1);
    m_watch->releaseAnswers();
    const auto last = changed.count();
    QCOMPARE(m_feed->data().rollups.first().checks, 1);
    QCoreApplication::processEvents();
    QCOMPARE(changed.count(), last);
}

void TestChartFeed::dropsAnswersForAnOlderView()
{
    m_watch->holdAnswers();
    m_feed->show(1);
    m_axis->zoom(0.05, kNow - 3 * kHour);
    QSignalSpy changed(m_feed.get(), &ChartFeed::dataChanged);
    m_watch->releaseAnswers();
    QCOMPARE(changed.count(), 0);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(m_feed->data().width, milliseconds(30s));
}

void TestChartFeed::asksAnewOnlyWhenItMust()
{
    m_feed->show(1);
    const auto asked = m_watch->rollupRequests.size();
    m_axis->pan(-2 * kHour); // still loaded
    m_axis->setCrosshair(kNow - kHour);
    QTest::qWait(200);
    QCOMPARE(m_watch->rollupRequests.size(), asked);
    for (int i = 0; i < 30; ++i)
        m_axis->zoom(0.9, kNow - 5 * kHour);
    QTRY_COMPARE(m_watch->rollupRequests.size(), asked + 1); // one for the whole turn of the wheel
}

void TestChartFeed::fetchesOnlyTheLastBuckets()
{
    m_feed->show(1);
    const auto before = m_feed->data().rollups.size();
    m_watch->nowValue += 10 * 60'000;
    m_feed->advance();
    const auto request = m_watch->rollupRequests.last();
    QCOMPARE(request.to, kNow + 10 * 60'000);
    QVERIFY(request.from >= kNow - 2 * 5 * 60'000);
    const auto &rollups = m_feed->data().rollups;
    QCOMPARE(rollups.size(), before + 2);
    for (qsizetype i = 1; i < rollups.size(); ++i)
        QCOMPARE(rollups.at(i).start - rollups.at(i - 1).start, qint64(300'000));
    QCOMPARE(m_axis->view().to, m_watch->nowValue);
    QCOMPARE(m_feed->data().loaded.to, m_watch->nowValue);
}

void TestChartFeed::asksForTheLoadOfAServiceNowAndThen()
{
    m_feed->show(1);
    QVERIFY(m_watch->loadsAsked.isEmpty()); // a monitor of no service
    m_watch->monitorList[1].service = u"Shop"_s;
    m_watch->loads[u"Shop"_s] = {{u"host.cpu.busy"_s, {{kNow - 60'000, 0.5, 0.5, 0.5}}, {}}};
    m_feed->show(2);
    QCOMPARE(m_watch->loadsAsked, QStringList{u"Shop"_s});
    QCOMPARE(m_feed->data().load, m_watch->loads[u"Shop"_s]);
    for (int i = 0; i < 29; ++i) {
        m_watch->nowValue += 1'000;
        m_feed->advance();
    }
    QCOMPARE(m_watch->loadsAsked.size(), 1);
    QCOMPARE(m_feed->data().load.size(), 1); // kept meanwhile
    m_watch->nowValue += 1'000;
    m_feed->advance();
    QCOMPARE(m_watch->loadsAsked.size(), 2);
}

void TestChartFeed::showsTheRestWithoutTheLoad()
{
    m_watch->monitorList[1].service = u"Shop"_s;
    m_watch->loads[u"Shop"_s] = {{u"host.cpu.busy"_s, {{kNow - 60'000, 0.5, 0.5, 0.5}}, {}}};
    m_feed->show(2);
    QSignalSpy failed(m_feed.get(), &ChartFeed::failed);
    QSignalSpy loadAnswered(m_feed.get(), &ChartFeed::loadAnswered);
    m_watch->loadFailure = Error{Error::Kind::Unreadable, u"The disk is full."_s};
    m_watch->nowValue += 60'000;
    m_feed->advance();
    QCOMPARE(failed.count(), 0);
    QCOMPARE(loadAnswered.count(), 1);
    QCOMPARE(loadAnswered.first().first().toString(), u"The disk is full."_s);
    QCOMPARE(m_feed->data().loaded.to, m_watch->nowValue);
    QCOMPARE(m_feed->data().load, m_watch->loads[u"Shop"_s]); // what was known of it stays
    m_watch->loadFailure.reset();
    m_watch->nowValue += 60'000;
    m_feed->advance();
    QCOMPARE(loadAnswered.last().first().toString(), QString());
}

void TestChartFeed::doesNotPileUpQuestions()
{
    m_feed->show(1);
    const auto asked = m_watch->rollupRequests.size();
    m_watch->holdAnswers();
    for (int i = 0; i < 10; ++i) {
        m_watch->nowValue += 1'000;
        m_feed->advance();
    }
    QCOMPARE(m_watch->rollupRequests.size(), asked + 1);
    m_watch->releaseAnswers();
    m_feed->advance();
    QCOMPARE(m_watch->rollupRequests.size(), asked + 2);
}

void TestChartFeed::tellsFailuresAndTriesAgain()
{
    QSignalSpy failed(m_feed.get(), &ChartFeed::failed);
    m_watch->failWith = Error{Error::Kind::Unreadable, u"The disk is full."_s};
    m_feed->show(1);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed.first().first().toString(), u"The disk is full."_s);
    m_watch->failWith.reset();
    m_feed->advance();
    QCOMPARE(failed.count(), 1);
    QVERIFY(!m_feed->data().rollups.isEmpty());
}

void TestChartFeed::reachesBackWhenPanned()
{
    m_feed->show(1);
    m_axis->pan(-72 * kHour);
    QTRY_VERIFY(m_feed->data().loaded.from <= m_axis->view().from);
    QVERIFY(m_feed->data().loaded.to >= m_axis->view().to);
    // The present is not loaded now: nothing to add to.
    const auto asked = m_watch->rollupRequests.size();
    m_watch->nowValue += 60'000;
    m_feed->advance();
    QCOMPARE(m_watch->rollupRequests.size(), asked);
    m_axis->reset();
    QTRY_COMPARE(m_feed->data().loaded.to, m_watch->nowValue);
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestChartFeed)
#include "tst_chartfeed.moc"
