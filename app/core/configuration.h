// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/witness.h"

#include <QMap>
#include <QUrl>

namespace backwatch {

/// Where the load of the machine behind a service can be read; `kind` is the key in the monitors file.
struct LoadSource
{
    QString kind; ///< "prometheus", "nginx", "apache", "haproxy" or "php-fpm"
    QUrl url;

    bool operator==(const LoadSource &) const = default;
};

/// Several monitors that make up one website: its front and the parts behind it.
struct Service
{
    QString name;
    QList<LoadSource> load;
    QList<MaintenanceWindow> maintenance{}; ///< of all its monitors
    /// How long the products behind it wait for the next one, by product id ("nginx"), where that is not
    /// their own default.
    QMap<QString, milliseconds> timeouts{};

    bool operator==(const Service &) const = default;
};

/// What the admin says of the network between this machine and the targets.
struct NetworkSettings
{
    QList<Witness> witnesses;   ///< asked besides the usual ones
    bool usualWitnesses = true; ///< the gateway, and public resolvers beyond it
    int checksPerHost = 200;    ///< at once; 0: no limit
    bool questions = true;      ///< an incident that opens is asked about
    /// /probe of blackbox_exporters elsewhere, asked whether they see a failure too.
    QList<QUrl> vantagePoints{};

    bool operator==(const NetworkSettings &) const = default;
};

/// Everything the admin configured to be watched.
struct Configuration
{
    QList<Service> services;
    QList<Monitor> monitors;
    NetworkSettings network{};

    bool operator==(const Configuration &) const = default;
};

} // namespace backwatch
