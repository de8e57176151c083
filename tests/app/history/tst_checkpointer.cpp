// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/checkpointer.h"
#include "app/history/database.h"
#include "tests/app/history/historyfixture.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

class TestCheckpointer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_writer.emplace(*Database::open(path(), Database::Access::Create));
        for (const auto &statement :
             {u"PRAGMA wal_autocheckpoint = 0"_s, u"CREATE TABLE number (value INTEGER)"_s,
              u"INSERT INTO number VALUES (1)"_s})
            QVERIFY(execute(m_writer->connection(), statement));
    }
    void cleanup() { m_writer.reset(); }

    void carriesOverWhenThereIsEnough()
    {
        Checkpointer checkpointer(path());
        checkpointer.written(Checkpointer::kPages - 1);
        QVERIFY(!checkpointer.isBehind(milliseconds(0)));
        QVERIFY(numbersInTheFileAlone().isEmpty());

        checkpointer.written(1);
        QTRY_VERIFY(!checkpointer.isBehind(milliseconds(0)));
        QCOMPARE(numbersInTheFileAlone(), "1");

        QVERIFY(execute(m_writer->connection(), u"INSERT INTO number VALUES (2)"_s));
        checkpointer.written(Checkpointer::kPages);
        QTRY_VERIFY(!checkpointer.isBehind(milliseconds(0)));
        QCOMPARE(numbersInTheFileAlone(), "1,2");
    }

    void aWriterAtWorkIsNotInTheWay()
    {
        QVERIFY(execute(m_writer->connection(), u"BEGIN IMMEDIATE"_s));
        QVERIFY(execute(m_writer->connection(), u"INSERT INTO number VALUES (2)"_s));
        Checkpointer checkpointer(path());
        checkpointer.written(Checkpointer::kPages);
        QTRY_VERIFY(!checkpointer.isBehind(milliseconds(0)));
        QCOMPARE(numbersInTheFileAlone(), "1");
        QVERIFY(execute(m_writer->connection(), u"COMMIT"_s));
    }

    void aFileThatIsGoneIsToldOnce()
    {
        Checkpointer checkpointer(m_folder->filePath(u"gone.db"_s));
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"the write-ahead log stays as it is: .*gone\\.db"_s));
        for (int time = 0; time < 2; ++time) {
            checkpointer.written(Checkpointer::kPages);
            QTRY_VERIFY(!checkpointer.isBehind(milliseconds(0)));
        }
    }

    void endsWhileAtWork()
    {
        for (int time = 0; time < 20; ++time)
            Checkpointer(path()).written(Checkpointer::kPages);
        QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
    }

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }

    /// Copied without its write-ahead log.
    QByteArray numbersInTheFileAlone() const
    {
        const QTemporaryDir elsewhere;
        const QString copy = elsewhere.filePath(u"alone.db"_s);
        // Not by this process: closing the file would drop SQLite's locks on it.
        if (QProcess::execute(u"cp"_s, {path(), copy}) != 0)
            return "not copied";
        return sqlite(copy, u"SELECT group_concat(value) FROM number"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Database> m_writer;
};

QTEST_GUILESS_MAIN(TestCheckpointer)
#include "tst_checkpointer.moc"
