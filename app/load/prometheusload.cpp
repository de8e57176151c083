// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/prometheusload.h"

#include "app/load/haproxyload.h"
#include "app/load/loadtext.h"
#include "app/load/prometheustext.h"

#include <QHash>
#include <QSet>

#include <array>

namespace backwatch {

namespace {

using Sample = PrometheusSample;

/// Kept in memory, laid over others, read-only by nature or not of this machine: their room says nothing of
/// its disks.
bool isOnDisk(const QByteArray &type)
{
    static const QSet<QByteArray> kOthers{
        "tmpfs", "devtmpfs", "ramfs",      "overlay",     "squashfs",        "iso9660",      "udf",
        "erofs", "autofs",   "rootfs",     "efivarfs",    "configfs",        "nsfs",         "proc",
        "sysfs", "cgroup",   "fuse.lxcfs", "fuse.portal", "fuse.gvfsd-fuse", "fuse.snapfuse"};
    return !kOthers.contains(type);
}

/// A boot partition is small and full on machines that are well.
bool isForBooting(const QByteArray &mountPoint)
{
    return mountPoint == "/boot" || mountPoint.startsWith("/boot/") || mountPoint == "/efi";
}

struct FileSystem
{
    double size = 0;
    double free = 0;
    bool readOnly = false;
};

/// What the lines amount to so far.
struct MetricTally
{
    QHash<QByteArray, double> sums; ///< by name, of the samples that are simply added up
    double cpuSeconds = 0;
    double cpuIdle = 0;
    QSet<QByteArray> cpus;
    QHash<QByteArray, FileSystem> fileSystems; ///< by mount point
    QHash<QByteArray, HaproxyPart> haproxy;

    std::optional<double> sum(const QByteArray &name) const
    {
        const auto found = sums.constFind(name);
        return found == sums.cend() ? std::nullopt : std::optional(*found);
    }
    FileSystem *fileSystem(const Sample &sample)
    {
        const QByteArray mountPoint = sample.label("mountpoint");
        const bool counts = isOnDisk(sample.label("fstype")) && !isForBooting(mountPoint) &&
                            (fileSystems.size() < kMostLoadParts || fileSystems.contains(mountPoint));
        return counts ? &fileSystems[mountPoint] : nullptr;
    }
    HaproxyPart *haproxyPart(const Sample &sample)
    {
        const QByteArray server = sample.label("server");
        const QByteArray name = sample.label("proxy") + (server.isEmpty() ? "" : "/") + server;
        if (haproxy.size() >= kMostLoadParts && !haproxy.contains(name))
            return nullptr;
        HaproxyPart &part = haproxy[name];
        part.name = name;
        return &part;
    }
};

void addUp(MetricTally &tally, const Sample &sample)
{
    tally.sums[sample.name.toByteArray()] += sample.value;
}

void addCpu(MetricTally &tally, const Sample &sample)
{
    const QByteArray mode = sample.label("mode");
    tally.cpuSeconds += sample.value;
    if (mode == "idle" || mode == "iowait")
        tally.cpuIdle += sample.value;
    if (mode == "idle" && tally.cpus.size() < kMostLoadParts)
        tally.cpus.insert(sample.label("cpu"));
}

void addApacheWorkers(MetricTally &tally, const Sample &sample)
{
    tally.sums["apache_workers " + sample.label("state").left(16)] += sample.value;
}

void addFrontend(MetricTally &tally, const Sample &sample)
{
    addUp(tally, sample);
    if (auto *part = tally.haproxyPart(sample))
        part->sessions = sample.value;
}

void addSessions(MetricTally &tally, const Sample &sample)
{
    if (auto *part = tally.haproxyPart(sample))
        part->sessions = sample.value;
}

void addLimit(MetricTally &tally, const Sample &sample)
{
    if (auto *part = tally.haproxyPart(sample))
        part->limit = sample.value;
}

struct MetricRule
{
    const char *name;
    void (*add)(MetricTally &, const Sample &);
};

// node_exporter 1.5, HAProxy 2.6, nginx-prometheus-exporter 0.11, apache_exporter 0.13, php-fpm_exporter 2.2.
constexpr std::array kMetricRules{
    MetricRule{"node_load1", addUp},
    MetricRule{"node_cpu_seconds_total", addCpu},
    MetricRule{"node_memory_MemTotal_bytes", addUp},
    MetricRule{"node_memory_MemAvailable_bytes", addUp},
    MetricRule{"node_filesystem_size_bytes",
               [](MetricTally &tally, const Sample &sample) {
                   if (auto *one = tally.fileSystem(sample))
                       one->size = sample.value;
               }},
    MetricRule{"node_filesystem_avail_bytes",
               [](MetricTally &tally, const Sample &sample) {
                   if (auto *one = tally.fileSystem(sample))
                       one->free = sample.value;
               }},
    MetricRule{"node_filesystem_readonly",
               [](MetricTally &tally, const Sample &sample) {
                   if (auto *one = tally.fileSystem(sample))
                       one->readOnly = sample.value > 0;
               }},
    MetricRule{"haproxy_backend_current_queue", addUp},
    MetricRule{"haproxy_server_current_queue", addUp},
    MetricRule{"haproxy_frontend_current_sessions", addFrontend},
    MetricRule{"haproxy_frontend_limit_sessions", addLimit},
    MetricRule{"haproxy_server_current_sessions", addSessions},
    MetricRule{"haproxy_server_limit_sessions", addLimit},
    MetricRule{"nginx_connections_active", addUp},
    MetricRule{"nginx_connections_reading", addUp},
    MetricRule{"nginx_connections_writing", addUp},
    MetricRule{"nginx_connections_waiting", addUp},
    MetricRule{"nginx_connections_accepted", addUp},
    MetricRule{"nginx_connections_handled", addUp},
    MetricRule{"nginx_http_requests_total", addUp},
    MetricRule{"apache_workers", addApacheWorkers},
    MetricRule{"apache_accesses_total", addUp},
    MetricRule{"phpfpm_active_processes", addUp},
    MetricRule{"phpfpm_total_processes", addUp},
    MetricRule{"phpfpm_listen_queue", addUp},
    MetricRule{"phpfpm_listen_queue_length", addUp},
    MetricRule{"phpfpm_max_children_reached", addUp},
    MetricRule{"phpfpm_accepted_connections", addUp},
};

const MetricRule *ruleFor(QByteArrayView name)
{
    for (const auto &rule : kMetricRules)
        if (name == rule.name)
            return &rule;
    return nullptr;
}

void addMachine(const MetricTally &tally, LoadReport &report)
{
    if (const auto load = tally.sum("node_load1")) {
        LoadReading reading{LoadMetric::HostLoad1, *load};
        if (!tally.cpus.isEmpty())
            reading.limit = static_cast<double>(tally.cpus.size());
        report.readings.append(reading);
    }
    if (tally.cpuSeconds > 0) {
        report.counters.insert(LoadCounter::CpuSeconds, tally.cpuSeconds);
        report.counters.insert(LoadCounter::CpuIdleSeconds, tally.cpuIdle);
    }
    const double memory = tally.sum("node_memory_MemTotal_bytes").value_or(0);
    const auto available = tally.sum("node_memory_MemAvailable_bytes");
    if (memory > 0 && available && *available <= memory)
        report.readings.append({LoadMetric::HostMemoryAvailable, *available / memory});
}

void addDisk(const MetricTally &tally, LoadReport &report)
{
    std::optional<LoadReading> fullest;
    for (auto one = tally.fileSystems.cbegin(); one != tally.fileSystems.cend(); ++one) {
        if (one->size <= 0 || one->readOnly || one->free > one->size)
            continue;
        const double share = one->free / one->size;
        if (!fullest || share < fullest->value)
            fullest = LoadReading{LoadMetric::HostDiskFree, share, std::nullopt, loadPart(one.key())};
    }
    if (fullest)
        report.readings.append(*fullest);
}

struct Gauge
{
    const char *name;
    LoadMetric metric;
    const char *limit;
};

constexpr std::array kGauges{
    Gauge{"nginx_connections_active", LoadMetric::NginxActive, nullptr},
    Gauge{"nginx_connections_reading", LoadMetric::NginxReading, nullptr},
    Gauge{"nginx_connections_writing", LoadMetric::NginxWriting, nullptr},
    Gauge{"nginx_connections_waiting", LoadMetric::NginxWaiting, nullptr},
    Gauge{"apache_workers busy", LoadMetric::ApacheBusy, nullptr},
    Gauge{"apache_workers idle", LoadMetric::ApacheIdle, nullptr},
    Gauge{"phpfpm_active_processes", LoadMetric::PhpFpmActive, "phpfpm_total_processes"},
    Gauge{"phpfpm_listen_queue", LoadMetric::PhpFpmQueue, "phpfpm_listen_queue_length"},
};

constexpr std::array kCounters{
    std::pair{"nginx_connections_accepted", LoadCounter::NginxAccepted},
    std::pair{"nginx_connections_handled", LoadCounter::NginxHandled},
    std::pair{"nginx_http_requests_total", LoadCounter::NginxRequests},
    std::pair{"apache_accesses_total", LoadCounter::ApacheRequests},
    std::pair{"phpfpm_accepted_connections", LoadCounter::PhpFpmRequests},
    std::pair{"phpfpm_max_children_reached", LoadCounter::PhpFpmLimitReached},
};

void addServers(const MetricTally &tally, LoadReport &report)
{
    for (const auto &gauge : kGauges)
        if (const auto value = tally.sum(gauge.name))
            report.readings.append(
                {gauge.metric, *value, gauge.limit ? tally.sum(gauge.limit) : std::nullopt});
    for (const auto &[name, counter] : kCounters)
        if (const auto value = tally.sum(name))
            report.counters.insert(counter, *value);
    report.workersAtMost = tally.sum("phpfpm_max_children_reached").value_or(0) > 0;
    if (const auto sessions = tally.sum("haproxy_frontend_current_sessions")) {
        const double queue = tally.sum("haproxy_backend_current_queue").value_or(0) +
                             tally.sum("haproxy_server_current_queue").value_or(0);
        report.readings += haproxyReadings(queue, *sessions, tally.haproxy.values());
    }
}

} // namespace

Result<LoadReport> parsePrometheusLoad(QByteArrayView text)
{
    if (isHtml(text))
        return failure(Error::Kind::Invalid,
                       LoadText::tr("A page for people came. Name the address of the metrics themselves, "
                                    "often with /metrics behind."));
    MetricTally tally;
    const auto read = eachPrometheusSample(
        text, [](QByteArrayView name) { return ruleFor(name) != nullptr; },
        [&tally](const PrometheusSample &sample) {
            // NaN stands for what could not be measured.
            if (sample.value >= 0 && sample.value <= kGreatestLoadNumber)
                ruleFor(sample.name)->add(tally, sample);
        });
    if (!read)
        return tl::make_unexpected(read.error());
    LoadReport report;
    addMachine(tally, report);
    addDisk(tally, report);
    addServers(tally, report);
    if (report.readings.isEmpty())
        return failure(Error::Kind::Invalid,
                       LoadText::tr("None of these metrics tells of load. Name node_exporter, HAProxy or an "
                                    "exporter of nginx, Apache or PHP-FPM."));
    return report;
}

} // namespace backwatch
