// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labservers.h"
#include "tests/lab/support/program.h"

#include <QFile>
#include <QtTest>

#include <unistd.h>

using namespace backwatch;

namespace {

constexpr int kMonitors = 200;
constexpr int kSeconds = 60;

/// A line of /proc/PID/status, such as "VmHWM:", in KiB.
qint64 statusKib(qint64 pid, const QByteArray &name)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n'))
        if (line.startsWith(name))
            return line.mid(name.size()).trimmed().split(' ').value(0).toLongLong();
    return -1;
}

/// Processor time that a process has used, user and system, in seconds.
double processorSeconds(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return static_cast<double>(fields.value(11).toLongLong() + fields.value(12).toLongLong()) /
           static_cast<double>(::sysconf(_SC_CLK_TCK));
}

} // namespace

class HeadlessLoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCheckIsMadeAndStored();
};

void HeadlessLoadTest::everyCheckIsMadeAndStored()
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
        program.write(QStringLiteral("monitors.yaml"),
                      monitorsFile(monitors, "interval: 1s, timeout: 1s, retryInterval: 1s"));
    const Finished applied = program.run({QStringLiteral("apply"), file});
    QVERIFY2(applied.exitCode == 0, qPrintable(applied.error));

    LabProcess watching;
    QVERIFY2(program.watch(&watching), qPrintable(watching.problem()));
    // The minute begins when the last monitor has had its first check.
    const QString begin =
        QStringLiteral("(SELECT max(f) FROM (SELECT min(started_at) f FROM sample GROUP BY monitor_id))");
    QVERIFY(program.waitForSql(QStringLiteral("SELECT count(DISTINCT monitor_id) FROM sample"),
                               {QString::number(kMonitors)}));
    const double before = processorSeconds(watching.pid());
    QVERIFY(program.waitForSql(
        QStringLiteral("SELECT max(started_at) > %1 + %2 FROM sample").arg(begin).arg((kSeconds + 1) * 1'000),
        {QStringLiteral("1")}, (kSeconds + 60) * 1'000));
    const double used = processorSeconds(watching.pid()) - before;
    const qint64 peak = statusKib(watching.pid(), "VmHWM:");
    QVERIFY2(watching.stop(), "SIGTERM was not enough");
    QCOMPARE(watching.exitCode(), 0);
    qInfo(
        "%d monitors every second for %d s: %.2f s of processor time (%.1f %% of one core), %.1f MiB at most",
        kMonitors, kSeconds, used, 100 * used / kSeconds, static_cast<double>(peak) / 1024);

    const QString counts =
        QStringLiteral("SELECT monitor_id, count(*) n FROM sample WHERE started_at >= %1 AND "
                       "started_at < %1 + %2 GROUP BY monitor_id")
            .arg(begin)
            .arg(kSeconds * 1'000);
    qInfo("samples a monitor, least and most: %s",
          qPrintable(program.sql(QStringLiteral("SELECT min(n), max(n) FROM (%1)").arg(counts)).join(u' ')));
    QCOMPARE(program.sql(QStringLiteral("SELECT count(*) FROM (%1) WHERE n BETWEEN %2 AND %3")
                             .arg(counts)
                             .arg(kSeconds - 2)
                             .arg(kSeconds + 2)),
             QStringList{QString::number(kMonitors)});
    QCOMPARE(program.sql(QStringLiteral("SELECT count(*) FROM sample WHERE http_status <> 200")),
             QStringList{QStringLiteral("0")});
    // A millisecond of grace: starts are stored in milliseconds, lengths in microseconds.
    QCOMPARE(
        program.sql(QStringLiteral(
            "SELECT count(*) FROM (SELECT started_at, lag(started_at + total_us / 1000.0) OVER "
            "(PARTITION BY monitor_id ORDER BY started_at) ended FROM sample) WHERE ended > started_at + 1")),
        QStringList{QStringLiteral("0")});
}

QTEST_GUILESS_MAIN(HeadlessLoadTest)
#include "tst_headless_load.moc"
