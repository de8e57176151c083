// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/checkspec.h"
#include "app/core/layer.h"
#include "app/core/maintenancewindow.h"

#include <QStringList>

namespace backwatch {

using MonitorId = qint64;

/// What the admin configured to be watched. Names are unique within a service.
struct Monitor
{
    MonitorId id = 0; ///< 0 until it is stored; never used again after removal
    QString service;  ///< empty: stands alone
    QString name;
    Layer layer = Layer::Unknown;
    CheckSpec check;
    milliseconds interval{30'000};
    milliseconds timeout{10'000};
    int retries = 2;                   ///< further failures that confirm one before it is Down
    milliseconds retryInterval{5'000}; ///< between them
    QStringList dependsOn;             ///< names, or Service/Monitor
    QList<MaintenanceWindow> maintenance;
    /// How long a 503 with Retry-After counts as Maintenance, from the first one in a row on; 0: not at all.
    milliseconds announcedMaintenance{2 * 3'600'000};
    bool paused = false;

    bool operator==(const Monitor &) const = default;
};

/// "Service/Monitor", or the name alone where there is no service.
inline QString qualifiedName(const Monitor &monitor)
{
    return monitor.service.isEmpty() ? monitor.name : QString(monitor.service + u'/' + monitor.name);
}

} // namespace backwatch
