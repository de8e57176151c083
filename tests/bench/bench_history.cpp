// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the history costs: ten million samples, a week of 1,000 monitors checked every minute in bursts of
// 167, as 10,000 monitors send them every second, with rollups and packing kept up; then a year of one
// monitor among 100 (the others every five minutes), the availability of all 100, and a start with a file of
// 1 GB. Beside it a year in Uptime Kuma's schema. `--small` takes a tenth of the monitors, `--here` a folder
// in the current one instead of the temporary one, which may be kept in memory, `--keep` leaves the files,
// and `--week` stops after the first part.
#include "app/history/availabilityreader.h"
#include "app/history/historyreader.h"
#include "app/history/historywriter.h"
#include "app/history/rollupreader.h"
#include "app/history/rows.h"
#include "tests/bench/history/benchreport.h"
#include "tests/bench/history/historyload.h"
#include "tests/bench/history/kumahistory.h"
#include "tests/support/fakeclock.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kYearMs = 365 * 86'400'000LL;
constexpr int kPixels = 1'000;

double fileBytes(const QString &path)
{
    return static_cast<double>(QFileInfo(path).size() + QFileInfo(path + "-wal"_L1).size());
}

bool sustainedInsert(const BenchReport &report, const QString &path, int monitors)
{
    const auto cost = writeHistory(path, {monitors, 7, 60'000, 167});
    if (!cost)
        return false;
    const auto samples = static_cast<double>(cost->samples);
    report.put("insert, rollups and packing kept up", samples / cost->seconds, "samples/s");
    report.put("insert, rollups and packing kept up", cost->cpuSeconds * 1e6 / samples, "CPU us/sample");
    report.put("written over a week", cost->bytesWritten / samples, "bytes/sample");
    report.put("longest step of packing between two commits", cost->longestStepMs, "ms");
    report.put("99.9 % of the steps of packing are shorter than", cost->usualStepMs, "ms");
    report.put("file, a week, everything included", fileBytes(path) / samples, "bytes/sample");
    return true;
}

bool readYear(const BenchReport &report, const QString &path, MonitorId monitor, UtcMs end)
{
    const auto year = [&](const char *what, RollupSource source, int rounds, bool cold) {
        QList<double> times;
        QList<double> cpu;
        qsizetype points = 0;
        std::unique_ptr<HistoryReader> reader;
        for (int round = 0; round < rounds; ++round) {
            if (cold)
                dropCaches(path);
            if (cold || !reader)
                reader = std::move(*HistoryReader::open(path));
            const double cpuBefore = cpuSeconds();
            QElapsedTimer timer;
            timer.start();
            const auto rollups = source == RollupSource::Stored
                                     ? reader->chart(monitor, end - kYearMs, end, kPixels)
                                     : reader->chartOfSamples(monitor, end - kYearMs, end, kPixels);
            if (!rollups)
                return false;
            points = rollups->size();
            times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            cpu.append((cpuSeconds() - cpuBefore) * 1e3);
        }
        const QString name = QString::fromLatin1(what);
        report.put(name, median(times), "ms");
        report.put(name, median(cpu), "CPU ms");
        report.put(name, static_cast<double>(points), "points");
        return true;
    };
    return year("a year at 1,000 px from rollups, cold", RollupSource::Stored, 5, true) &&
           year("a year at 1,000 px from rollups, warm", RollupSource::Stored, 15, false) &&
           year("a year at 1,000 px from every sample, cold", RollupSource::SamplesOnly, 3, true) &&
           year("a year at 1,000 px from every sample, warm", RollupSource::SamplesOnly, 15, false);
}

bool availabilityOfAll(const BenchReport &report, const QString &path, int monitors, UtcMs end)
{
    const auto reader = HistoryReader::open(path);
    if (!reader)
        return false;
    QList<MonitorId> ids;
    for (int monitor = 1; monitor <= monitors; ++monitor)
        ids.append(monitor);
    QList<double> times;
    for (int round = 0; round < 15; ++round) {
        QElapsedTimer timer;
        timer.start();
        const auto figures = availabilities(**reader, ids, {{end - kYearMs, end}});
        if (!figures || figures->size() != monitors)
            return false;
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    const auto intervals = singleValue((*reader)->database(), u"SELECT count(*) FROM state_interval"_s);
    if (!intervals)
        return false;
    report.put(u"availability of %1 monitors over a year, warm"_s.arg(monitors), median(times), "ms");
    report.put("out of so many intervals of states", intervals->toDouble(), "intervals");
    return true;
}

/// Blocks of further monitors, copies of those that are there, until the file has that size.
bool growTo(const QString &path, double bytes)
{
    auto database = Database::open(path, Database::Access::ReadWrite);
    if (!database)
        return false;
    for (int copy = 1; fileBytes(path) < bytes; ++copy) {
        const auto grown = execute(
            database->connection(),
            u"INSERT INTO sample_block SELECT id + %1, samples, first_at, last_at, data FROM sample_block "
            "WHERE id & 4294967295 < 1000"_s.arg(copy * 1'000));
        if (!grown || !execute(database->connection(), u"PRAGMA wal_checkpoint(TRUNCATE)"_s))
            return false;
    }
    return true;
}

bool startUp(const BenchReport &report, const QString &path, UtcMs end)
{
    if (!growTo(path, 1e9))
        return false;
    dropCaches(path);
    const FakeClock clock(end + 4 * 3'600'000);
    QElapsedTimer timer;
    timer.start();
    auto writer = HistoryWriter::open(path, clock);
    const auto reader = HistoryReader::open(path);
    if (!writer || !reader)
        return false;
    for (MonitorId monitor = 1; monitor <= 100; ++monitor) // what has to be known before the first check
        if (!(*reader)->stateIntervals(monitor, clock.utcMs() - 86'400'000, clock.utcMs()) ||
            !(*reader)->samples(monitor, clock.utcMs() - 3'600'000, clock.utcMs()))
            return false;
    report.put("start until ready to poll 100 monitors, cold",
               static_cast<double>(timer.nsecsElapsed()) / 1e6, "ms");
    report.put("the file at this start", fileBytes(path) / 1e6, "MB");
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const BenchReport report(arguments.contains(u"--json"_s));
    const bool small = arguments.contains(u"--small"_s);
    QTemporaryDir folder(arguments.contains(u"--here"_s) ? u"bench-XXXXXX"_s : QString());
    folder.setAutoRemove(!arguments.contains(u"--keep"_s));
    const QString week = folder.filePath(u"week.db"_s);
    const QString year = folder.filePath(u"year.db"_s);
    const int monitors = small ? 10 : 100;
    const bool inserted = sustainedInsert(report, week, small ? 100 : 1'000);
    if (inserted && arguments.contains(u"--week"_s))
        return 0;
    const auto filled =
        inserted ? writeHistory(year, {monitors, 366, 60'000, 1'670, monitors / 2, 5}) : std::nullopt;
    if (!filled) {
        std::fprintf(stderr, "The history cannot be written in %s.\n", qPrintable(folder.path()));
        return 1;
    }
    report.put("file, a year", fileBytes(year) / static_cast<double>(filled->samples), "bytes/sample");
    if (!readYear(report, year, monitors / 2, filled->end) ||
        !availabilityOfAll(report, year, monitors, filled->end) || !startUp(report, year, filled->end))
        return 1;
    return kumaHistory(report, folder.filePath(u"kuma.db"_s), small ? 10 : 20) ? 0 : 1;
}
