// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/loadmetric.h"

#include <QString>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

using enum LoadMetric;

struct Row
{
    LoadMetric metric;
    const char16_t *id;
    LoadUnit unit;
};

constexpr std::array kRows{
    Row{HostLoad1, u"host.load1", LoadUnit::Count},
    Row{HostCpuBusy, u"host.cpu.busy", LoadUnit::Share},
    Row{HostMemoryAvailable, u"host.memory.available", LoadUnit::Share},
    Row{HostDiskFree, u"host.disk.free", LoadUnit::Share},
    Row{NginxActive, u"nginx.connections.active", LoadUnit::Count},
    Row{NginxReading, u"nginx.connections.reading", LoadUnit::Count},
    Row{NginxWriting, u"nginx.connections.writing", LoadUnit::Count},
    Row{NginxWaiting, u"nginx.connections.waiting", LoadUnit::Count},
    Row{NginxDropped, u"nginx.connections.dropped", LoadUnit::Count},
    Row{NginxRequests, u"nginx.requests", LoadUnit::PerSecond},
    Row{ApacheBusy, u"apache.workers.busy", LoadUnit::Count},
    Row{ApacheIdle, u"apache.workers.idle", LoadUnit::Count},
    Row{ApacheRequests, u"apache.requests", LoadUnit::PerSecond},
    Row{HaproxyQueue, u"haproxy.queue", LoadUnit::Count},
    Row{HaproxySessions, u"haproxy.sessions", LoadUnit::Count},
    Row{HaproxyFullest, u"haproxy.sessions.fullest", LoadUnit::Count},
    Row{PhpFpmActive, u"php-fpm.workers.active", LoadUnit::Count},
    Row{PhpFpmQueue, u"php-fpm.queue", LoadUnit::Count},
    Row{PhpFpmLimitReached, u"php-fpm.limit-reached", LoadUnit::Count},
    Row{PhpFpmRequests, u"php-fpm.requests", LoadUnit::PerSecond},
};

const Row &rowOf(LoadMetric metric)
{
    return *std::find_if(kRows.begin(), kRows.end(),
                         [metric](const Row &row) { return row.metric == metric; });
}

} // namespace

QString loadMetricId(LoadMetric metric)
{
    return QString::fromUtf16(rowOf(metric).id);
}

std::optional<LoadMetric> loadMetricFromId(QStringView id)
{
    for (const auto &row : kRows)
        if (id == row.id)
            return row.metric;
    return std::nullopt;
}

LoadUnit loadUnit(LoadMetric metric)
{
    return rowOf(metric).unit;
}

} // namespace backwatch
