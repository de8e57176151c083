// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the history costs: ten million samples, a week of 1,000 monitors checked every minute in bursts of
// 167, as 10,000 monitors send them every second, with rollups and packing kept up; then a year of one
// monitor among 100, out of a file of that size. `--small` takes a tenth of it. Beside it the same in Uptime
// Kuma's schema.
#include "app/core/clock.h"
#include "app/history/historyreader.h"
#include "app/history/historywriter.h"
#include "app/history/rollupreader.h"
#include "tests/bench/history/benchreport.h"
#include "tests/bench/history/historyload.h"
#include "tests/bench/history/kumahistory.h"

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

bool readYear(const BenchReport &report, const QString &path, UtcMs end)
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
                                     ? reader->chart(40, end - kYearMs, end, kPixels)
                                     : reader->chartOfSamples(40, end - kYearMs, end, kPixels);
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

bool startUp(const BenchReport &report, const QString &path)
{
    const SystemClock clock;
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
    report.put("start until ready to poll 100 monitors", static_cast<double>(timer.nsecsElapsed()) / 1e6,
               "ms");
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
    const QTemporaryDir folder(arguments.contains(u"--here"_s) ? u"bench-XXXXXX"_s : QString());
    const QString week = folder.filePath(u"week.db"_s);
    const QString year = folder.filePath(u"year.db"_s);
    const auto written = sustainedInsert(report, week, small ? 100 : 1'000);
    // Full resolution of one monitor and its neighbours in time; one sample in 60 for the others.
    const auto filled = written ? writeHistory(year, {small ? 10 : 100, 366, 60'000, 1'670}) : std::nullopt;
    if (!filled) {
        std::fprintf(stderr, "The history cannot be written in %s.\n", qPrintable(folder.path()));
        return 1;
    }
    report.put("file, a year", fileBytes(year) / static_cast<double>(filled->samples), "bytes/sample");
    if (!readYear(report, year, filled->end) || !startUp(report, year))
        return 1;
    return kumaHistory(report, folder.filePath(u"kuma.db"_s), small ? 10 : 20) ? 0 : 1;
}
