// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/rollupbuilder.h"
#include "tests/app/history/historyfixture.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faultyfile.h"

#include <QLoggingCategory>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kKills = 100;
constexpr int kKillsPerFile = 10;
constexpr int kFaultyRuns = 40;

/// The victim's and this test's samples begin one after the other at 1, 2, 3 …
void verifyUnbroken(const QString &path, qint64 committed)
{
    QCOMPARE(sqlite(path, u"PRAGMA integrity_check"_s), "ok");
    QCOMPARE(sqlite(path, u"PRAGMA foreign_key_check"_s), "");
    const auto reader = openReader(path);
    const auto stored = reader->samples(1, 0, committed + 1);
    QVERIFY(stored);
    qint64 expected = 0;
    for (const auto &sample : *stored)
        if (sample.sample.startedAt != expected) // a later run of the victim begins at 1 again
            QCOMPARE(sample.sample.startedAt, ++expected);
    QCOMPARE(expected, committed);

    // What is summed up while writing is what a recount gives.
    const auto all = reader->samples(1, 0, 86'400'000);
    const auto rollups = reader->rollups(1, 0, 86'400'000, std::chrono::hours(1));
    QVERIFY(all);
    QVERIFY(rollups);
    const auto recounted = rollupsOf(*all, std::chrono::hours(1));
    QCOMPARE(rollups->size(), recounted.size());
    for (qsizetype i = 0; i < recounted.size(); ++i) {
        QCOMPARE((*rollups)[i].start, recounted[i].start);
        QCOMPARE((*rollups)[i].checks, recounted[i].checks);
        QCOMPARE((*rollups)[i].failures, recounted[i].failures);
    }
}

} // namespace

/// What was reported as committed is there, whatever happens to the program or its disk.
class TestHistoryCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        FaultyFile::install();
        QLoggingCategory::setFilterRules(u"backwatch.history.warning=false"_s); // hundreds of faults
    }
    void killedAtRandomMoments();
    void filesThatFail();
};

void TestHistoryCrash::killedAtRandomMoments()
{
    QRandomGenerator random(503);
    std::unique_ptr<QTemporaryDir> folder;
    int killedWhileWriting = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        if (kill % kKillsPerFile == 0)
            folder = std::make_unique<QTemporaryDir>();
        const QString path = folder->filePath(u"history.db"_s);
        QProcess victim;
        victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        victim.start(QStringLiteral(BACKWATCH_VICTIM), {path});
        QVERIFY(victim.waitForStarted());
        // Every fourth while the file is made or opened, the others while it is written.
        if (kill % 4 != 0)
            QVERIFY(victim.waitForReadyRead(30'000));
        victim.waitForFinished(random.bounded(1, 100));
        QCOMPARE(::kill(static_cast<pid_t>(victim.processId()), SIGKILL), 0);
        QVERIFY(victim.waitForFinished());
        const auto lines = victim.readAllStandardOutput().trimmed().split('\n');
        const qint64 committed = lines.last().toLongLong();
        if (committed == 0)
            continue;
        ++killedWhileWriting;
        verifyUnbroken(path, committed);
        if (QTest::currentTestFailed())
            return;
    }
    qInfo("%d of %d killed while writing", killedWhileWriting, kKills);
    QCOMPARE_GT(killedWhileWriting, kKills / 2);
}

void TestHistoryCrash::filesThatFail()
{
    const FakeClock clock;
    int faultyRuns = 0;
    for (unsigned run = 0; run < kFaultyRuns; ++run) {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"history.db"_s);
        auto writer = openWriter(path, clock);
        qint64 given = 0;
        qint64 committed = 0;
        const int before = FaultyFile::failures();
        FaultyFile::failOneIn(5 + static_cast<int>(run), run);
        for (int burst = 0; burst < 20; ++burst) {
            for (int i = 0; i < 50; ++i)
                writer->append(goodSample(1, ++given));
            if (flushed(*writer))
                committed = given;
        }
        FaultyFile::failOneIn(0, 0);
        faultyRuns += FaultyFile::failures() > before ? 1 : 0;
        // What another program sees now, while nothing is put right yet.
        QCOMPARE(sqlite(path, u"PRAGMA integrity_check"_s), "ok");
        QVERIFY(openReader(path)->samples(1, 0, committed + 1)->size() >= committed);
        writer.reset(); // writes what it kept
        verifyUnbroken(path, given);
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE_GT(faultyRuns, kFaultyRuns / 2);
}

QTEST_GUILESS_MAIN(TestHistoryCrash)
#include "tst_historycrash.moc"
