// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

namespace backwatch {

/// Where in the chain from visitor to data something stands. The ids are public.
enum class Layer {
    Client,
    Dns,
    Edge,
    Balancer,
    Cache,
    WebServer,
    Runtime,
    Application,
    Database,
    Host,
    Provider,
    Unknown,
};

QStringView layerId(Layer layer); ///< client, dns, edge, …, web-server, …, unknown
std::optional<Layer> layerFromId(QStringView id);

} // namespace backwatch
