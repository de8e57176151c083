// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"

#include <optional>

namespace backwatch {

/// One difference between two configurations: a service or monitor added, changed or removed, or
/// other settings of the network.
struct ConfigurationChange
{
    std::optional<Monitor> monitorBefore;
    std::optional<Monitor> monitorAfter; ///< carries the id of monitorBefore where it has one
    std::optional<Service> serviceBefore;
    std::optional<Service> serviceAfter;
    std::optional<NetworkSettings> networkBefore{};
    std::optional<NetworkSettings> networkAfter{};
};

/// What has to be done to turn one into the other; monitors are the same when service and name are. Empty
/// when they say the same. Additions and changes come in the order of `wanted`, removals last.
QList<ConfigurationChange> difference(const Configuration &current, const Configuration &wanted);

/// One line for a person, as `apply` prints it: "+ Shop/Front page (http https://shop.example/)",
/// "~ Shop/Front page: interval 30s -> 1m", "- Shop/Database".
QString describe(const ConfigurationChange &change);

} // namespace backwatch
