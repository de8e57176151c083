// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/clock.h"
#include "app/history/historycommitter.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <unistd.h>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

bool runProgram(const QString &program, const QStringList &arguments)
{
    return QProcess::execute(program, arguments) == 0;
}

/// A small disk of its own, where the test may mount one.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &folder) : m_folder(folder)
    {
        m_mounted = geteuid() == 0 &&
                    runProgram(u"mount"_s, {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=1m"_s, u"tmpfs"_s, folder});
    }
    ~SmallDisk()
    {
        if (m_mounted)
            runProgram(u"umount"_s, {u"-l"_s, m_folder});
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isMounted() const { return m_mounted; }
    bool remount(const QString &options)
    {
        return runProgram(u"mount"_s, {u"-o"_s, u"remount,"_s + options, m_folder});
    }

private:
    QString m_folder;
    bool m_mounted = false;
};

/// Takes some room, because its sentence does not recur.
StoredSample bulky(int number, qsizetype length)
{
    auto stored = failedSample(1, number);
    stored.sample.detail = u"%1 %2"_s.arg(number).arg(QString(length, u'x'));
    return stored;
}

} // namespace

class TestHistoryFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void survivesKill();
    void readOnlyFolder();
    void readOnlyDisk();
    void diskFull();
    void endsOnAFullDisk();
    void oldestAreGivenUp();
    void lockedByAnother();

private:
    QString path() const { return m_folder->filePath(u"history.db"_s); }

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestHistoryFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestHistoryFaults::survivesKill()
{
    qint64 committed = 0;
    for (int round = 1; round <= 3; ++round) {
        QProcess victim;
        victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        victim.start(QStringLiteral(BACKWATCH_VICTIM), {path()});
        QVERIFY(victim.waitForStarted());
        int lines = 0;
        while (lines < 5 * round) {
            QVERIFY(victim.canReadLine() || victim.waitForReadyRead(30'000));
            while (victim.canReadLine()) {
                committed = victim.readLine().trimmed().toLongLong();
                ++lines;
            }
        }
        QCOMPARE(kill(static_cast<pid_t>(victim.processId()), SIGKILL), 0);
        QVERIFY(victim.waitForFinished());
        while (victim.canReadLine()) // what it said before it died
            committed = victim.readLine().trimmed().toLongLong();

        QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
        const auto stored = openReader(path())->samples(1, 0, committed + 1);
        QVERIFY(stored);
        QCOMPARE(stored->last().sample.startedAt, committed);
        QCOMPARE(sqlite(path(), u"SELECT count(DISTINCT started_at) FROM sample WHERE started_at <= %1"_s.arg(
                                    committed))
                     .toLongLong(),
                 committed);
    }
    const SystemClock clock;
    auto writer = openWriter(path(), clock);
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM state_interval WHERE ended_at IS NULL"_s), "0");
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM observer"_s), "4");
}

void TestHistoryFaults::readOnlyFolder()
{
    if (geteuid() == 0)
        QSKIP("root may write everywhere; see readOnlyDisk()");
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
    const auto writer = HistoryWriter::open(path(), m_clock);
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Error::Kind::Unwritable);
    QVERIFY(writer.error().sentence.contains(path()));
}

void TestHistoryFaults::readOnlyDisk()
{
    SmallDisk disk(m_folder->path());
    if (!disk.isMounted())
        QSKIP("needs to mount a file system");
    QVERIFY(disk.remount(u"ro"_s));
    const auto created = HistoryWriter::open(path(), m_clock);
    QVERIFY(!created);
    QCOMPARE(created.error().kind, Error::Kind::Unwritable);
    QVERIFY(created.error().sentence.contains(path()));

    QVERIFY(disk.remount(u"rw"_s));
    openWriter(path(), m_clock)->append(goodSample(1, 5));
    const QByteArray before = bytesOf(path());
    QVERIFY(disk.remount(u"ro"_s));
    const auto writer = HistoryWriter::open(path(), m_clock);
    QVERIFY(!writer);
    QCOMPARE(writer.error().kind, Error::Kind::Unwritable);
    QVERIFY(writer.error().sentence.contains(path()));
    QCOMPARE(bytesOf(path()), before);
    QCOMPARE(openReader(path())->samples(1, 0, 10)->size(), 1); // reading goes on
}

void TestHistoryFaults::diskFull()
{
    const SmallDisk disk(m_folder->path());
    if (!disk.isMounted())
        QSKIP("needs to mount a file system");
    QFile ballast(m_folder->filePath(u"ballast"_s));
    QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    auto writer = openWriter(path(), m_clock);
    writer->append(bulky(0, 200));
    QVERIFY(flushed(*writer));
    while (ballast.write(QByteArray(4'096, 'x')) == 4'096)
        ;
    QSignalSpy faults(writer.get(), &HistoryWriter::faultChanged);

    int next = 1;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 100; ++i)
            writer->append(bulky(next++, 200));
        writer->settle(1, State::Down, next);
        static_cast<void>(flushed(*writer));
    }
    const auto refused = flushed(*writer);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Unwritable);
    QTRY_COMPARE(faults.size(), 1);
    const QString sentence = faults.first().first().toString();
    QVERIFY2(sentence.contains(path()) && sentence.contains(u"room"_s), qPrintable(sentence));
    QCOMPARE(writer->fault(), sentence);
    auto change = writer->change([](QSqlDatabase &) -> Result<void> { return {}; });
    change.waitForFinished();
    QVERIFY(!change.result());

    QVERIFY(ballast.remove());
    QTRY_COMPARE_WITH_TIMEOUT(faults.size(), 2, 30'000); // tried again without being asked
    QCOMPARE(faults.last().first().toString(), QString());
    QCOMPARE(writer->fault(), QString());
    QVERIFY(flushed(*writer));
    QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
    QCOMPARE(sqlite(path(), u"SELECT count(*), count(DISTINCT started_at), max(started_at) FROM sample"_s),
             "301|301|300");
    // In the order in which they came.
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM sample WHERE id <> started_at + 1"_s), "0");
}

void TestHistoryFaults::endsOnAFullDisk()
{
    const SmallDisk disk(m_folder->path());
    if (!disk.isMounted())
        QSKIP("needs to mount a file system");
    auto writer = openWriter(path(), m_clock);
    for (int i = 0; i < 2'000; ++i)
        writer->append(bulky(i, 1'000));
    QVERIFY(!flushed(*writer));
    QElapsedTimer timer;
    timer.start();
    writer.reset();
    QCOMPARE_LT(timer.elapsed(), 10'000);
    QCOMPARE(sqlite(path(), u"PRAGMA integrity_check"_s), "ok");
}

void TestHistoryFaults::oldestAreGivenUp()
{
    QStringList faults;
    HistoryCommitter committer(
        path(), m_clock, [&faults](const QString &sentence) { faults.append(sentence); }, 10);
    QVERIFY(committer.open());
    // Another program that writes stands for any error that lasts.
    auto other = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(other);
    QVERIFY(execute(other->connection(), u"BEGIN IMMEDIATE"_s));
    std::vector<HistoryEntry> entries;
    entries.emplace_back(StateEntry{1, State::Up, 5});
    for (int i = 0; i < 25; ++i)
        entries.emplace_back(goodSample(1, i));
    committer.commit(std::move(entries)); // waits for the busy timeout
    QCOMPARE(faults.size(), 1);
    QVERIFY2(faults.first().contains(u"16"_s), qPrintable(faults.first()));
    QVERIFY(execute(other->connection(), u"ROLLBACK"_s));
    committer.finish();
    QCOMPARE(faults.size(), 2);
    QCOMPARE(faults.last(), QString());
    QCOMPARE(sqlite(path(), u"SELECT min(started_at), max(started_at), count(*) FROM sample"_s), "16|24|9");
    QCOMPARE(sqlite(path(), u"SELECT state, started_at FROM state_interval"_s), "1|5");
}

void TestHistoryFaults::lockedByAnother()
{
    auto writer = openWriter(path(), m_clock);
    QSignalSpy faults(writer.get(), &HistoryWriter::faultChanged);
    auto other = Database::open(path(), Database::Access::ReadWrite);
    QVERIFY(other);
    QVERIFY(execute(other->connection(), u"BEGIN IMMEDIATE"_s));
    writer->append(goodSample(1, 1));
    auto flush = writer->flush();
    QVERIFY(execute(other->connection(), u"COMMIT"_s)); // within the busy timeout
    flush.waitForFinished();
    QVERIFY(flush.result());
    QCOMPARE(faults.size(), 0);
    QCOMPARE(sqlite(path(), u"SELECT count(*) FROM sample"_s), "1");
}

QTEST_GUILESS_MAIN(TestHistoryFaults)
#include "tst_historyfaults.moc"
