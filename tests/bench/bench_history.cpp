// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the history takes samples and gives rollups back: 30 days of some monitors at 30 s.
#include "app/core/clock.h"
#include "app/history/historyreader.h"
#include "app/history/historywriter.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMonitors = 20;
constexpr int kChecks = 30 * 86'400 / 30;
constexpr UtcMs kInterval = 30'000;
constexpr UtcMs kStart = 1'790'000'000'000;

bool json = false;

void report(const QString &what, double value, const QString &unit)
{
    if (json) {
        const QJsonObject line{
            {u"bench"_s, u"history"_s}, {u"case"_s, what}, {u"value"_s, value}, {u"unit"_s, unit}};
        std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    } else {
        std::printf("%-40s %12.2f %s\n", qPrintable(what), value, qPrintable(unit));
    }
    std::fflush(stdout);
}

double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

StoredSample sampleOf(int monitor, int check)
{
    StoredSample stored;
    stored.state = State::Up;
    auto &sample = stored.sample;
    sample.monitor = monitor + 1;
    sample.startedAt = kStart + check * kInterval + monitor * 100;
    sample.outcome = check % 300 ? Outcome::Ok : Outcome::HttpStatus;
    sample.httpStatus = check % 300 ? 200 : 503;
    const int wait = 20'000 + (check * 7'919 + monitor * 104'729) % 60'000;
    sample.phases = {microseconds(900),  microseconds(8'000), microseconds(14'000),       microseconds(80),
                     microseconds(wait), microseconds(400),   microseconds(23'380 + wait)};
    sample.address = QStringLiteral("192.0.2.%1").arg(monitor);
    sample.detail = check % 300 ? u"200 OK"_s : u"503 Service Unavailable"_s;
    return stored;
}

bool fill(HistoryWriter &writer)
{
    constexpr int kTotal = kMonitors * kChecks;
    constexpr int kBurst = 5'000 / kMonitors;
    double handedOver = 0;
    const double cpuBefore = cpuSeconds();
    QElapsedTimer wall;
    wall.start();
    for (int check = 0; check < kChecks; check += kBurst) {
        QElapsedTimer handing;
        handing.start();
        for (int i = check; i < std::min(check + kBurst, kChecks); ++i)
            for (int monitor = 0; monitor < kMonitors; ++monitor)
                writer.append(sampleOf(monitor, i));
        handedOver += static_cast<double>(handing.nsecsElapsed()) / 1e3;
        auto flushed = writer.flush();
        flushed.waitForFinished();
        if (!flushed.result())
            return false;
    }
    const double seconds = static_cast<double>(wall.elapsed()) / 1e3;
    report(u"insert, a burst of 5000"_s, kTotal / seconds, u"samples/s"_s);
    report(u"insert"_s, (cpuSeconds() - cpuBefore) * 1e6 / kTotal, u"CPU us/sample"_s);
    report(u"making and handing over"_s, handedOver / kTotal, u"us/sample"_s);
    return true;
}

bool read(const QString &path)
{
    const auto reader = HistoryReader::open(path);
    if (!reader)
        return false;
    for (const int minutes : {5, 60, 1'440}) {
        QList<double> times;
        QList<double> cpuTimes;
        for (int monitor = 1; monitor <= 9; ++monitor) {
            // The first reading is the cold one of the connection, the second what a screen sees.
            for (int round = 0; round < 2; ++round) {
                const double cpuBefore = cpuSeconds();
                QElapsedTimer timer;
                timer.start();
                const auto rollups = (*reader)->rollups(
                    monitor, kStart, kStart + kChecks * kInterval + kInterval, std::chrono::minutes(minutes));
                if (!rollups)
                    return false;
                if (round == 0)
                    continue;
                times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
                cpuTimes.append((cpuSeconds() - cpuBefore) * 1e3);
            }
        }
        const QString what = QStringLiteral("rollups of 30 days in %1 min, warm").arg(minutes);
        report(what, median(times), u"ms"_s);
        report(what, median(cpuTimes), u"CPU ms"_s);
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    json = application.arguments().contains(u"--json"_s);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"history.db"_s);
    const SystemClock clock;
    auto writer = HistoryWriter::open(path, clock);
    if (!writer || !fill(**writer)) {
        std::fprintf(stderr, "The history cannot be written in %s.\n", qPrintable(folder.path()));
        return 1;
    }
    if (!read(path))
        return 1;
    writer->reset();
    report(u"file"_s, static_cast<double>(QFile(path).size()) / (kMonitors * kChecks), u"bytes/sample"_s);
    return 0;
}
