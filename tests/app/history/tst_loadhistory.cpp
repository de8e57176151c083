// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/daynumber.h"
#include "app/history/historycommitter.h"
#include "app/history/retention.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kStart = 20'700 * kDayMs;
constexpr qint64 kEvery = 30'000;

LoadValues valuesAt(UtcMs at, double active, const QString &service = u"Shop"_s)
{
    return {service, at, {{u"php-fpm.workers.active"_s, active}, {u"php-fpm.queue"_s, 0.5}}};
}

LoadPoint single(UtcMs at, double value)
{
    return {at, value, value, value};
}

} // namespace

class TestLoadHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void valuesComeBack();
    void limitsStandBesideTheirSeries();
    void longRangesKeepTheirExtremes();
    void theSameMomentIsReplaced();
    void whatIsNoNumberIsLeftOut();
    void seriesOutliveAFailedTransaction();
    void keptWhileTheDiskFails();
    void givenUpBeforeSamples();
    void oldOnesGo();
    void peopleReadTheView();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLoadHistory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestLoadHistory::valuesComeBack()
{
    const auto writer = openWriter(path(), m_clock);
    writer->append(valuesAt(kStart, 3));
    writer->append(valuesAt(kStart + kEvery, 5));
    writer->append(valuesAt(kStart, 9, u"Blog"_s));
    QVERIFY(flushed(*writer));
    const auto reader = openReader(path());
    QCOMPARE(reader->loadSeries(u"Shop"_s, kStart - kHourMs, kStart + kHourMs).value(),
             (QList<LoadSeries>{
                 {u"php-fpm.queue"_s, {single(kStart, 0.5), single(kStart + kEvery, 0.5)}, {}},
                 {u"php-fpm.workers.active"_s, {single(kStart, 3), single(kStart + kEvery, 5)}, {}}}));
    // Half open, and nothing where nothing was read.
    QCOMPARE(reader->loadSeries(u"Shop"_s, kStart + 1, kStart + kEvery)->size(), 0);
    QCOMPARE(reader->loadSeries(u"Shop"_s, kStart, kStart)->size(), 0);
    QCOMPARE(reader->loadSeries(u"Shop"_s, kStart, kStart + kEvery)->first().points.size(), 1);
    QCOMPARE(reader->loadSeries(u"Nobody"_s, 0, kStart + kDayMs)->size(), 0);
}

void TestLoadHistory::limitsStandBesideTheirSeries()
{
    const auto writer = openWriter(path(), m_clock);
    writer->append(LoadValues{
        u"Shop"_s, kStart, {{u"apache.workers.busy"_s, 3}, {u"apache.workers.busy.limit"_s, 150}}});
    writer->append(LoadValues{
        u"Shop"_s, kStart + kHourMs, {{u"apache.workers.busy"_s, 4}, {u"apache.workers.busy.limit"_s, 150}}});
    writer->append(LoadValues{u"Shop"_s,
                              kStart + 2 * kHourMs,
                              {{u"apache.workers.busy"_s, 5}, {u"apache.workers.busy.limit"_s, 200}}});
    QVERIFY(flushed(*writer));
    const auto reader = openReader(path());
    const auto middle = reader->loadSeries(u"Shop"_s, kStart + 1, kStart + 2 * kHourMs).value();
    QCOMPARE(middle.size(), 1);
    QCOMPARE(middle.first().limits, (QList<LoadLimit>{{kStart, 150}})); // stored before the range
    const auto whole = reader->loadSeries(u"Shop"_s, 0, kStart + kDayMs).value();
    QCOMPARE(whole.first().limits, (QList<LoadLimit>{{kStart, 150}, {kStart + 2 * kHourMs, 200}}));
}

void TestLoadHistory::longRangesKeepTheirExtremes()
{
    const auto writer = openWriter(path(), m_clock);
    constexpr int kReadings = 20'000; // a week
    for (int i = 0; i < kReadings; ++i)
        writer->append(LoadValues{u"Shop"_s,
                                  kStart + i * kEvery,
                                  {{u"host.load1"_s, i == 7'777   ? 96.0
                                                     : i == 9'999 ? 0.25
                                                                  : 1.5}}});
    QVERIFY(flushed(*writer));
    const auto reader = openReader(path());
    for (const UtcMs from : {kStart - 1, kStart + 1, kStart - 3 * kDayMs}) {
        const auto series = reader->loadSeries(u"Shop"_s, from, kStart + kReadings * kEvery).value();
        const auto &points = series.first().points;
        QVERIFY(points.size() <= HistoryReader::kMostPoints);
        QVERIFY(points.size() > 500);
        double most = 0;
        double least = 1e9;
        for (qsizetype i = 0; i < points.size(); ++i) {
            most = std::max(most, points[i].most);
            least = std::min(least, points[i].least);
            QVERIFY(points[i].least <= points[i].mean && points[i].mean <= points[i].most);
            QVERIFY(i == 0 || points[i - 1].at < points[i].at);
        }
        QCOMPARE(most, 96.0);
        QCOMPARE(least, 0.25);
    }
}

void TestLoadHistory::theSameMomentIsReplaced()
{
    const auto writer = openWriter(path(), m_clock);
    writer->append(valuesAt(kStart, 3));
    writer->append(valuesAt(kStart, 4));
    QVERIFY(flushed(*writer));
    const auto series = openReader(path())->loadSeries(u"Shop"_s, 0, kStart + 1).value();
    QCOMPARE(series[1].points, (QList<LoadPoint>{single(kStart, 4)}));
}

void TestLoadHistory::whatIsNoNumberIsLeftOut()
{
    const auto writer = openWriter(path(), m_clock);
    writer->append(LoadValues{u"Shop"_s,
                              kStart,
                              {{u"host.load1"_s, std::numeric_limits<double>::quiet_NaN()},
                               {u"host.disk.free"_s, std::numeric_limits<double>::infinity()},
                               {u"host.cpu.busy"_s, 0.5}}});
    QVERIFY(flushed(*writer));
    QVERIFY(writer->fault().isEmpty());
    const auto series = openReader(path())->loadSeries(u"Shop"_s, 0, kStart + 1).value();
    QCOMPARE(series.size(), 1);
    QCOMPARE(series.first().name, u"host.cpu.busy"_s);
}

/// The number of a series that was made in it must not be used again.
void TestLoadHistory::seriesOutliveAFailedTransaction()
{
    const auto session = WriterSession::create(path()).value();
    QVERIFY(session->connection().transaction());
    QVERIFY(session->write(HistoryEntry(valuesAt(kStart, 1))));
    QVERIFY(session->connection().rollback());
    session->rolledBack();
    QVERIFY(session->connection().transaction());
    QVERIFY(session->write(HistoryEntry(valuesAt(kStart, 2, u"Blog"_s))));
    QVERIFY(session->write(HistoryEntry(valuesAt(kStart, 3))));
    QVERIFY(session->connection().commit());
    const auto reader = openReader(path());
    QCOMPARE(reader->loadSeries(u"Shop"_s, 0, kStart + 1)->at(1).points.first().mean, 3.0);
    QCOMPARE(reader->loadSeries(u"Blog"_s, 0, kStart + 1)->at(1).points.first().mean, 2.0);
}

void TestLoadHistory::keptWhileTheDiskFails()
{
    HistoryCommitter committer(
        path(), m_clock, [](const QString &) {}, 10);
    QVERIFY(committer.open());
    // Another program that writes stands for any error that lasts.
    auto other = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(other);
    QVERIFY(execute(other->connection(), u"BEGIN IMMEDIATE"_s));
    std::vector<HistoryEntry> entries;
    entries.emplace_back(valuesAt(kStart, 1));
    entries.emplace_back(valuesAt(kStart + kEvery, 2));
    committer.commit(std::move(entries)); // waits for the busy timeout
    QVERIFY(execute(other->connection(), u"ROLLBACK"_s));
    committer.finish();
    QCOMPARE(openReader(path())->loadSeries(u"Shop"_s, kStart, kStart + kHourMs)->at(1).points.size(), 2);
}

void TestLoadHistory::givenUpBeforeSamples()
{
    QStringList faults;
    HistoryCommitter committer(
        path(), m_clock, [&faults](const QString &sentence) { faults.append(sentence); }, 10);
    QVERIFY(committer.open());
    auto other = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(other);
    QVERIFY(execute(other->connection(), u"BEGIN IMMEDIATE"_s));
    std::vector<HistoryEntry> entries;
    for (int i = 0; i < 10; ++i) {
        entries.emplace_back(goodSample(1, kStart + i));
        entries.emplace_back(valuesAt(kStart + i, 1));
    }
    committer.commit(std::move(entries));
    QCOMPARE(faults.size(), 1);
    QVERIFY(!faults.first().contains(u"given up"_s));
    QVERIFY(execute(other->connection(), u"ROLLBACK"_s));
    committer.finish();
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM sample"_s), "10");
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM load_value"_s), "0");
}

void TestLoadHistory::oldOnesGo()
{
    const auto session = WriterSession::create(path()).value();
    auto &database = session->connection();
    QVERIFY(database.transaction());
    for (int day = 0; day < 100; ++day)
        for (int i = 0; i < 100; ++i)
            QVERIFY(session->write(HistoryEntry(valuesAt(kStart + day * kDayMs + i * kEvery, day))));
    QVERIFY(database.commit());
    const auto count = [this](const QString &which) {
        return sqlite(path(), u"SELECT count(*) FROM load_value WHERE "_s + which).toInt();
    };
    const auto expireAt = [&](qint64 day) {
        const auto expiry = expiryAt(database, day).value();
        int steps = 0;
        while (removeExpired(database, expiry).value())
            ++steps;
        return steps;
    };
    QCOMPARE(keptDays(database, HistoryTier::Load).value(), KeptDays(90));
    const qint64 today = kStart / kDayMs + 100;
    QCOMPARE(expireAt(kStart / kDayMs + 90), 0);
    QVERIFY(expireAt(today) > 0);
    QCOMPARE(count(u"at < %1"_s.arg(kStart + 7 * kDayMs)), 0); // a week at a time
    QCOMPARE(count(u"true"_s), 93 * 200);
    expireAt(today);
    QCOMPARE(count(u"true"_s), 90 * 200);
    // A clock that is years ahead costs a week.
    expireAt(today + 5'000);
    QCOMPARE(count(u"true"_s), 83 * 200);

    QVERIFY(!setKeptDays(database, HistoryTier::Load, 3));
    QVERIFY(setKeptDays(database, HistoryTier::Load, std::nullopt));
    expireAt(today + 5'000);
    QCOMPARE(count(u"true"_s), 83 * 200);
    QVERIFY(setKeptDays(database, HistoryTier::Load, 30));
    for (int i = 0; i < 20; ++i)
        expireAt(today);
    QCOMPARE(count(u"true"_s), 30 * 200);
}

void TestLoadHistory::peopleReadTheView()
{
    const auto writer = openWriter(path(), m_clock);
    writer->append(valuesAt(1'790'000'000'000, 3));
    QVERIFY(flushed(*writer));
    QCOMPARE(sqlite(path(), u"SELECT service, name, at, value FROM v_load WHERE name LIKE 'php-fpm.w%'"_s),
             "Shop|php-fpm.workers.active|2026-09-21T14:13:20.000Z|3.0");
}

QTEST_GUILESS_MAIN(TestLoadHistory)
#include "tst_loadhistory.moc"
