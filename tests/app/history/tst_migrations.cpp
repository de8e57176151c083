// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/outcome.h"
#include "app/core/state.h"
#include "app/history/database.h"
#include "app/history/daynumber.h"
#include "app/history/historyfile.h"
#include "app/history/migrations.h"
#include "app/history/writersession.h"
#include "tests/app/history/historyfixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

class TestMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fresh();
    void twice();
    void oneAfterTheOther();
    void failingScriptLeavesTheOneBefore();
    void newWordsAppear();
    void refusesNewer();
    void releasedSchemas_data();
    void releasedSchemas();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }
    void writeScript(const QString &name, const QByteArray &text);
    Result<void> migrateTo(const QString &folder);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMigrations::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestMigrations::writeScript(const QString &name, const QByteArray &text)
{
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

Result<void> TestMigrations::migrateTo(const QString &folder)
{
    auto database = Database::open(path(), Database::Access::Create);
    if (!database)
        return tl::make_unexpected(database.error());
    return migrate(database->connection(), folder);
}

void TestMigrations::fresh()
{
    QVERIFY(migrateTo(u":/schema"_s));
    QCOMPARE(newestSchema(), 5);
    QCOMPARE(sqlite(path(), u"PRAGMA user_version"_s).toInt(), newestSchema(u":/schema"_s));
    QCOMPARE(sqlite(path(), u"PRAGMA application_id"_s).toInt(), kHistoryApplicationId);
    QCOMPARE(sqlite(path(), u"PRAGMA journal_mode"_s), "wal");
    QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM outcome"_s).toInt(), kOutcomeCount);
    QCOMPARE(sqlite(path(), u"SELECT id FROM outcome WHERE number = 19"_s), "http-status");
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM state"_s).toInt(), kStateCount);
    QCOMPARE(sqlite(path(), u"SELECT id FROM state WHERE number = 0"_s), "not-observed");
}

void TestMigrations::twice()
{
    QVERIFY(migrateTo(u":/schema"_s));
    const QByteArray dump = sqlite(path(), u".dump"_s);
    QVERIFY(migrateTo(u":/schema"_s));
    QCOMPARE(sqlite(path(), u".dump"_s), dump);
}

void TestMigrations::oneAfterTheOther()
{
    const auto words = QByteArray("CREATE TABLE outcome (number INTEGER PRIMARY KEY, id TEXT);"
                                  "CREATE TABLE state (number INTEGER PRIMARY KEY, id TEXT);");
    writeScript(u"0001_initial.sql"_s, words);
    QVERIFY(migrateTo(m_folder->path()));
    writeScript(u"0002_notes.sql"_s, "CREATE TABLE note (text TEXT); -- a; comment\n"
                                     "INSERT INTO note VALUES ('from 2; really');");
    writeScript(u"0010_more.sql"_s, "INSERT INTO note VALUES ('from 10');");
    QVERIFY(migrateTo(m_folder->path()));
    QCOMPARE(sqlite(path(), u"PRAGMA user_version"_s), "10");
    QCOMPARE(sqlite(path(), u"SELECT group_concat(text) FROM note"_s), "from 2; really,from 10");
}

void TestMigrations::failingScriptLeavesTheOneBefore()
{
    writeScript(u"0001_initial.sql"_s, "CREATE TABLE note (text TEXT);");
    writeScript(u"0002_broken.sql"_s, "INSERT INTO note VALUES ('half'); INSERT INTO nowhere VALUES (1);");
    const auto migrated = migrateTo(m_folder->path());
    QVERIFY(!migrated);
    QVERIFY(migrated.error().sentence.contains(path()));
    QCOMPARE(sqlite(path(), u"PRAGMA user_version"_s), "1");
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM note"_s), "0");
}

void TestMigrations::newWordsAppear()
{
    QVERIFY(migrateTo(u":/schema"_s));
    {
        auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        QVERIFY(execute(database->connection(), u"DELETE FROM outcome WHERE number > 20"_s));
    }
    QVERIFY(migrateTo(u":/schema"_s));
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM outcome"_s).toInt(), kOutcomeCount);
}

void TestMigrations::refusesNewer()
{
    QVERIFY(migrateTo(u":/schema"_s));
    {
        auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        QVERIFY(execute(database->connection(), u"PRAGMA user_version = 9999"_s));
    }
    const QByteArray before = bytesOf(path());
    const auto migrated = migrateTo(u":/schema"_s);
    QVERIFY(!migrated);
    QCOMPARE(migrated.error().kind, Error::Kind::Conflict);
    QVERIFY(migrated.error().sentence.contains(path()));
    QCOMPARE(bytesOf(path()), before);
}

void TestMigrations::releasedSchemas_data()
{
    QTest::addColumn<int>("schema");
    QTest::newRow("1") << 1;
    QTest::newRow("2") << 2;
}

// A day and more of an older version is read as before, is packed when its time has come, and stays the same.
void TestMigrations::releasedSchemas()
{
    QFETCH(const int, schema);
    QVERIFY(QFile::copy(QStringLiteral(BACKWATCH_TEST_DATA "/histories/schema%1.db").arg(schema), path()));
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner));
    constexpr UtcMs kStart = 1'788'480'000'000;
    auto session = WriterSession::create(path());
    QVERIFY2(session, session ? "" : qPrintable(session.error().sentence));
    QCOMPARE(sqlite(path(), u"PRAGMA user_version"_s).toInt(), newestSchema());
    QCOMPARE(sqlite(path(), u"SELECT value FROM setting WHERE key = 'configuration_revision'"_s), "7");
    const auto reader = openReader(path());
    const auto before = reader->samples(1, kStart, kStart + 3 * kDayMs).value();
    QCOMPARE(before.size(), 1'500);
    QCOMPARE(before[7].sample.httpStatus, 503);
    QCOMPARE(before[7].sample.retryAfter.has_value(), schema >= 2);
    QCOMPARE(before[7].sample.detail, u"503 Service Unavailable"_s);
    QCOMPARE(before[8].sample.phases.total, microseconds(181));
    const auto incident = reader->openIncident(2).value();
    QVERIFY(incident && incident->references.size() == 1);
    QCOMPARE(reader->stateIntervals(2, kStart, kStart + kDayMs)->last().state, State::Down);

    for (int hour = 0; hour < 4; ++hour)
        for (bool more = true; more;)
            more = (*session)->packer().step(kStart + 3 * kDayMs + hour * kHourMs).value();
    QCOMPARE(sqlite(path(), u"SELECT count(*), sum(samples) FROM sample_block"_s), "3|1500");
    const auto after = reader->samples(1, kStart, kStart + 3 * kDayMs).value();
    QCOMPARE(after.size(), 1'500);
    for (qsizetype i = 0; i < after.size(); ++i) {
        QCOMPARE(after[i].sample.startedAt, before[i].sample.startedAt);
        QCOMPARE(after[i].sample.outcome, before[i].sample.outcome);
        QCOMPARE(after[i].state, before[i].state);
        QCOMPARE(after[i].sample.retryAfter, before[i].sample.retryAfter);
        QCOMPARE(after[i].sample.detail, before[i].sample.detail);
    }
    QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
