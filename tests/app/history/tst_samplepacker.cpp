// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/chartwidth.h"
#include "app/history/daynumber.h"
#include "app/history/retention.h"
#include "app/history/rollupbuilder.h"
#include "app/history/samplepacker.h"
#include "app/history/transaction.h"
#include "app/history/writersession.h"
#include "tests/app/history/historyfixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kStart = 20'700 * kDayMs;
constexpr qint64 kMinute = 60'000;

/// Phases that stay what they are when they are packed, so that everything can be compared exactly.
StoredSample sampleAt(MonitorId monitor, UtcMs at, std::mt19937_64 &random)
{
    StoredSample stored = random() % 20 == 0 ? failedSample(monitor, at) : goodSample(monitor, at);
    const auto wait = microseconds(static_cast<qint64>(random() % 200));
    if (random() % 30 == 0)
        stored.sample.retryAfter = std::chrono::seconds(random() % 3);
    stored.sample.phases.total = microseconds(150);
    if (stored.sample.phases.wait)
        stored.sample.phases = {
            microseconds(12), microseconds(98),        microseconds(141), std::nullopt, wait,
            microseconds(4),  microseconds(255) + wait};
    return stored;
}

} // namespace

class TestSamplePacker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingChangesForReaders();
    void lateSamplesJoinTheirDay();
    void absurdTimesAreKept();
    void halfASealCountsForNothing();
    void idsGoOn();
    void rollupsOutliveTheirBlocks();
    void aWrongClockCostsLittle();
    void chartsAreNeverTooLong();
    void damagedBlockIsTold();
    void whatIsEmptyGoesBack();
    void samplesComeBetweenSteps();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }
    void append(const QList<StoredSample> &samples);
    void packAt(UtcMs now);
    QByteArray count(const QString &table) const
    {
        return sqlite(path(), u"SELECT count(*) FROM "_s + table);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WriterSession> m_session;
    std::mt19937_64 m_random{7};
};

void TestSamplePacker::init()
{
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = WriterSession::create(path()).value();
    QVERIFY(execute(m_session->connection(),
                    u"INSERT INTO observer (started_at, last_seen_at) VALUES (0, 4000000000000)"_s));
}

void TestSamplePacker::append(const QList<StoredSample> &samples)
{
    auto transaction = Transaction::begin(m_session->connection());
    QVERIFY(transaction);
    for (const auto &sample : samples)
        QVERIFY(m_session->write(sample));
    QVERIFY(transaction->commit());
}

void TestSamplePacker::packAt(UtcMs now)
{
    for (;;) {
        const auto more = m_session->packer().step(now);
        QVERIFY2(more, more ? "" : qPrintable(more.error().sentence));
        if (!*more)
            return;
    }
}

void TestSamplePacker::nothingChangesForReaders()
{
    QList<StoredSample> came;
    QList<StoredSample> own;
    packAt(kStart);
    for (qint64 minute = 0; minute < 3 * 1'440; ++minute) {
        QList<StoredSample> batch;
        for (const MonitorId monitor : {1, 2, 3}) {
            UtcMs at = kStart + minute * kMinute + static_cast<qint64>(m_random() % 30'000);
            if (m_random() % 500 == 0)
                at -= 3 * kHourMs; // the clock was set back
            batch.append(sampleAt(monitor, at, m_random));
        }
        std::shuffle(batch.begin(), batch.end(), m_random);
        for (const auto &sample : std::as_const(batch))
            if (sample.sample.monitor == 2)
                own.append(sample);
        came += batch;
        append(batch);
        packAt(kStart + minute * kMinute);
    }
    QCOMPARE(count(u"sample_block"_s), "6"); // the third day is not over
    QVERIFY(count(u"sample_part"_s).toInt() > 0);
    QVERIFY(count(u"sample"_s).toInt() > 0);
    QVERIFY(count(u"sample"_s).toInt() < 3 * 140);

    const auto reader = openReader(path());
    const UtcMs end = kStart + 4 * kDayMs;
    QVERIFY(equal(reader->samplesAsTheyCame(kStart - kDayMs, end).value(), came));
    std::stable_sort(own.begin(), own.end(), [](const StoredSample &a, const StoredSample &b) {
        return a.sample.startedAt < b.sample.startedAt;
    });
    const auto read = reader->samples(2, kStart - kDayMs, end).value();
    QVERIFY(equal(read, own));
    for (qsizetype i = 0; i < own.size(); ++i)
        QCOMPARE(read[i].sample.retryAfter, own[i].sample.retryAfter);
    for (const UtcMs before : {kStart + 5 * kMinute, kStart + kDayMs, kStart + 2 * kDayMs + 7, end}) {
        const auto last = std::find_if(own.crbegin(), own.crend(), [before](const StoredSample &sample) {
            return sample.sample.startedAt < before;
        });
        QVERIFY(equal(*reader->lastSample(2, before).value(), *last));
    }
    for (const qint64 width : {kMinute, 5 * kMinute, kHourMs, 7 * kHourMs, kDayMs})
        for (const auto &[from, to] : {std::pair{kStart - kDayMs, end},
                                       {kStart + 1'234'567, end - 77'777'777},
                                       {kStart + kHourMs / 2, kStart + kHourMs * 3 / 4}}) {
            QList<StoredSample> within;
            std::copy_if(own.cbegin(), own.cend(), std::back_inserter(within),
                         [&](const StoredSample &sample) {
                             return from <= sample.sample.startedAt && sample.sample.startedAt < to;
                         });
            const auto expected = rollupsOf(within, milliseconds(width));
            const auto rollups = reader->rollups(2, from, to, milliseconds(width)).value();
            QCOMPARE(rollups.size(), expected.size());
            for (qsizetype i = 0; i < expected.size(); ++i) {
                QCOMPARE(rollups[i].start, expected[i].start);
                QCOMPARE(rollups[i].checks, expected[i].checks);
                QCOMPARE(rollups[i].failures, expected[i].failures);
                QCOMPARE(rollups[i].codes, expected[i].codes);
                QCOMPARE(rollups[i].min, expected[i].min);
                QCOMPARE(rollups[i].max, expected[i].max);
                for (const auto percentile : {&Rollup::p50, &Rollup::p95, &Rollup::p99})
                    QVERIFY(!(expected[i].*percentile) ||
                            std::abs((rollups[i].*percentile)->count() - (expected[i].*percentile)->count()) *
                                    100 <=
                                (expected[i].*percentile)->count());
            }
        }
}

void TestSamplePacker::lateSamplesJoinTheirDay()
{
    packAt(kStart);
    for (int round = 0; round < 3; ++round) {
        append({goodSample(1, kStart + round * kHourMs), failedSample(1, kStart + round),
                goodSample(2, kStart + 2 * kDayMs)});
        const UtcMs now = kStart + (round + 1) * 2 * kDayMs;
        packAt(now);
        packAt(now + kHourMs);
        packAt(now + 2 * kHourMs);
        QCOMPARE(sqlite(path(), u"SELECT samples FROM sample_block WHERE id = %1"_s.arg(blockId(20'700, 1))),
                 QByteArray::number(2 * (round + 1)));
        QCOMPARE(sqlite(path(), u"SELECT checks, failures, codes FROM rollup_day WHERE monitor_id = 1"_s),
                 u"%1|%2|0:%2 200:%2"_s.arg(2 * (round + 1)).arg(round + 1).toUtf8());
    }
    QCOMPARE(openReader(path())->samples(1, kStart, kStart + kDayMs)->size(), 6);
}

void TestSamplePacker::absurdTimesAreKept()
{
    const QList<UtcMs> times{-5, std::numeric_limits<UtcMs>::max(), std::numeric_limits<UtcMs>::min(), kStart,
                             kStart + 9'000 * kDayMs};
    packAt(kStart);
    for (const UtcMs at : times)
        append({goodSample(1, at)});
    append({goodSample(-3, kStart), goodSample(qint64(1) << 40, kStart), goodSample(1, kStart)});
    for (int hour = 1; hour < 60; ++hour)
        packAt(kStart + hour * kHourMs);
    QCOMPARE(count(u"sample"_s), "1");
    const auto reader = openReader(path());
    for (const UtcMs at : times.mid(2))
        QVERIFY(!reader->samples(1, at, at + 1)->isEmpty());
    QCOMPARE(reader->samples(1, -5, -4)->size(), 1);
    QCOMPARE(reader->samples(-3, kStart, kStart + 1)->size(), 1);
    QCOMPARE(reader->samples(qint64(1) << 40, kStart, kStart + 1)->size(), 1);
}

void TestSamplePacker::halfASealCountsForNothing()
{
    packAt(kStart);
    QList<StoredSample> samples;
    for (int i = 0; i < 1'000; ++i)
        samples.append(goodSample(1 + i % 50, kStart + i));
    append(samples);
    packAt(kStart + kHourMs + kMinute * 20);
    const UtcMs now = kStart + 3 * kHourMs;
    for (int steps = 1; steps < 12; ++steps) { // cut off after every step there is
        for (int i = 0; i < steps; ++i)
            QVERIFY(m_session->packer().step(now));
        m_session.reset();
        m_session = WriterSession::reopen(path(), {1, 0}).value();
        QVERIFY(equal(openReader(path())->samplesAsTheyCame(0, kStart + kDayMs).value(), samples));
        packAt(now - kHourMs); // what a new run remembers is sealed when it is due
    }
    packAt(now + kHourMs);
    packAt(now + 2 * kHourMs);
    QVERIFY(equal(openReader(path())->samplesAsTheyCame(0, kStart + kDayMs).value(), samples));
    QCOMPARE(count(u"sample"_s), "1");
}

void TestSamplePacker::idsGoOn()
{
    packAt(kStart);
    append({goodSample(1, kStart), goodSample(1, kStart + 1)});
    for (int hour = 1; hour < 30; ++hour)
        packAt(kStart + hour * kHourMs);
    append({goodSample(1, kStart + 2)});
    const auto came = openReader(path())->samplesAsTheyCame(0, kStart + kDayMs).value();
    QCOMPARE(came.size(), 3);
    for (qsizetype i = 0; i < came.size(); ++i)
        QCOMPARE(came[i].sample.startedAt, kStart + i);
}

void TestSamplePacker::rollupsOutliveTheirBlocks()
{
    packAt(kStart);
    append({goodSample(1, kStart), goodSample(1, kStart + kHourMs), goodSample(2, kStart + kDayMs)});
    QCOMPARE(keptDays(m_session->connection(), HistoryTier::Blocks).value(), KeptDays(730));
    QVERIFY(setKeptDays(m_session->connection(), HistoryTier::Blocks, 30));
    QVERIFY(!setKeptDays(m_session->connection(), HistoryTier::Days, 30));
    QVERIFY(!setKeptDays(m_session->connection(), HistoryTier::Blocks, 1));
    for (int day = 2; day < 40; ++day)
        packAt(kStart + day * kDayMs + kHourMs);
    QCOMPARE(count(u"sample_block"_s), "0");
    const auto reader = openReader(path());
    QVERIFY(reader->samples(1, kStart, kStart + kDayMs)->isEmpty());
    QCOMPARE(reader->rollups(1, kStart, kStart + kDayMs, milliseconds(kHourMs))->size(), 2);
    QCOMPARE(reader->rollups(1, kStart, kStart + kDayMs, milliseconds(5 * kMinute))->size(), 2);
    const auto sizes = tierSizes(reader->database()).value();
    QCOMPARE(sizes.size(), 6);
    for (const auto &size : sizes)
        QVERIFY(size.bytes >= 4'096);
    QCOMPARE(sizes[1].kept, KeptDays(30));
}

void TestSamplePacker::aWrongClockCostsLittle()
{
    packAt(kStart);
    for (int day = 0; day < 60; ++day)
        append({goodSample(1, kStart + day * kDayMs)});
    for (int hour = 0; hour < 4; ++hour)
        packAt(kStart + 61 * kDayMs + hour * kHourMs);
    QVERIFY(count(u"sample_block"_s).toInt() >= 59);
    packAt(kStart + 20'000 * kDayMs);
    QVERIFY(count(u"sample_block"_s).toInt() >= 59 - 7);
}

void TestSamplePacker::chartsAreNeverTooLong()
{
    std::mt19937_64 random(9);
    for (int i = 0; i < 20'000; ++i) {
        const auto from = static_cast<UtcMs>(random() >> (random() % 62 + 2)) - 100'000;
        const auto to = from + 1 + static_cast<UtcMs>(random() >> (random() % 62 + 2));
        const int pixels = 1 + static_cast<int>(random() % 4'000);
        const qint64 width = chartWidth(from, to, pixels, 2'000).count();
        QVERIFY(width > 0);
        const qint64 points = floorDivide(to - 1, width) - floorDivide(from, width) + 1;
        QVERIFY2(points <= std::max(std::min(2 * pixels, 2'000), 2),
                 qPrintable(u"%1 points for %2 px"_s.arg(points).arg(pixels)));
    }
}

void TestSamplePacker::damagedBlockIsTold()
{
    packAt(kStart);
    append({goodSample(1, kStart), goodSample(1, kStart + 2 * kDayMs)});
    for (int hour = 0; hour < 4; ++hour)
        packAt(kStart + 2 * kDayMs + hour * kHourMs);
    QVERIFY(execute(m_session->connection(), u"UPDATE sample_block SET data = x'00'"_s));
    const auto reader = openReader(path());
    const auto samples = reader->samples(1, kStart, kStart + kDayMs);
    QVERIFY(!samples);
    QCOMPARE(samples.error().kind, Error::Kind::Unreadable);
    QVERIFY(reader->samples(1, kStart + kDayMs, kStart + 3 * kDayMs));
    QCOMPARE(reader->rollups(1, kStart, kStart + kDayMs, milliseconds(kDayMs))->size(), 1);
}

void TestSamplePacker::whatIsEmptyGoesBack()
{
    packAt(kStart);
    QList<StoredSample> day;
    for (qint64 minute = 0; minute < 1'440; ++minute)
        for (MonitorId monitor = 1; monitor <= 10; ++monitor)
            day.append(sampleAt(monitor, kStart + minute * kMinute, m_random));
    append(day);
    const int before = sqlite(path(), u"PRAGMA page_count"_s).toInt();
    packAt(kStart + kDayMs + 2 * kHourMs);
    packAt(kStart + kDayMs + 4 * kHourMs);
    QCOMPARE(count(u"sample_block"_s), "10");
    QCOMPARE(sqlite(path(), u"PRAGMA freelist_count"_s), "0");
    QVERIFY(sqlite(path(), u"PRAGMA page_count"_s).toInt() < before / 2);
    QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
}

// The transaction of the steps is open for a while; what comes in does not wait for its end, and what is done
// so far stays.
void TestSamplePacker::samplesComeBetweenSteps()
{
    packAt(kStart);
    QList<StoredSample> day;
    for (qint64 minute = 0; minute < 1'440; ++minute)
        for (MonitorId monitor = 1; monitor <= 20; ++monitor)
            day.append(sampleAt(monitor, kStart + minute * kMinute, m_random));
    append(day);
    packAt(kStart + kDayMs + 2 * kHourMs);
    const UtcMs now = kStart + kDayMs + 4 * kHourMs;
    int steps = 0;
    for (bool more = true; more; ++steps) {
        const auto step = m_session->packer().step(now);
        QVERIFY2(step, step ? "" : qPrintable(step.error().sentence));
        more = *step;
        QVERIFY(m_session->packer().commit());
        append({sampleAt(21, now + steps, m_random)});
    }
    QVERIFY2(steps > 3, qPrintable(QString::number(steps)));
    QCOMPARE(count(u"sample_block"_s), "20");
    const auto reader = openReader(path());
    QCOMPARE(reader->samplesAsTheyCame(kStart, kStart + kDayMs).value().size(), day.size());
    QCOMPARE(reader->samples(21, now, now + steps).value().size(), steps);
}

QTEST_GUILESS_MAIN(TestSamplePacker)
#include "tst_samplepacker.moc"
