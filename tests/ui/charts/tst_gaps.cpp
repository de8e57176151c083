// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/gaps.h"

#include <QTest>

using namespace std::chrono_literals;

namespace backwatch {

namespace {

Rollup bucket(UtcMs start, bool answered = true, UtcMs width = 10)
{
    Rollup rollup;
    rollup.start = start;
    rollup.width = milliseconds(width);
    rollup.checks = 1;
    if (answered)
        rollup.p50 = 5ms;
    return rollup;
}

QList<Rollup> buckets(std::initializer_list<UtcMs> starts)
{
    QList<Rollup> result;
    for (const auto start : starts)
        result.append(bucket(start));
    return result;
}

} // namespace

class TestGaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsHoles_data();
    void findsHoles();
    void takesKnownGaps();
    void ignoresEmptyBuckets();
    void connectsAnswers();
    void breaksWithoutAnswer();
    void breaksAtGaps();
};

void TestGaps::findsHoles_data()
{
    QTest::addColumn<QList<Rollup>>("rollups");
    QTest::addColumn<QList<TimeRange>>("gaps");
    using Gaps = QList<TimeRange>;
    QTest::newRow("none") << buckets({0, 10, 20, 30, 40, 50, 60, 70, 80, 90}) << Gaps{};
    QTest::newRow("nothing at all") << QList<Rollup>{} << Gaps{{0, 100}};
    QTest::newRow("two missing are tolerated") << buckets({0, 10, 40, 50, 60, 70, 80}) << Gaps{};
    QTest::newRow("three are not") << buckets({0, 10, 50, 60, 70, 80}) << Gaps{{20, 50}};
    QTest::newRow("before and after") << buckets({40, 50}) << Gaps{{0, 40}, {60, 100}};
    QTest::newRow("out of range") << buckets({-50, -40, 100, 110}) << Gaps{{0, 100}};
    QTest::newRow("one bucket") << buckets({30}) << Gaps{{0, 30}, {40, 100}};
}

void TestGaps::findsHoles()
{
    QFETCH(QList<Rollup>, rollups);
    QTEST(findGaps(rollups, {}, {0, 100}, 20ms), "gaps");
}

void TestGaps::takesKnownGaps()
{
    const auto all = buckets({0, 10, 20, 30, 40, 50, 60, 70, 80, 90});
    const QList<StateInterval> states{{State::Up, 0, 20},
                                      {State::NotObserved, 20, 30},
                                      {State::Paused, 30, 45},
                                      {State::Down, 45, 95},
                                      {State::Paused, 95, 200}};
    QCOMPARE(findGaps(all, states, {0, 100}, 20ms), (QList<TimeRange>{{20, 45}, {95, 100}}));
    // What touches or overlaps a hole is one gap with it.
    QCOMPARE(findGaps(buckets({0, 10, 60, 70, 80, 90}), {{State::NotObserved, 15, 40}}, {0, 100}, 20ms),
             (QList<TimeRange>{{15, 60}}));
}

void TestGaps::ignoresEmptyBuckets()
{
    auto all = buckets({0, 10, 20, 30, 40, 50, 60, 70, 80, 90});
    for (const int i : {3, 4, 5})
        all[i].checks = 0;
    QCOMPARE(findGaps(all, {}, {0, 100}, 20ms), (QList<TimeRange>{{30, 60}}));
}

void TestGaps::connectsAnswers()
{
    QCOMPARE(latencyRuns({}, {}), QList<LatencyRun>{});
    QCOMPARE(latencyRuns(buckets({0, 10, 20}), {}), (QList<LatencyRun>{{0, 2}}));
    QCOMPARE(latencyRuns(buckets({0, 10, 30}), {}), (QList<LatencyRun>{{0, 2}}));
}

void TestGaps::breaksWithoutAnswer()
{
    QList<Rollup> all = buckets({0, 10, 20, 30, 40});
    all[2] = bucket(20, false);
    QCOMPARE(latencyRuns(all, {}), (QList<LatencyRun>{{0, 1}, {3, 4}}));
    for (auto &rollup : all)
        rollup.p50.reset();
    QCOMPARE(latencyRuns(all, {}), QList<LatencyRun>{});
}

void TestGaps::breaksAtGaps()
{
    QCOMPARE(latencyRuns(buckets({0, 10, 60, 70}), {{20, 60}}), (QList<LatencyRun>{{0, 1}, {2, 3}}));
    QCOMPARE(latencyRuns(buckets({40, 50, 60}), {{0, 40}, {70, 100}}), (QList<LatencyRun>{{0, 2}}));
    QCOMPARE(latencyRuns(buckets({0, 40, 80}), {{10, 40}, {50, 80}}),
             (QList<LatencyRun>{{0, 0}, {1, 1}, {2, 2}}));
    // Several short gaps between the same two buckets.
    QCOMPARE(latencyRuns(buckets({0, 90}), {{12, 20}, {30, 40}, {50, 60}}),
             (QList<LatencyRun>{{0, 0}, {1, 1}}));
    // A gap that covers a bucket keeps it apart from both neighbours.
    QCOMPARE(latencyRuns(buckets({0, 10, 20}), {{8, 18}}), (QList<LatencyRun>{{0, 0}, {1, 1}, {2, 2}}));
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestGaps)
#include "tst_gaps.moc"
