// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/demoload.h"

#include "app/core/loadhistory.h"
#include "app/core/loadmetric.h"
#include "app/history/daynumber.h"
#include "app/history/historywriter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace backwatch {

namespace {

constexpr qint64 kDenseMs = 2 * kDayMs;
constexpr qint64 kCoarseLoadStepMs = 15 * kMinuteMs;
constexpr double kMemoryBytes = 16'000'000'000;
constexpr double kDiskBytes = 400'000'000'000;

/// Between -1 and 1, the same for the same moment, and smooth.
double weather(UtcMs time, double periodMs, double phase)
{
    const double turn = 2 * std::numbers::pi;
    const double at = static_cast<double>(time % (365 * kDayMs));
    return 0.6 * std::sin(turn * at / periodMs + phase) +
           0.4 * std::sin(turn * at / (periodMs * 0.37) + 2 * phase);
}

QByteArray line(const QByteArray &metric, double value)
{
    return metric + ' ' + QByteArray::number(value, 'f', 3) + '\n';
}

} // namespace

DemoLoad demoLoadAt(UtcMs time)
{
    const double hour = static_cast<double>(time % kDayMs) / (60.0 * kMinuteMs);
    const double visitors = 0.5 + 0.5 * std::sin((hour - 9) / 24 * 2 * std::numbers::pi);
    const double noise = weather(time, 41.0 * kMinuteMs, 1) + 0.5 * weather(time, 7.0 * kMinuteMs, 2);
    DemoLoad load;
    load.cpuBusy = std::clamp(0.14 + 0.42 * visitors + 0.08 * noise, 0.02, 0.95);
    load.load1 = std::max(0.05, kDemoCpus * load.cpuBusy * (0.9 + 0.15 * weather(time, 19.0 * kMinuteMs, 3)));
    load.memoryFree = 0.42 - 0.12 * visitors + 0.02 * weather(time, 3.0 * kDayMs, 4);
    load.diskFree = 0.47 - 0.13 * static_cast<double>(time % (30 * kDayMs)) / (30.0 * kDayMs);
    load.workers =
        std::clamp(static_cast<int>(std::lround(2 + 11 * visitors + 3 * noise)), 0, kDemoWorkers - 2);
    return load;
}

QByteArray DemoMetrics::text(UtcMs now)
{
    const DemoLoad load = demoLoadAt(now);
    const double seconds = m_last > 0 ? static_cast<double>(now - m_last) / 1'000 : 60;
    m_busySeconds += seconds * load.cpuBusy;
    m_idleSeconds += seconds * (1 - load.cpuBusy);
    m_last = now;
    QByteArray text;
    for (int cpu = 0; cpu < kDemoCpus; ++cpu) {
        const QByteArray number = QByteArray::number(cpu);
        text += line("node_cpu_seconds_total{cpu=\"" + number + "\",mode=\"user\"}", m_busySeconds);
        text += line("node_cpu_seconds_total{cpu=\"" + number + "\",mode=\"idle\"}", m_idleSeconds);
    }
    text += line("node_load1", load.load1);
    text += line("node_memory_MemTotal_bytes", kMemoryBytes);
    text += line("node_memory_MemAvailable_bytes", kMemoryBytes * load.memoryFree);
    const QByteArray disk = "{device=\"/dev/vda1\",fstype=\"ext4\",mountpoint=\"/\"}";
    text += line("node_filesystem_size_bytes" + disk, kDiskBytes);
    text += line("node_filesystem_avail_bytes" + disk, kDiskBytes * load.diskFree);
    text += line("phpfpm_active_processes", load.workers);
    text += line("phpfpm_total_processes", kDemoWorkers);
    return text;
}

void writeDemoLoad(HistoryWriter &writer, const QString &service, UtcMs now, qint64 offFrom, qint64 offTo)
{
    using enum LoadMetric;
    const QString limit = QStringLiteral(".limit");
    for (UtcMs at = now - kDemoDays * kDayMs; at < now;
         at += now - at <= kDenseMs ? kMinuteMs : kCoarseLoadStepMs) {
        const qint64 beforeNow = now - at;
        if (beforeNow <= offFrom && beforeNow > offTo)
            continue;
        const DemoLoad load = demoLoadAt(at);
        LoadValues values{service,
                          at,
                          {{loadMetricId(HostCpuBusy), load.cpuBusy},
                           {loadMetricId(HostLoad1), load.load1},
                           {loadMetricId(HostMemoryAvailable), load.memoryFree},
                           {loadMetricId(HostDiskFree), load.diskFree},
                           {loadMetricId(PhpFpmActive), double(load.workers)}}};
        if (at == now - kDemoDays * kDayMs)
            values.values += QList<LoadValue>{{QString(loadMetricId(HostLoad1) + limit), kDemoCpus},
                                              {QString(loadMetricId(PhpFpmActive) + limit), kDemoWorkers}};
        writer.append(values);
    }
}

} // namespace backwatch
