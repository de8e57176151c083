// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

#include <QByteArray>
#include <QString>

namespace backwatch {

class HistoryWriter;

/// The load of the machine behind the demonstration's shop: busy by day, quiet by night, never at its limit.
struct DemoLoad
{
    double cpuBusy = 0; ///< share of all CPUs
    double load1 = 0;
    double memoryFree = 0; ///< share
    double diskFree = 0;   ///< share
    int workers = 0;       ///< of PHP-FPM, that are busy
};

constexpr qint64 kDemoDays = 30; ///< that the demonstration has behind it
constexpr int kDemoCpus = 4;
constexpr int kDemoWorkers = 20;

DemoLoad demoLoadAt(UtcMs time);

/// What node_exporter and php-fpm_exporter would say of it. Counters go on from one call to the next.
class DemoMetrics
{
public:
    QByteArray text(UtcMs now);

private:
    UtcMs m_last = 0;
    double m_busySeconds = 0;
    double m_idleSeconds = 0;
};

/// A month of it, up to now.
/// @param offFrom, offTo a stretch before now in which nobody read it, in ms
void writeDemoLoad(HistoryWriter &writer, const QString &service, UtcMs now, qint64 offFrom, qint64 offTo);

} // namespace backwatch
