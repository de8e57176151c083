// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/fieldreader.h"
#include "app/core/configuration.h"

namespace backwatch {

/// How far durations may go. What the database holds was accepted once; a later version with narrower limits
/// still reads it.
struct DurationLimits
{
    DurationRange interval;
    DurationRange timeout;

    static DurationLimits forFiles();
    static DurationLimits forStored();
};

/// Where names of other monitors stand in the file.
struct MonitorPositions
{
    QList<TextPosition> dependsOn; ///< one for each name
    QList<TextPosition> members;   ///< of a group; one for each name
};

/// Reads interval, timeout, retries and retryInterval over what `monitor` has.
void readTimes(FieldReader &fields, const DurationLimits &limits, Monitor *monitor);

/// Reads all fields of a monitor but its name over `monitor`, which has the defaults. Asks for everything;
/// finish() is the caller's.
void readMonitor(FieldReader &fields, const DurationLimits &limits, Monitor *monitor,
                 MonitorPositions *positions);

/// Reads the sources of load of a service.
QList<LoadSource> readLoad(FieldReader &service);

/// Reads how long the products behind a service wait, by product id.
QMap<QString, milliseconds> readTimeouts(FieldReader &service, const DurationLimits &limits);

/// A required name of a service or monitor; empty after a problem.
QString readName(FieldReader &fields);

} // namespace backwatch
