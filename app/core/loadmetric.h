// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

namespace backwatch {

/// What is measured of the load of the machines behind a service. A closed list: whatever a source sends, it
/// makes no further series. The ids are stored and stay.
enum class LoadMetric {
    HostLoad1,           ///< processes that run or wait, mean of a minute; the limit is the number of CPUs
    HostCpuBusy,         ///< share of the time since the reading before, of all CPUs
    HostMemoryAvailable, ///< share of all memory that programs can still get
    HostDiskFree,        ///< share of the fullest file system that is kept on a disk; the part is where it is
    NginxActive,         ///< connections, the idle ones too
    NginxReading,        ///< connections whose request is being read
    NginxWriting,        ///< connections that get their answer, or wait for it
    NginxWaiting,        ///< idle connections
    NginxDropped,        ///< connections since the reading before that a limit had no room for
    NginxRequests,       ///< per second, since the reading before
    ApacheBusy,          ///< workers with a request; the limit is the number of slots
    ApacheIdle,          ///< workers without one
    ApacheRequests,      ///< per second, since the reading before
    HaproxyQueue,        ///< requests that wait for a server
    HaproxySessions,     ///< of all frontends
    HaproxyFullest, ///< sessions of the frontend or server that is nearest to its limit; the part names it
    PhpFpmActive,   ///< workers with a request; the limit is the number of workers
    PhpFpmQueue,    ///< requests that wait for a worker; the limit is the length of the queue
    PhpFpmLimitReached, ///< times since the reading before that pm.max_children stopped a further worker
    PhpFpmRequests,     ///< per second, since the reading before
};

enum class LoadUnit {
    Count,
    Share, ///< 0 to 1
    PerSecond,
};

QString loadMetricId(LoadMetric metric); ///< "nginx.connections.active", …
std::optional<LoadMetric> loadMetricFromId(QStringView id);
LoadUnit loadUnit(LoadMetric metric);

} // namespace backwatch
