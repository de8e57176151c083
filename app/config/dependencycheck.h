// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/problems.h"
#include "app/core/monitor.h"

namespace backwatch {

/// Where a monitor stands in its file.
struct MonitorOrigin
{
    TextPosition name;
    QList<TextPosition> dependsOn; ///< one for each name
};

/// Every name in dependsOn has to mean one monitor, and none may depend on itself, not even by a detour.
/// @param origins one for each monitor
void checkDependencies(const QList<Monitor> &monitors, const QList<MonitorOrigin> &origins,
                       Problems &problems);

} // namespace backwatch
