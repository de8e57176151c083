// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/schedule/networkpaths.h"

#include <QHash>

namespace backwatch {

/// Routes that a test draws. What it does not name is on this machine, where no network can be lost.
class FakeNetworkPaths final : public NetworkPaths
{
public:
    NetworkPath to(const QString &address) const override
    {
        return paths.value(address, {NetworkScope::Loopback, {}});
    }
    QStringList gateways() const override { return routers; }

    QHash<QString, NetworkPath> paths;
    QStringList routers;
};

} // namespace backwatch
