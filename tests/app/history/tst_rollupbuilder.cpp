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

QTEST_GUILESS_MAIN(TestRollupBuilder)
#include "tst_rollupbuilder.moc"
