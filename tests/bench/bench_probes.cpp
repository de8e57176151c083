// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What checking costs from the schedule to the history, how true its figures are, and whether hanging
// neighbours disturb it. Without arguments every case runs, which takes some six minutes; name cases to run
// only those: cost latency hanging many burst. --json prints an object a line.
#include "tests/bench/probes/delayserver.h"
#include "tests/bench/probes/neighbours.h"
#include "tests/bench/probes/workload.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>

using namespace backwatch;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

// Servers on one processor, what is measured on the other; how soon something is done is measured on both, as
// people run it.
constexpr int kServers = 0;
constexpr int kMeasured = 1;
/// Of which the median counts.
constexpr int kRounds = 3;

bool json = false;

void report(const QString &what, double value, const QString &unit)
{
    if (json) {
        const QJsonObject line{
            {u"bench"_s, u"probes"_s}, {u"case"_s, what}, {u"value"_s, value}, {u"unit"_s, unit}};
        std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    } else {
        std::printf("%-62s %12.2f %s\n", qPrintable(what), value, qPrintable(unit));
    }
    std::fflush(stdout);
}

void runOn(std::initializer_list<int> processors)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int processor : processors)
        CPU_SET(static_cast<std::size_t>(processor), &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        std::fprintf(stderr, "This process cannot be kept on one processor; figures vary more.\n");
}

QList<double> valuesOf(const QList<Timing> &timings, double Timing::*value)
{
    QList<double> values;
    for (const auto &timing : timings)
        values += timing.*value;
    return values;
}

int failuresOf(const QList<Timing> &timings)
{
    return static_cast<int>(std::count_if(timings.begin(), timings.end(), [](const Timing &timing) {
        return judgementOf(timing.outcome) != Judgement::Good;
    }));
}

double perCheck(const WorkResult &result)
{
    return result.cpuSeconds * 1e6 / std::max<double>(1, static_cast<double>(result.timings.size()));
}

void cost(Neighbours &neighbours)
{
    // So many a second that the processor has little rest, since the peer has none: of half as many HTTPS
    // checks each costs a fifth more, because it wakes the program for itself alone.
    const struct
    {
        QString name, url;
        int monitors;
    } kinds[]{{u"HTTP"_s, neighbours.httpUrl(), 2'000}, {u"HTTPS"_s, neighbours.httpsUrl(), 1'000}};
    for (const auto &kind : kinds) {
        WorkOrder order;
        order.configuration = monitorsOf(kind.url, kind.monitors, 1s, 5s, kind.name);
        order.authorities = neighbours.authority();
        order.seconds = 10;
        order.warmUpSeconds = 12; // sessions are resumed from the second check on
        QList<double> ours;
        QList<double> theirs;
        QList<double> ratios;
        int failures = 0;
        // In turn, because the speed of a machine drifts.
        for (int round = 0; round < kRounds; ++round) {
            const WorkResult result = watchFor(order);
            failures += failuresOf(result.timings);
            ours += perCheck(result);
            if (const auto peer = neighbours.measureBlackbox(kind.url, 10, kMeasured)) {
                theirs += peer->cpuMicroseconds;
                ratios += ours.last() / theirs.last();
            }
        }
        report(kind.name + u", whole way"_s, percentile(ours, 50), u"CPU us/check"_s);
        report(kind.name + u", whole way"_s, 1e6 / percentile(ours, 50), u"checks/core-second"_s);
        report(kind.name + u", failed"_s, failures, u"checks"_s);
        if (theirs.isEmpty()) {
            std::fprintf(stderr, "prometheus-blackbox-exporter or wrk is not installed: no comparison.\n");
            continue;
        }
        report(kind.name + u", blackbox_exporter"_s, percentile(theirs, 50), u"CPU us/check"_s);
        report(kind.name + u", blackbox_exporter"_s, 1e6 / percentile(theirs, 50), u"checks/core-second"_s);
        report(kind.name + u", whole way against blackbox_exporter"_s, percentile(ratios, 50),
               u"of its CPU"_s);
    }
}

void latency(Neighbours &neighbours)
{
    WorkOrder order;
    order.configuration = monitorsOf(neighbours.delayUrl(u"/"_s), 500, 1s, 5s, u"Delay"_s);
    order.seconds = 20;
    const WorkResult result = watchFor(order);
    const auto errors = valuesOf(result.timings, &Timing::firstByteErrorMs);
    const auto late = valuesOf(result.timings, &Timing::lateMs);
    report(u"500 checks/s, checks made"_s, static_cast<double>(result.timings.size()), u"checks"_s);
    report(u"500 checks/s, time to first byte, error p50"_s, percentile(errors, 50), u"ms"_s);
    report(u"500 checks/s, time to first byte, error p99"_s, percentile(errors, 99), u"ms"_s);
    report(u"500 checks/s, due until accepted by the server, p50"_s, percentile(late, 50), u"ms"_s);
    report(u"500 checks/s, due until accepted by the server, p99"_s, percentile(late, 99), u"ms"_s);
    report(u"500 checks/s"_s, perCheck(result), u"CPU us/check"_s);
}

QList<Timing> healthyOf(const WorkResult &result)
{
    QList<Timing> healthy;
    std::copy_if(result.timings.begin(), result.timings.end(), std::back_inserter(healthy),
                 [](const Timing &timing) {
                     return timing.monitor > 0 && timing.monitor <= 200; // questions are nobody's checks
                 });
    return healthy;
}

void hanging(Neighbours &neighbours)
{
    WorkOrder order;
    order.configuration = monitorsOf(neighbours.delayUrl(u"/"_s), 200, 1s, 5s, u"Healthy"_s);
    order.seconds = 15;
    const WorkResult alone = watchFor(order);
    const auto hung = monitorsOf(neighbours.delayUrl(u"/hang"_s), 1'000, 10s, 10s, u"Hanging"_s);
    order.configuration.monitors += hung.monitors;
    order.warmUpSeconds = 12;
    order.seconds = 25;
    const WorkResult beside = watchFor(order);
    const auto healthy = healthyOf(beside);
    report(u"200/s beside 1,000 that hang on the same host, false failures"_s, failuresOf(healthy),
           u"checks"_s);
    QStringList sentences;
    for (const auto &timing : healthy)
        if (judgementOf(timing.outcome) != Judgement::Good && !sentences.contains(timing.detail))
            sentences += timing.detail;
    for (const auto &sentence : sentences.first(std::min<qsizetype>(5, sentences.size())))
        std::fprintf(stderr, "failed: %s\n", qPrintable(sentence));
    report(u"200/s beside 1,000 that hang, checks made"_s, static_cast<double>(healthy.size()), u"checks"_s);
    report(u"200/s alone, whole check p50"_s, percentile(valuesOf(alone.timings, &Timing::totalMs), 50),
           u"ms"_s);
    report(u"200/s beside 1,000 that hang, whole check p50"_s,
           percentile(valuesOf(healthy, &Timing::totalMs), 50), u"ms"_s);
    report(u"200/s beside 1,000 that hang, due until accepted, p99"_s,
           percentile(valuesOf(healthy, &Timing::lateMs), 99), u"ms"_s);
    report(u"memory for 1,000 that hang"_s, beside.peakMegabytes - alone.peakMegabytes, u"MB"_s);
}

void many(Neighbours &neighbours)
{
    WorkOrder order;
    order.configuration = monitorsOf(neighbours.httpUrl(), 10'000, 60s, 10s, u"Site"_s);
    order.seconds = 120;
    order.warmUpSeconds = 60;
    const WorkResult result = watchFor(order);
    report(u"10,000 at 60 s, all started within"_s, result.firstRoundSeconds, u"s"_s);
    report(u"10,000 at 60 s, checks made in 120 s"_s, static_cast<double>(result.timings.size()),
           u"checks"_s);
    report(u"10,000 at 60 s, failed"_s, failuresOf(result.timings), u"checks"_s);
    report(u"10,000 at 60 s, one core"_s, 100 * result.cpuSeconds / result.seconds, u"%"_s);
    report(u"10,000 at 60 s, resident memory"_s, result.peakMegabytes, u"MB"_s);
    QList<double> inSecond(order.seconds + 2);
    for (const auto &timing : result.timings)
        inSecond[std::clamp<qsizetype>(timing.endedMs / 1'000, 0, inSecond.size() - 1)] += 1;
    report(u"10,000 at 60 s, busiest second against the mean"_s,
           *std::max_element(inSecond.begin(), inSecond.end()) * order.seconds /
               std::max<double>(1, static_cast<double>(result.timings.size())),
           u"times"_s);
}

void burst(Neighbours &neighbours)
{
    WorkOrder order;
    order.configuration = monitorsOf(neighbours.delayUrl(u"/"_s), 200, 60s, 5s, u"Burst"_s);
    order.configuration.network = {}; // with the usual limit to one host
    order.allAtOnce = true;
    order.seconds = 3;
    const WorkResult result = watchFor(order);
    qint64 last = 0;
    for (const auto &timing : result.timings)
        last = std::max(last, timing.endedMs);
    report(u"200 of one host at once, checks made"_s, static_cast<double>(result.timings.size()),
           u"checks"_s);
    report(u"200 of one host at once, last one done after"_s, static_cast<double>(last), u"ms"_s);
}

void raiseFileLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--serve-with-delay") == 0)
        return serveWithDelay(static_cast<quint16>(QByteArray(argv[2]).toInt()));
    const QCoreApplication application(argc, argv);
    QStringList wanted = application.arguments().mid(1);
    json = wanted.removeAll(u"--json"_s) > 0;
    raiseFileLimit();
    Neighbours neighbours(kServers);
    if (!neighbours.startNginx() || !neighbours.startDelayServer()) {
        std::fprintf(stderr, "nginx and openssl are needed; install them from Debian's packages.\n");
        return 1;
    }
    const struct
    {
        QString name;
        void (*run)(Neighbours &);
        bool alone; ///< on a processor of its own
    } cases[]{{u"cost"_s, cost, true},
              {u"latency"_s, latency, false},
              {u"hanging"_s, hanging, false},
              {u"many"_s, many, true},
              {u"burst"_s, burst, false}};
    for (const auto &one : cases) {
        if (!wanted.isEmpty() && !wanted.contains(one.name))
            continue;
        if (one.alone)
            runOn({kMeasured});
        else
            runOn({kServers, kMeasured});
        one.run(neighbours);
    }
    return 0;
}
