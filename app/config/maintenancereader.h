// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/fieldreader.h"
#include "app/core/configuration.h"

namespace backwatch {

/// Reads the list under `maintenance` of a monitor or service.
QList<MaintenanceWindow> readMaintenance(FieldReader &fields);

/// Reads the group under `network` of the file.
NetworkSettings readNetwork(FieldReader &fields);

} // namespace backwatch
