// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyqueries.h"
#include "app/history/integrity.h"
#include "app/history/integritywatch.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kSamples = 5'000;
constexpr qint64 kPage = 4'096;

} // namespace

/// Files that a disk has spoilt, in every place.
class TestIntegrity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void soundFile();
    void damagedFileIsSetAside_data();
    void damagedFileIsSetAside();
    void monitorsSurviveWhatIsNoDatabase();
    void spoiltSpecHidesNoOther();
    void setAsideWhileWatching();
    void onlyTheOneThatWatchesSetsAside();
    void refusesUnlessAsked();
    void checksInTheBackground();
    void backsUpWhileWriting();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }
    void makeHistory();
    void spoil(qint64 from, qint64 length);
    std::unique_ptr<HistoryWriter> openAnyway();

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestIntegrity::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestIntegrity::makeHistory()
{
    auto writer = openWriter(path(), m_clock);
    auto change = writer->change([](QSqlDatabase &database) -> Result<void> {
        for (int i = 1; i <= 40; ++i)
            if (auto done = execute(database, u"INSERT INTO monitor (service, name, spec, created_at) VALUES "
                                              "('', 'Monitor %1', '{\"interval\": \"%1s\"}', 5)"_s.arg(i));
                !done)
                return done;
        return execute(database, u"INSERT INTO setting VALUES ('configuration_revision', '7')"_s);
    });
    change.waitForFinished();
    QVERIFY(change.result());
    for (int i = 0; i < kSamples; ++i)
        writer->append(goodSample(1 + i % 40, i));
    writer->settle(1, State::Up, 5);
    writer.reset();
    // The second opening takes the copy of the monitors.
    openWriter(path(), m_clock);
}

void TestIntegrity::spoil(qint64 from, qint64 length)
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(from));
    QCOMPARE(file.write(QByteArray(length, '\xa5')), length);
}

std::unique_ptr<HistoryWriter> TestIntegrity::openAnyway()
{
    auto writer = HistoryWriter::open(path(), m_clock, OnDamage::SetAside);
    return writer ? *std::move(writer) : nullptr;
}

void TestIntegrity::soundFile()
{
    makeHistory();
    for (const auto check : {IntegrityCheck::Quick, IntegrityCheck::Full}) {
        const auto damage = findDamage(path(), check);
        QVERIFY(damage);
        QVERIFY2(damage->isEmpty(), qPrintable(damage->join(u' ')));
    }
    QVERIFY(!findDamage(path() + u".absent"_s, IntegrityCheck::Quick));
    QVERIFY(filesSetAside(path()).isEmpty());
}

void TestIntegrity::damagedFileIsSetAside_data()
{
    QTest::addColumn<int>("page"); // the first that is spoilt
    QTest::addColumn<int>("pages");
    QTest::newRow("header") << 0 << 1;
    for (const int page : {1, 3, 8, 20, 40, 60})
        QTest::newRow(qPrintable(u"page %1"_s.arg(page))) << page << 2;
    QTest::newRow("second half") << -2 << 0;
}

void TestIntegrity::damagedFileIsSetAside()
{
    QFETCH(const int, page);
    QFETCH(const int, pages);
    makeHistory();
    const qint64 size = QFileInfo(path()).size();
    if (page >= 0)
        spoil(page * kPage, std::min(pages * kPage, size - page * kPage));
    else
        QVERIFY(QFile::resize(path(), size / 2));
    const QByteArray damaged = bytesOf(path());
    const auto found = findDamage(path(), IntegrityCheck::Quick);
    QVERIFY(found);
    QVERIFY(!found->isEmpty());

    auto writer = openAnyway();
    QVERIFY(writer);
    if (filesSetAside(path()).isEmpty())
        writer->foundDamage(); // shows only when that page is read, as the check in the background does
    QTRY_COMPARE(filesSetAside(path()).size(), 1);
    QVERIFY(flushed(*writer));
    QTRY_VERIFY2(writer->fault().contains(u"damaged"_s), qPrintable(writer->fault()));
    if (page <= 0) // the others were written before the damage showed
        QCOMPARE(bytesOf(filesSetAside(path()).first()), damaged);
    writer->append(goodSample(1, 1'000'000));
    QVERIFY(flushed(*writer));
    QTRY_COMPARE(sqlite(path(), u"SELECT count(*) FROM history_event WHERE what = 'salvaged'"_s), "1");
    QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
    QCOMPARE(sqlite(path(), u"SELECT count(*), count(DISTINCT spec) FROM monitor WHERE json_valid(spec)"_s),
             "40|40");
    const auto samples = openReader(path())->samplesAsTheyCame(0, 2'000'000);
    QVERIFY(samples);
    QCOMPARE(samples->last().sample.startedAt, 1'000'000);
    qInfo("%lld of %d samples saved", static_cast<long long>(samples->size() - 1), kSamples);
    if (page > 0) // two pages hold some 90 samples
        QCOMPARE_GT(samples->size(), kSamples - 400);
}

void TestIntegrity::monitorsSurviveWhatIsNoDatabase()
{
    makeHistory();
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("This is my diary.\n");
    file.close();
    QVERIFY(openAnyway() != nullptr);
    QCOMPARE(sqlite(path(), u"SELECT count(*), min(id), max(id) FROM monitor"_s), "40|1|40");
    QCOMPARE(sqlite(path(), u"SELECT value FROM setting WHERE key = 'configuration_revision'"_s), "7");
    QCOMPARE(bytesOf(filesSetAside(path()).first()), "This is my diary.\n");
}

void TestIntegrity::spoiltSpecHidesNoOther()
{
    makeHistory();
    QVERIFY(QFile::remove(path() + u".monitors.json"_s));
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const auto at = file.readAll().indexOf("{\"interval\": \"17s\"}");
    QVERIFY(at > 0);
    file.close();
    spoil(at, 4);
    auto writer = openAnyway();
    QVERIFY(writer);
    writer->foundDamage();
    QVERIFY(flushed(*writer));
    QTRY_COMPARE(sqlite(path(), u"SELECT count(*) FROM monitor"_s), "39");
}

void TestIntegrity::setAsideWhileWatching()
{
    makeHistory();
    auto writer = openAnyway();
    QVERIFY(writer);
    HistoryQueries queries(path());
    const auto count = [&queries] {
        auto asked = queries.ask([](HistoryReader &reader) {
            return reader.samplesAsTheyCame(0, 10'000'000).map([](const auto &list) { return list.size(); });
        });
        asked.waitForFinished();
        return asked.result().value_or(-1);
    };
    writer->settle(1, State::Down, 1'000);
    QVERIFY(flushed(*writer));
    QCOMPARE(count(), kSamples);
    writer->foundDamage();
    for (int i = 0; i < 100; ++i)
        writer->append(goodSample(1, 5'000'000 + i));
    QVERIFY(flushed(*writer));
    QCOMPARE(filesSetAside(path()).size(), 1);
    QTRY_COMPARE(count(), kSamples + 100); // the reader follows to the new file
    // The state that lasted goes on lasting.
    QCOMPARE(sqlite(path(), u"SELECT state, started_at FROM state_interval WHERE ended_at IS NULL"_s),
             "4|1000");
}

void TestIntegrity::onlyTheOneThatWatchesSetsAside()
{
    makeHistory();
    QLockFile watching(path() + u".lock"_s);
    QVERIFY(watching.tryLock());
    spoil(0, kPage);
    QVERIFY(!HistoryWriter::open(path(), m_clock, OnDamage::SetAside));
    QVERIFY(filesSetAside(path()).isEmpty());
}

void TestIntegrity::refusesUnlessAsked()
{
    makeHistory();
    spoil(0, kPage);
    QVERIFY(!HistoryWriter::open(path(), m_clock));
    QVERIFY(filesSetAside(path()).isEmpty());
}

void TestIntegrity::checksInTheBackground()
{
    makeHistory();
    auto writer = openAnyway();
    QVERIFY(writer);
    {
        const IntegrityWatch watch(path(), *writer, m_clock);
        QTRY_COMPARE(sqlite(path(), u"SELECT count(*) FROM history_event WHERE what = 'full-check'"_s), "1");
    }
    writer.reset();
    spoil(40 * kPage, 2 * kPage);
    writer = openAnyway();
    QVERIFY(writer);
    const IntegrityWatch watch(path(), *writer, m_clock);
    QTRY_COMPARE(filesSetAside(path()).size(), 1);
}

void TestIntegrity::backsUpWhileWriting()
{
    makeHistory();
    auto writer = openAnyway();
    writer->append(goodSample(1, 9'000'000));
    QVERIFY(flushed(*writer));
    const QString copy = m_folder->filePath(u"it's a copy.db"_s);
    QVERIFY(backUpHistory(path(), copy));
    QCOMPARE(sqlite(copy, u"PRAGMA integrity_check"_s), "ok");
    QCOMPARE(openReader(copy)->samplesAsTheyCame(0, 10'000'000)->size(), kSamples + 1);
    QCOMPARE(backUpHistory(path(), copy).error().kind, Error::Kind::Conflict);
}

QTEST_GUILESS_MAIN(TestIntegrity)
#include "tst_integrity.moc"
