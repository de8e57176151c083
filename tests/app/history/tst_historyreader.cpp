// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/daynumber.h"
#include "app/history/historyreader.h"
#include "app/history/lastalive.h"
#include "app/history/rollupbuilder.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

class TestHistoryReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void samplesAreHalfOpen();
    void lastSample();
    void rollupsLikeTheSamples();
    void rollupsRefuseNoWidth();
    void chartsKeepExtremesInFewPoints();
    void intervalsAreHalfOpen();
    void intervalsEndWhereTheProgramWasSeen();
    void importedSamplesSayNothingOfTheProgram();
    void availabilityByHand();
    void incidentsThatOverlap_data();
    void incidentsThatOverlap();
    void incidentsNewestFirst();
    void noSuchIncident();
    void doesNotBlockTheWriter();
    void readsAMonth();
    void readsMonthsOfHours();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HistoryWriter> m_writer;
};

void TestHistoryReader::init()
{
    m_writer.reset();
    m_clock = std::make_unique<FakeClock>(0);
    m_folder = std::make_unique<QTemporaryDir>();
    m_writer = openWriter(path(), *m_clock);
}

void TestHistoryReader::samplesAreHalfOpen()
{
    for (const UtcMs at : {300, 100, 200, 400}) // a slow answer is stored after a later quick one
        m_writer->append(goodSample(1, at));
    m_writer->append(goodSample(2, 200));
    QVERIFY(flushed(*m_writer));
    const auto samples = openReader(path())->samples(1, 100, 400);
    QVERIFY(samples);
    QVERIFY(equal(*samples, {goodSample(1, 100), goodSample(1, 200), goodSample(1, 300)}));
    QVERIFY(openReader(path())->samples(1, 100, 100)->isEmpty());
    QVERIFY(openReader(path())->samples(9, 0, 1'000)->isEmpty());
}

void TestHistoryReader::lastSample()
{
    m_writer->append(goodSample(1, 100));
    m_writer->append(failedSample(1, 200));
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    QVERIFY(!reader->lastSample(1, 100).value());
    QVERIFY(equal(*reader->lastSample(1, 200).value(), goodSample(1, 100)));
    QVERIFY(equal(*reader->lastSample(1, 201).value(), failedSample(1, 200)));
}

void TestHistoryReader::rollupsLikeTheSamples()
{
    for (int i = 0; i < 500; ++i)
        m_writer->append(i % 7 ? goodSample(1, i * 10) : failedSample(1, i * 10));
    m_writer->append(goodSample(2, 10));
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    const auto samples = reader->samples(1, 500, 4'000);
    for (const int width : {1, 100, 1'000, 60'000})
        QCOMPARE(reader->rollups(1, 500, 4'000, milliseconds(width)).value(),
                 rollupsOf(*samples, milliseconds(width)));
    QCOMPARE(reader->rollups(1, 500, 4'000, milliseconds(1'000))->first().checks, 50); // 500 to 1000 only
}

void TestHistoryReader::rollupsRefuseNoWidth()
{
    const auto rollups = openReader(path())->rollups(1, 0, 100, milliseconds(0));
    QVERIFY(!rollups);
    QCOMPARE(rollups.error().kind, Error::Kind::Invalid);
}

void TestHistoryReader::chartsKeepExtremesInFewPoints()
{
    constexpr int kChecks = 20'000;
    constexpr UtcMs kEnd = kChecks * 60'000LL;
    for (int i = 0; i < kChecks; ++i) {
        StoredSample stored = goodSample(1, i * 60'000LL);
        if (i == 7'777) // a thousandth of a point's width, and still seen
            stored.sample.phases.wait = stored.sample.phases.total = microseconds(9'000'000);
        m_writer->append(stored);
    }
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    for (const int pixels : {1, 300, 1'000, 100'000}) {
        for (const auto &chart :
             {reader->chart(1, 0, kEnd, pixels), reader->chartOfSamples(1, 0, kEnd, pixels)}) {
            QVERIFY(chart);
            QVERIFY(chart->size() <= HistoryReader::kMostPoints);
            QVERIFY2(chart->size() >= std::min(pixels, 1'000) / 2,
                     qPrintable(QString::number(chart->size())));
            int checks = 0;
            std::optional<microseconds> most;
            for (const auto &rollup : *chart) {
                checks += rollup.checks;
                most = std::max(most, rollup.max);
            }
            QCOMPARE(checks, kChecks);
            QCOMPARE(most->count(), 9'000'000);
        }
    }
}

void TestHistoryReader::intervalsAreHalfOpen()
{
    using enum State;
    m_writer->settle(1, Up, 100);
    m_writer->settle(1, Down, 200);
    m_writer->settle(1, Up, 300);
    m_clock->advance(1'000);
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    QCOMPARE(reader->stateIntervals(1, 100, 200).value(), (QList<StateInterval>{{Up, 100, 200}}));
    QCOMPARE(reader->stateIntervals(1, 199, 301).value(),
             (QList<StateInterval>{{Up, 199, 200}, {Down, 200, 300}, {Up, 300, 301}}));
    QCOMPARE(reader->stateIntervals(1, 0, 150).value(),
             (QList<StateInterval>{{NotObserved, 0, 100}, {Up, 100, 150}}));
    QVERIFY(reader->stateIntervals(1, 200, 200)->isEmpty());
}

void TestHistoryReader::intervalsEndWhereTheProgramWasSeen()
{
    m_writer->settle(1, State::Up, 0);
    m_clock->advance(700);
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    QCOMPARE(reader->stateIntervals(1, 0, 5'000).value(), (QList<StateInterval>{{State::Up, 0, 700}}));
    QVERIFY(reader->stateIntervals(1, 700, 5'000)->isEmpty());
    m_clock->advance(100);
    m_writer->append(goodSample(1, 750)); // says that the program lived then, without a page for that
    QVERIFY(flushed(*m_writer));
    QCOMPARE(reader->stateIntervals(1, 0, 5'000).value(), (QList<StateInterval>{{State::Up, 0, 750}}));
}

void TestHistoryReader::importedSamplesSayNothingOfTheProgram()
{
    m_writer->settle(1, State::Up, 0);
    m_writer->append(goodSample(1, 3'600'000)); // far from anything that a run noted
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    QCOMPARE(reader->stateIntervals(1, 0, 5'000'000).value(),
             (QList<StateInterval>{{State::Up, 0, kAliveEvery.count()}}));
}

void TestHistoryReader::availabilityByHand()
{
    constexpr UtcMs kHour = 3'600'000;
    m_writer->settle(1, State::Up, 0);
    m_writer->settle(1, State::Down, 10 * kHour);
    m_writer->settle(1, State::Degraded, 11 * kHour);
    m_writer->settle(1, State::Paused, 12 * kHour);
    m_writer->settle(1, State::Up, 20 * kHour);
    m_clock->advance(24 * kHour);
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    // Observed: 12 h + 4 h, of which 1 h down.
    QCOMPARE(reader->availability(1, 0, 24 * kHour).value(), 15.0 / 16.0);
    QCOMPARE(reader->availability(1, 10 * kHour, 12 * kHour).value(), 0.5);
    QVERIFY(!reader->availability(1, 13 * kHour, 14 * kHour).value());
    QVERIFY(!reader->availability(2, 0, 24 * kHour).value());
}

void TestHistoryReader::incidentsThatOverlap_data()
{
    QTest::addColumn<UtcMs>("openedAt");
    QTest::addColumn<UtcMs>("closedAt"); // -1: lasts
    QTest::addColumn<bool>("expected");  // in 100 to 200
    QTest::newRow("before") << UtcMs(10) << UtcMs(50) << false;
    QTest::newRow("touches the start") << UtcMs(10) << UtcMs(100) << false;
    QTest::newRow("reaches in") << UtcMs(10) << UtcMs(101) << true;
    QTest::newRow("inside") << UtcMs(120) << UtcMs(130) << true;
    QTest::newRow("over at once") << UtcMs(100) << UtcMs(100) << true;
    QTest::newRow("around") << UtcMs(10) << UtcMs(900) << true;
    QTest::newRow("lasts since before") << UtcMs(10) << UtcMs(-1) << true;
    QTest::newRow("begins inside") << UtcMs(199) << UtcMs(-1) << true;
    QTest::newRow("touches the end") << UtcMs(200) << UtcMs(-1) << false;
}

void TestHistoryReader::incidentsThatOverlap()
{
    QFETCH(const UtcMs, openedAt);
    QFETCH(const UtcMs, closedAt);
    Incident incident;
    incident.id = 1;
    incident.monitor = 5;
    incident.openedAt = incident.confirmedAt = openedAt;
    if (closedAt >= 0)
        incident.closedAt = closedAt;
    m_writer->store(incident);
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    for (const MonitorId monitor : {MonitorId(0), MonitorId(5)})
        QTEST(reader->incidents(monitor, 100, 200)->size() == 1, "expected");
    QVERIFY(reader->incidents(6, 100, 200)->isEmpty());
}

void TestHistoryReader::incidentsNewestFirst()
{
    for (const int id : {1, 2, 3}) {
        Incident incident;
        incident.id = id;
        incident.monitor = id;
        incident.openedAt = id == 2 ? 500 : 100 * id;
        m_writer->store(incident);
    }
    QVERIFY(flushed(*m_writer));
    const auto incidents = openReader(path())->incidents(0, 0, 1'000);
    QCOMPARE(incidents->size(), 3);
    QCOMPARE((*incidents)[0].id, 2);
    QCOMPARE((*incidents)[1].id, 3);
    QCOMPARE((*incidents)[2].id, 1);
}

void TestHistoryReader::noSuchIncident()
{
    const auto incident = openReader(path())->incident(4711);
    QVERIFY(!incident);
    QCOMPARE(incident.error().kind, Error::Kind::NotFound);
    QVERIFY(incident.error().sentence.contains(u"4711"_s));
}

void TestHistoryReader::doesNotBlockTheWriter()
{
    m_writer->append(goodSample(1, 1));
    QVERIFY(flushed(*m_writer));
    auto reader = Database::open(path(), Database::Access::ReadOnly);
    QVERIFY(reader);
    QVERIFY(execute(reader->connection(), u"BEGIN"_s));
    QCOMPARE(singleValue(reader->connection(), u"SELECT count(*) FROM sample"_s)->toInt(), 1);
    m_writer->append(goodSample(1, 2));
    QVERIFY(flushed(*m_writer));
    QCOMPARE(singleValue(reader->connection(), u"SELECT count(*) FROM sample"_s)->toInt(),
             1); // its own moment
    QVERIFY(execute(reader->connection(), u"COMMIT"_s));
    QCOMPARE(singleValue(reader->connection(), u"SELECT count(*) FROM sample"_s)->toInt(), 2);
    QVERIFY(!execute(reader->connection(), u"DELETE FROM sample"_s));
}

void TestHistoryReader::readsAMonth()
{
    constexpr int kChecks = 30 * 86'400 / 30;
    for (int i = 0; i < kChecks; ++i)
        m_writer->append(goodSample(1, UtcMs(i) * 30'000));
    QVERIFY(flushed(*m_writer));
    const auto reader = openReader(path());
    QElapsedTimer timer;
    timer.start();
    const auto rollups = reader->rollups(1, 0, UtcMs(kChecks) * 30'000, milliseconds(3'600'000));
    qInfo() << "a month in hours:" << timer.elapsed() << "ms";
    QCOMPARE(rollups->size(), 720);
    QCOMPARE(rollups->last().checks, 120);
}

/// From the rows of hours alone, of which the second half is fetched beside their reader.
void TestHistoryReader::readsMonthsOfHours()
{
    constexpr int kDays = 120;
    LatencySketch sketch;
    for (int i = 1; i <= 60; ++i)
        sketch.add(milliseconds(i));
    QVERIFY(flushed(*m_writer));
    {
        const auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        QVERIFY(execute(
            database->connection(),
            u"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < %1 * 48 - 1) "
            "INSERT INTO rollup_hour SELECT 100 + i / 48, 1 + i % 2, i / 2 % 24, 60, 1, '200:59 503:1', "
            "'', 1000 + i % 2, 60000, 1830000, x'', x'%2' FROM n"_s.arg(kDays)
                .arg(QString::fromLatin1(sketch.packed().toHex()))));
    }
    const auto reader = openReader(path());
    for (const MonitorId monitor : {1, 2, 1}) {
        const auto rollups =
            reader->rollups(monitor, 100 * kDayMs, (100 + kDays) * kDayMs, milliseconds(3 * kHourMs));
        QVERIFY(rollups);
        QCOMPARE(rollups->size(), kDays * 8);
        for (const auto &rollup : *rollups) {
            QCOMPARE(rollup.checks, 180);
            QCOMPARE(rollup.failures, 3);
            QCOMPARE(rollup.min, microseconds(999 + monitor));
            QVERIFY(std::abs(rollup.p50->count() - 30'000) <= 150);
        }
    }
    // Ranges without an end, and a reader that goes at once.
    QCOMPARE(openReader(path())->rollups(2, -(1LL << 60), 1LL << 60, milliseconds(kHourMs))->size(),
             kDays * 24);
    QCOMPARE(openReader(path())->rollups(3, 100 * kDayMs, 900 * kDayMs, milliseconds(kHourMs))->size(), 0);
}

QTEST_GUILESS_MAIN(TestHistoryReader)
#include "tst_historyreader.moc"
