// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupbuilder.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <map>

using namespace backwatch;

namespace {

StoredSample sampleAt(UtcMs at, Outcome outcome, int status, int totalUs)
{
    StoredSample stored;
    stored.sample.startedAt = at;
    stored.sample.outcome = outcome;
    stored.sample.httpStatus = status;
    stored.sample.phases.total = microseconds(totalUs);
    return stored;
}

/// The smallest value such that at least that share of all is not above it.
std::optional<microseconds> naivePercentile(const QList<int> &values, double share)
{
    for (const int candidate : values) {
        const auto notAbove =
            std::count_if(values.begin(), values.end(), [&](int v) { return v <= candidate; });
        if (static_cast<double>(notAbove) >= share * static_cast<double>(values.size()))
            return microseconds(candidate);
    }
    return std::nullopt;
}

QList<Rollup> recounted(const QList<StoredSample> &samples, qint64 width)
{
    std::map<qint64, QList<StoredSample>> buckets;
    for (const auto &stored : samples)
        buckets[stored.sample.startedAt / width * width].append(stored);
    QList<Rollup> rollups;
    for (const auto &[start, members] : buckets) {
        Rollup rollup;
        rollup.start = start;
        rollup.width = milliseconds(width);
        rollup.checks = static_cast<int>(members.size());
        std::map<int, int> codes;
        QList<int> totals;
        for (const auto &[sample, state] : members) {
            ++codes[sample.httpStatus];
            rollup.failures += sample.outcome == Outcome::HttpStatus || sample.outcome == Outcome::DnsTimeout;
            if (sample.httpStatus != 0)
                totals.append(static_cast<int>(sample.phases.total.count()));
        }
        for (const auto &[code, count] : codes)
            rollup.codes.append({code, count});
        std::sort(totals.begin(), totals.end());
        if (!totals.isEmpty()) {
            rollup.min = microseconds(totals.first());
            rollup.max = microseconds(totals.last());
        }
        rollup.p50 = naivePercentile(totals, 0.50);
        rollup.p95 = naivePercentile(totals, 0.95);
        rollup.p99 = naivePercentile(totals, 0.99);
        rollups.append(rollup);
    }
    return rollups;
}

QByteArray sketchOf(std::initializer_list<int> latencies)
{
    LatencySketch sketch;
    for (const int latency : latencies)
        sketch.add(microseconds(latency));
    return sketch.packed();
}

} // namespace

class TestRollupBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing();
    void byHand();
    void neutralIsNoFailure();
    void answeredWithoutStatus();
    void edges();
    void before1970();
    void likeARecount();
    void rowsAndAnswersOfOneStretch();
    void refusesRowsOutOfOrder();
    void leavesDamagedRowsOut();
};

void TestRollupBuilder::nothing()
{
    QVERIFY(RollupBuilder(milliseconds(1000)).finish().isEmpty());
}

void TestRollupBuilder::byHand()
{
    QList<StoredSample> samples;
    for (int i = 1; i <= 57; ++i)
        samples.append(sampleAt(300'000 + i, Outcome::Ok, 200, i * 1000));
    for (int i = 1; i <= 3; ++i)
        samples.append(sampleAt(300'100 + i, Outcome::HttpStatus, 503, 100));
    samples.append(sampleAt(300'200, Outcome::ConnectTimeout, 0, 10'000'000)); // no answer: no latency
    const auto rollups = rollupsOf(samples, milliseconds(300'000));
    QCOMPARE(rollups.size(), 1);
    const Rollup expected{300'000,
                          milliseconds(300'000),
                          61,
                          4,
                          {{0, 1}, {200, 57}, {503, 3}},
                          microseconds(100),
                          microseconds(27'000), // 30th of 60
                          microseconds(54'000), // 57th
                          microseconds(57'000), // 60th
                          microseconds(57'000)};
    QCOMPARE(rollups.first(), expected);
}

void TestRollupBuilder::neutralIsNoFailure()
{
    for (const auto outcome : {Outcome::LocalNetwork, Outcome::Cancelled, Outcome::Internal}) {
        const auto rollups = rollupsOf({sampleAt(5, outcome, 0, 99)}, milliseconds(10));
        QCOMPARE(rollups.first().failures, 0);
        QCOMPARE(rollups.first().checks, 1);
        QVERIFY(!rollups.first().p50);
    }
}

void TestRollupBuilder::answeredWithoutStatus()
{
    const auto rollups = rollupsOf({sampleAt(5, Outcome::Ok, 0, 99)}, milliseconds(10));
    QCOMPARE(rollups.first().p50, microseconds(99));
}

void TestRollupBuilder::edges()
{
    const auto rollups = rollupsOf({sampleAt(9, Outcome::Ok, 200, 1), sampleAt(10, Outcome::Ok, 200, 2),
                                    sampleAt(19, Outcome::Ok, 200, 3), sampleAt(40, Outcome::Ok, 200, 4)},
                                   milliseconds(10));
    QCOMPARE(rollups.size(), 3);
    QCOMPARE(rollups[0].start, 0);
    QCOMPARE(rollups[1].start, 10);
    QCOMPARE(rollups[1].checks, 2);
    QCOMPARE(rollups[2].start, 40);
}

void TestRollupBuilder::before1970()
{
    const auto rollups =
        rollupsOf({sampleAt(-1, Outcome::Ok, 200, 1), sampleAt(0, Outcome::Ok, 200, 1)}, milliseconds(10));
    QCOMPARE(rollups.size(), 2);
    QCOMPARE(rollups[0].start, -10);
}

void TestRollupBuilder::likeARecount()
{
    QRandomGenerator random(7);
    QList<StoredSample> samples;
    UtcMs at = 1'790'000'000'000;
    for (int i = 0; i < 5'000; ++i) {
        at += random.bounded(20'000);
        switch (random.bounded(10)) {
        case 0:
            samples.append(sampleAt(at, Outcome::HttpStatus, 503, random.bounded(1, 1'000'000)));
            break;
        case 1:
            samples.append(sampleAt(at, Outcome::DnsTimeout, 0, 5'000'000));
            break;
        default:
            samples.append(sampleAt(at, Outcome::Ok, 200 + random.bounded(3), random.bounded(1, 50'000)));
        }
    }
    for (const qint64 width : {1'000, 60'000, 300'000, 3'600'000, 86'400'000})
        QCOMPARE(rollupsOf(samples, milliseconds(width)), recounted(samples, width));
}

void TestRollupBuilder::rowsAndAnswersOfOneStretch()
{
    RollupBuilder builder(milliseconds(10'000));
    builder.add(12'000, Outcome::DnsTimeout, 0, microseconds(9'000'000)); // counts in no latency
    builder.add(12'001, Outcome::Ok, 200, microseconds(1));
    builder.add(31'000, Outcome::Ok, 204, microseconds(40));
    const QByteArray few = sketchOf({20, 30});
    const QByteArray one = sketchOf({50});
    QVERIFY(builder.add({1'000, 0, "200:1", 50, 50, one}));
    QVERIFY(builder.add({11'000, 1, "200:1 503:1", 20, 30, few}));
    QVERIFY(builder.add({19'999, 0, "200:1", 50, 50, one}));
    const auto rollups = builder.finish();
    QCOMPARE(rollups.size(), 3);
    QCOMPARE(rollups[0].start, 0);
    QCOMPARE(rollups[0].p50, microseconds(50)); // nothing of what came later
    const Rollup &mixed = rollups[1];
    QCOMPARE(mixed.start, 10'000);
    QCOMPARE(mixed.checks, 5);
    QCOMPARE(mixed.failures, 2);
    QCOMPARE(mixed.codes, (QList<CodeCount>{{0, 1}, {200, 3}, {503, 1}}));
    QCOMPARE(mixed.min, microseconds(1));
    QCOMPARE(mixed.p50, microseconds(20));
    QCOMPARE(mixed.p99, microseconds(50));
    QCOMPARE(mixed.max, microseconds(50));
    QCOMPARE(rollups[2].start, 30'000);
    QCOMPARE(rollups[2].p50, microseconds(40));
    QVERIFY(builder.finish().isEmpty());
}

void TestRollupBuilder::refusesRowsOutOfOrder()
{
    RollupBuilder builder(milliseconds(10'000));
    const QByteArray one = sketchOf({50});
    QVERIFY(builder.add({21'000, 0, "200:1", 50, 50, one}));
    QVERIFY(!builder.add({11'000, 0, "200:1", 50, 50, one}));
    QVERIFY(builder.add({20'000, 0, "200:1", 50, 50, one})); // of the same stretch
    const auto rollups = builder.finish();
    QCOMPARE(rollups.size(), 1);
    QCOMPARE(rollups[0].checks, 2);
}

void TestRollupBuilder::leavesDamagedRowsOut()
{
    const QByteArray one = sketchOf({50});
    RollupBuilder builder(milliseconds(10'000));
    QVERIFY(!builder.add({1'000, 7, "200:1 x", 1, 99, one}));
    QVERIFY(!builder.add({1'000, 7, "200:1", 1, 99, one.chopped(1)}));
    QVERIFY(builder.finish().isEmpty());
    QVERIFY(!builder.add({1'000, 7, "200:1", 1, 99, one.chopped(1)}));
    QVERIFY(builder.add({1'000, 0, "200:1", 50, 50, one}));
    const auto rollups = builder.finish();
    QCOMPARE(rollups.size(), 1);
    QCOMPARE(rollups[0].failures, 0);
    QCOMPARE(rollups[0].min, microseconds(50));
}

QTEST_GUILESS_MAIN(TestRollupBuilder)
#include "tst_rollupbuilder.moc"
