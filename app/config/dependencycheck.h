// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/monitorreader.h"

namespace backwatch {

/// Where a monitor stands in its file.
struct MonitorOrigin
{
    TextPosition name;
    MonitorPositions others;
};

/// Every name in dependsOn and among a group's members has to mean one monitor, and none may depend on
/// itself, not even by a detour; a group depends on its members.
/// @param origins one for each monitor
void checkDependencies(const QList<Monitor> &monitors, const QList<MonitorOrigin> &origins,
                       Problems &problems);

} // namespace backwatch
