// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labservers.h"
#include "tests/lab/support/program.h"

#include <QDateTime>
#include <QtTest>

#include <algorithm>

using namespace backwatch;

namespace {

constexpr int kMonitors = 20;
/// One second until a commit, and what a busy machine adds.
constexpr qint64 kMayBeLostMs = 2'000;

} // namespace

/// The program is killed without a word. What the server's own log says was answered before the last second
/// has to be in the history.
class Kill9Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesAtMostTheLastSecond();
};

void Kill9Test::losesAtMostTheLastSecond()
{
    if (!LabNginx::installed() || LabProcess::find(QStringLiteral("sqlite3")).isEmpty())
        QSKIP("nginx or sqlite3 is not installed (packaging/quickstart deps installs them)");
    LabNginx nginx;
    QVERIFY2(nginx.start(), qPrintable(nginx.problem()));
    const Program program;
    QList<QPair<QString, QString>> monitors;
    for (int i = 0; i < kMonitors; ++i)
        monitors.append({QStringLiteral("Page %1").arg(i), nginx.url(QStringLiteral("/page/%1").arg(i))});
    const QString file =
        program.write(QStringLiteral("monitors.yaml"), monitorsFile(monitors, "interval: 1s, timeout: 1s"));
    QCOMPARE(program.run({QStringLiteral("apply"), file}).exitCode, 0);

    const QString count = QStringLiteral("SELECT count(*) FROM sample");
    for (int round = 0; round < 3; ++round) {
        const qsizetype answeredBefore = nginx.requestTimes().size();
        LabProcess watching;
        QVERIFY2(program.watch(&watching), qPrintable(watching.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(nginx.requestTimes().size() >= answeredBefore + 5 * kMonitors, 30'000);
        const qint64 killedAt = QDateTime::currentMSecsSinceEpoch();
        watching.kill();
        QVERIFY(watching.crashed());

        const QList<qint64> answered = nginx.requestTimes();
        const auto due = std::count_if(answered.begin(), answered.end(),
                                       [&](qint64 at) { return at < killedAt - kMayBeLostMs; });
        const qint64 stored = program.sql(count).value(0).toLongLong();
        qInfo("answered %lld, stored %lld of all rounds", static_cast<long long>(answered.size()),
              static_cast<long long>(stored));
        // What earlier rounds lost stays lost: at most that many seconds of checks each.
        QVERIFY2(stored + round * kMonitors * kMayBeLostMs / 1'000 >= due, "stored samples are missing");
        QCOMPARE(program.sql(QStringLiteral("PRAGMA integrity_check")), QStringList{QStringLiteral("ok")});
    }
}

QTEST_GUILESS_MAIN(Kill9Test)
#include "tst_kill9.moc"
