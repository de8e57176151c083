// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/probes/workload.h"

#include "app/core/clock.h"
#include "app/probes/proberegistry.h"
#include "app/schedule/duequeue.h"
#include "app/schedule/networkpaths.h"
#include "app/schedule/sleepwatch.h"
#include "app/secrets/memorysecrets.h"
#include "app/service/monitoringservice.h"
#include "app/service/storedconfiguration.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace backwatch {

namespace {

qint64 monotonicUs()
{
    return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double residentMegabytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const auto &line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.mid(6).simplified().split(' ').first().toDouble() / 1'024;
    return 0;
}

/// Stands between the program and its probes and writes down what passes.
class Notary final : public Probe
{
public:
    Notary(std::unique_ptr<Probe> probes, const QList<Monitor> &monitors) : m_probes(std::move(probes))
    {
        for (const auto &monitor : monitors)
            m_intervals.insert(monitor.id, monitor.interval);
        connect(m_probes.get(), &Probe::answered, this, [this](const QList<ProbeAnswer> &answers) {
            for (const auto &answer : answers)
                note(answer.result);
            Q_EMIT answered(answers);
        });
    }

    void start(const ProbeRequest &request) override
    {
        started.insert(request.monitor);
        m_probes->start(request);
    }
    void cancel(quint64 token) override { m_probes->cancel(token); }

    QSet<MonitorId> started;
    QList<Timing> timings;
    bool noting = false;

private:
    void note(const CheckResult &result)
    {
        if (!noting)
            return;
        const Sample &sample = result.sample;
        Timing timing;
        timing.monitor = sample.monitor;
        timing.outcome = sample.outcome;
        timing.detail = judgementOf(sample.outcome) == Judgement::Good ? QString() : sample.detail;
        timing.totalMs = static_cast<double>(sample.phases.total.count()) / 1e3;
        timing.endedMs = monotonicUs() / 1'000;
        const auto header = [&](const char *name) {
            return result.exchange ? headerValue(result.exchange->responseHeaders, name) : QByteArray();
        };
        if (const auto delay = header("X-Delay-Us"); !delay.isEmpty() && sample.phases.wait)
            timing.firstByteErrorMs =
                static_cast<double>(sample.phases.wait->count() - delay.toLongLong()) / 1e3;
        if (const auto accepted = header("X-Accepted-Us"); !accepted.isEmpty())
            timing.lateMs = lateness(sample.monitor, accepted.toLongLong());
        timings += timing;
    }

    /// After the place on the monitor's grid before that moment.
    double lateness(MonitorId id, qint64 acceptedUs) const
    {
        const milliseconds interval = m_intervals.value(id, milliseconds(1));
        const qint64 place = nextOnGrid(id, interval, acceptedUs / 1'000 - interval.count());
        return static_cast<double>(acceptedUs - place * 1'000) / 1e3;
    }

    std::unique_ptr<Probe> m_probes;
    QHash<MonitorId, milliseconds> m_intervals;
};

void spin(milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

WorkResult watchFor(const WorkOrder &order)
{
    WorkResult result;
    const QTemporaryDir folder;
    const DataDirectory directory(folder.path());
    SystemClock clock;
    if (!makeConfigurationBe(directory, order.configuration, false))
        return result;
    const auto stored = storedConfiguration(directory);
    const auto fingerprints = Fingerprints::load(QStringLiteral(":/fingerprints"));
    const auto playbooks = Playbooks::load(QStringLiteral(":/playbooks"));
    auto writer = HistoryWriter::open(directory.database(), clock);
    if (!stored || !fingerprints || !playbooks || !writer)
        return result;
    HistoryQueries queries(directory.database());
    ProbeSettings settings;
    settings.certificateAuthorities = order.authorities;
    Notary notary(createProbes(clock, settings), stored->monitors);
    MonitoringOptions options;
    options.maxInFlight = 4'000;
    options.keepRecent = false;
    MemorySecrets secrets;
    const SystemNetworkPaths networkPaths;
    SleepWatch sleep(clock);
    const MonitoringParts parts{clock,      notary,  **writer,     queries, *fingerprints,
                                *playbooks, secrets, networkPaths, sleep};
    MonitoringService service(parts, options);
    {
        const auto reader = HistoryReader::open(directory.database());
        if (!reader || !service.restore(**reader))
            return result;
    }
    QElapsedTimer time;
    time.start();
    service.start();
    while (notary.started.size() < stored->monitors.size() && time.elapsed() < 60'000)
        spin(milliseconds(20));
    result.firstRoundSeconds = static_cast<double>(time.elapsed()) / 1e3;
    spin(std::chrono::seconds(order.warmUpSeconds));

    notary.noting = true;
    const double cpuBefore = cpuSeconds();
    time.restart();
    const qint64 begin = monotonicUs() / 1'000;
    if (order.allAtOnce)
        for (const auto &monitor : stored->monitors)
            service.checkNow(monitor.id);
    for (int second = 0; second < order.seconds; ++second) {
        spin(std::chrono::seconds(1));
        result.peakMegabytes = std::max(result.peakMegabytes, residentMegabytes());
    }
    result.cpuSeconds = cpuSeconds() - cpuBefore;
    result.seconds = static_cast<double>(time.elapsed()) / 1e3;
    notary.noting = false;
    result.timings = notary.timings;
    for (auto &timing : result.timings)
        timing.endedMs -= begin;
    auto flushed = (*writer)->flush();
    flushed.waitForFinished();
    const auto reader = HistoryReader::open(directory.database());
    if (reader) {
        const auto samples = (*reader)->samplesAsTheyCame(0, clock.utcMs());
        result.storedSamples = samples ? samples->size() : 0;
    }
    return result;
}

Configuration monitorsOf(const QString &url, int count, milliseconds interval, milliseconds timeout,
                         const QString &name)
{
    Configuration configuration;
    for (int i = 0; i < count; ++i) {
        Monitor monitor;
        monitor.name = QStringLiteral("%1 %2").arg(name).arg(i);
        HttpCheck check;
        check.url = QUrl(url);
        monitor.check = check;
        monitor.interval = interval;
        monitor.timeout = timeout;
        configuration.monitors += monitor;
    }
    configuration.network.checksPerHost = 0;
    return configuration;
}

double percentile(QList<double> values, int percent)
{
    if (values.isEmpty())
        return std::nan("");
    std::sort(values.begin(), values.end());
    const auto rank = (values.size() * percent + 99) / 100;
    return values[std::max<qsizetype>(rank, 1) - 1];
}

} // namespace backwatch
