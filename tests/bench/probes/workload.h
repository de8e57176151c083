// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/outcome.h"

#include <QHash>
#include <QList>

namespace backwatch {

/// What one answer told, measured by the whole program.
struct Timing
{
    MonitorId monitor = 0;
    Outcome outcome = Outcome::Internal;
    QString detail;
    double totalMs = 0;
    double firstByteErrorMs = 0; ///< measured wait minus what the server says; only of the delay server
    double lateMs = 0;           ///< accepted by the server after the check was due; only of the delay server
    qint64 endedMs = 0;          ///< monotonic
};

struct WorkResult
{
    QList<Timing> timings;
    double seconds = 0;
    double cpuSeconds = 0;        ///< of the whole process
    double peakMegabytes = 0;     ///< resident
    qint64 storedSamples = 0;     ///< in the history file
    double firstRoundSeconds = 0; ///< until every monitor had been started once
};

struct WorkOrder
{
    Configuration configuration;
    int seconds = 10;       ///< measured
    int warmUpSeconds = 2;  ///< before that
    QString authorities;    ///< PEM file to trust
    bool allAtOnce = false; ///< after the warm-up every monitor is asked at the same moment, once
};

/// Watches that configuration with everything the program does: schedule, probes, evaluation, history.
/// Empty timings when the history cannot be written.
WorkResult watchFor(const WorkOrder &order);

/// So many monitors of one address.
Configuration monitorsOf(const QString &url, int count, milliseconds interval, milliseconds timeout,
                         const QString &name);

/// Nearest rank.
double percentile(QList<double> values, int percent);

} // namespace backwatch
