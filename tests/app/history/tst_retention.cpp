// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historywriter.h"
#include "app/history/retention.h"
#include "app/history/rows.h"
#include "tests/support/fakeclock.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace backwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kDay = 86'400'000;
constexpr UtcMs kToday = 20'000 * kDay;

} // namespace

/// Evidence goes by age and by size; samples are looked at with their packing.
class TestRetention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oldEvidenceGoes();
    void theOldestGoesForItsSize();
    void evidenceOfALastingIncidentStays();
    void whatWouldGoIsKnownBefore();
    void whatIsGoneIsNotInTheFile();
    void countingGivesUpWhenAsked();

private:
    void remove(qint64 mostBytes = kMostEvidenceBytes);
    QList<IncidentId> withEvidence();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Database> m_database;
};

/// An incident every hundred days, the newest today; number 1 is 500 days old.
void TestRetention::init()
{
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    const QString path = m_folder->filePath(u"history.db"_s);
    FakeClock clock(kToday);
    const auto writer = HistoryWriter::open(path, clock);
    QVERIFY(writer);
    for (int i = 0; i < 6; ++i) {
        Incident incident;
        incident.id = (*writer)->nextIncidentId();
        incident.monitor = 1;
        incident.openedAt = kToday - (5 - i) * 100 * kDay;
        incident.confirmedAt = incident.openedAt;
        incident.closedAt = incident.openedAt + 60'000;
        incident.outcome = Outcome::HttpStatus;
        (*writer)->store(incident);
        auto exchange = std::make_shared<Exchange>();
        exchange->startedAt = incident.openedAt;
        exchange->status = 503;
        exchange->body = "Backend fetch failed";
        (*writer)->store(incident.id, Evidence{exchange, nullptr});
    }
    QVERIFY((*writer)->flush().result());
    auto database = Database::open(path, Database::Access::ReadWrite);
    QVERIFY(database);
    m_database = std::move(*database);
}

void TestRetention::remove(qint64 mostBytes)
{
    // The age moves on by a week at a time, so that a wrong clock costs a week at most.
    for (int week = 0; week < 60; ++week) {
        const auto expiry = expiryAt(m_database->connection(), kToday / kDay, mostBytes);
        QVERIFY(expiry);
        for (bool more = true; more;) {
            const auto removed = removeExpired(m_database->connection(), *expiry);
            QVERIFY(removed);
            more = *removed;
        }
    }
}

QList<IncidentId> TestRetention::withEvidence()
{
    return allRows(m_database->connection(), u"SELECT incident_id FROM evidence ORDER BY 1"_s, {},
                   [](const QSqlQuery &row) { return row.value(0).toLongLong(); })
        .value();
}

void TestRetention::oldEvidenceGoes()
{
    remove();
    QCOMPARE(withEvidence(), (QList<IncidentId>{3, 4, 5, 6})); // 300 days old at most
    QVERIFY(setKeptDays(m_database->connection(), HistoryTier::Evidence, 50));
    remove();
    QCOMPARE(withEvidence(), (QList<IncidentId>{6}));
    QCOMPARE(singleValue(m_database->connection(), u"SELECT count(*) FROM incident"_s)->toInt(), 6);
}

void TestRetention::theOldestGoesForItsSize()
{
    QVERIFY(setKeptDays(m_database->connection(), HistoryTier::Evidence, std::nullopt));
    remove();
    QCOMPARE(withEvidence().size(), 6);
    const auto one =
        singleValue(m_database->connection(), u"SELECT length(har) FROM evidence WHERE incident_id = 6"_s);
    remove(one->toLongLong() * 5 / 2);
    QCOMPARE(withEvidence(), (QList<IncidentId>{5, 6}));
}

void TestRetention::evidenceOfALastingIncidentStays()
{
    QVERIFY(execute(m_database->connection(), u"UPDATE incident SET closed_at = NULL WHERE id = 1"_s));
    remove();
    QCOMPARE(withEvidence(), (QList<IncidentId>{1, 3, 4, 5, 6}));
}

void TestRetention::whatWouldGoIsKnownBefore()
{
    // 500, 400, … days old.
    const auto going = expiringPart(m_database->connection(), HistoryTier::Evidence, 250, kToday / kDay);
    QVERIFY(going);
    QCOMPARE(going->days, 3);
    QCOMPARE(going->from, kToday - 500 * kDay);
    QCOMPARE(going->before, kToday - 250 * kDay);
    QVERIFY(going->share > 0.45 && going->share < 0.55);
    QVERIFY(execute(m_database->connection(), u"UPDATE incident SET closed_at = NULL WHERE id = 1"_s));
    QCOMPARE(expiringPart(m_database->connection(), HistoryTier::Evidence, 250, kToday / kDay)->days, 2);
    QVERIFY(setKeptDays(m_database->connection(), HistoryTier::Evidence, 250));
    remove();
    QCOMPARE(withEvidence(), (QList<IncidentId>{1, 4, 5, 6}));
}

/// The pages that removing leaves free still lie in the file, for whoever has another program than SQLite.
void TestRetention::whatIsGoneIsNotInTheFile()
{
    QByteArray kept(40'000, '\0');
    auto *random = QRandomGenerator::global();
    std::generate(kept.begin(), kept.end(), [random] { return static_cast<char>(random->bounded(256)); });
    QVERIFY(eachRow(m_database->connection(), u"UPDATE evidence SET har = ? WHERE incident_id = 1"_s, {kept},
                    [](const QSqlQuery &) {}));
    const auto piecesInFile = [&] {
        const auto written = execute(m_database->connection(), u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
        QFile file(databasePath(m_database->connection()));
        if (!written || !file.open(QIODevice::ReadOnly))
            return -1;
        const QByteArray bytes = file.readAll();
        int count = 0;
        for (qsizetype at = 0; at + 64 <= kept.size(); at += 1'000)
            count += bytes.contains(kept.mid(at, 64)) ? 1 : 0;
        return count;
    };
    QVERIFY(piecesInFile() > 30); // all but those that lie in two pages
    remove();
    QVERIFY(!withEvidence().contains(1));
    QCOMPARE(piecesInFile(), 0);
}

void TestRetention::countingGivesUpWhenAsked()
{
    const auto sizesOn = [path = databasePath(m_database->connection())](bool stopped) {
        Result<QList<TierSize>> sizes;
        const std::unique_ptr<QThread> thread(QThread::create([&] {
            const auto database = Database::open(path, Database::Access::ReadOnly);
            if (stopped)
                QThread::currentThread()->requestInterruption();
            sizes = tierSizes(database->connection());
        }));
        thread->start();
        thread->wait();
        return sizes;
    };
    QCOMPARE(sizesOn(false)->size(), historyTiers().size());
    QVERIFY(sizesOn(false)->at(4).bytes > 0);
    const auto stopped = sizesOn(true);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, Error::Kind::Unavailable);
}

QTEST_GUILESS_MAIN(TestRetention)
#include "tst_retention.moc"
