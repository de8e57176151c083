// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/witness.h"

#include <QStringList>

namespace backwatch {

/// The way from this machine to an address, as its own kernel knows it; nothing is sent.
struct NetworkPath
{
    NetworkScope scope = NetworkScope::Wan;
    QString broken; ///< why nothing can get there from here, as a sentence; empty where something might
};

/// What this machine knows of its own links and routes. Main thread; a call takes some ten microseconds.
class NetworkPaths
{
public:
    virtual ~NetworkPaths() = default;

    /// An IP address; anything else is taken for a name on the internet.
    virtual NetworkPath to(const QString &address) const = 0;
    /// Addresses of the routers that packets to the internet leave by.
    virtual QStringList gateways() const = 0;
};

/// The machine this runs on.
class SystemNetworkPaths final : public NetworkPaths
{
public:
    NetworkPath to(const QString &address) const override;
    QStringList gateways() const override;
};

} // namespace backwatch
