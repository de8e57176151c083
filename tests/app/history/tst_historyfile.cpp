// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/database.h"
#include "app/history/historyfile.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

/// What the writer and the reader say of files that are not a history of theirs. None may change a byte.
class TestHistoryFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void newer();
    void newerAfterACrash();
    void refused_data();
    void refused();
    void folder();
    void folderCannotBeMade();
    void empty();
    void databaseWithoutAnything();
    void makesTheFolder();
    void oddNames_data();
    void oddNames();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }
    void write(const QByteArray &bytes);
    void makeHistory();
    void change(const QString &statement);
    void verifyRefused(Error::Kind kind);

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestHistoryFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestHistoryFile::write(const QByteArray &bytes)
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestHistoryFile::makeHistory()
{
    auto writer = openWriter(path(), m_clock);
    for (int i = 0; i < 2'000; ++i)
        writer->append(goodSample(1, i));
}

void TestHistoryFile::change(const QString &statement)
{
    auto database = Database::open(path(), Database::Access::Create);
    QVERIFY(database);
    QVERIFY(execute(database->connection(), statement));
}

void TestHistoryFile::verifyRefused(Error::Kind kind)
{
    const QByteArray before = bytesOf(path());
    const QStringList filesBefore = QDir(m_folder->path()).entryList(QDir::Files);
    const auto writer = HistoryWriter::open(path(), m_clock);
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, kind);
    QVERIFY2(writer.error().sentence.contains(path()), qPrintable(writer.error().sentence));
    QVERIFY(writer.error().sentence.endsWith(u'.'));
    const auto reader = HistoryReader::open(path());
    QVERIFY(!reader);
    QCOMPARE(reader.error().kind, kind);
    QCOMPARE(reader.error().sentence, writer.error().sentence);
    QCOMPARE(bytesOf(path()), before);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), filesBefore);
}

void TestHistoryFile::newer()
{
    makeHistory();
    change(u"PRAGMA user_version = 9999"_s);
    verifyRefused(Error::Kind::Conflict);
}

void TestHistoryFile::newerAfterACrash()
{
    makeHistory();
    QByteArray main;
    QByteArray log;
    {
        auto database = Database::open(path(), Database::Access::ReadWrite);
        QVERIFY(database);
        QVERIFY(execute(database->connection(), u"PRAGMA user_version = 9999"_s));
        main = bytesOf(path());
        log = bytesOf(path() + u"-wal"_s);
    }
    QVERIFY(!log.isEmpty());
    write(main);
    QFile wal(path() + u"-wal"_s);
    QVERIFY(wal.open(QIODevice::WriteOnly));
    wal.write(log);
    wal.close();

    const auto writer = HistoryWriter::open(path(), m_clock);
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Error::Kind::Conflict);
    QCOMPARE(bytesOf(path()), main);
    QCOMPARE(bytesOf(path() + u"-wal"_s), log);
}

void TestHistoryFile::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    init(); // the framework comes here first
    makeHistory();
    const QByteArray good = bytesOf(path());
    QTest::newRow("text") << QByteArray("This is my diary.\n");
    QTest::newRow("short") << QByteArray("SQLite");
    QTest::newRow("only the name") << QByteArray("SQLite format 3\0", 16);
    QTest::newRow("cut short") << good.first(good.size() / 2);
    QTest::newRow("zeros") << QByteArray(8'192, '\0');
    QByteArray holed = good;
    holed.replace(100, 3'000, QByteArray(3'000, '\xa5'));
    QTest::newRow("first page spoilt") << holed;
}

void TestHistoryFile::refused()
{
    QFETCH(const QByteArray, bytes);
    write(bytes);
    verifyRefused(Error::Kind::Unreadable);
}

void TestHistoryFile::folder()
{
    QVERIFY(QDir().mkpath(path()));
    verifyRefused(Error::Kind::Invalid);
}

void TestHistoryFile::folderCannotBeMade()
{
    write("a file where the folder should be");
    const auto writer = HistoryWriter::open(path() + u"/below/history.db"_s, m_clock);
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Error::Kind::Unwritable);
    QVERIFY(writer.error().sentence.contains(path() + u"/below"_s));
}

void TestHistoryFile::empty()
{
    write({});
    QVERIFY(HistoryWriter::open(path(), m_clock));
    QVERIFY(HistoryReader::open(path()));
}

void TestHistoryFile::databaseWithoutAnything()
{
    change(u"VACUUM"_s);
    QVERIFY(bytesOf(path()).size() > 0);
    QVERIFY(HistoryWriter::open(path(), m_clock));

    init();
    change(u"CREATE TABLE note (text TEXT)"_s);
    verifyRefused(Error::Kind::Conflict);

    init();
    change(u"PRAGMA application_id = 42"_s);
    verifyRefused(Error::Kind::Conflict);
}

void TestHistoryFile::makesTheFolder()
{
    const QString deep = m_folder->filePath(u"a/b/history.db"_s);
    const auto reader = HistoryReader::open(deep);
    QVERIFY(!reader);
    QCOMPARE(reader.error().kind, Error::Kind::NotFound);
    QVERIFY(!QDir(m_folder->filePath(u"a"_s)).exists());
    const auto writer = HistoryWriter::open(deep, m_clock);
    QVERIFY(writer);
    QVERIFY(HistoryReader::open(deep));
    for (const QString &file : QStringList{deep, deep + u"-wal"_s}) // evidence is nobody else's
        QCOMPARE(QFile::permissions(file) &
                     (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
}

void TestHistoryFile::oddNames_data()
{
    QTest::addColumn<QString>("name");
    for (const auto name :
         {"with space.db", "a?mode=memory", "50%25#1.db", "b;c.db", "geschichte-\xc3\xa4.db"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestHistoryFile::oddNames()
{
    QFETCH(const QString, name);
    const QString file = m_folder->filePath(name);
    {
        auto writer = openWriter(file, m_clock);
        writer->append(goodSample(1, 5));
    }
    QVERIFY(QFile::exists(file));
    const auto samples = openReader(file)->samples(1, 0, 10);
    QVERIFY(samples);
    QCOMPARE(samples->size(), 1);
}

QTEST_GUILESS_MAIN(TestHistoryFile)
#include "tst_historyfile.moc"
