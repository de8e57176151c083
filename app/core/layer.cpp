// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/layer.h"

#include <array>

namespace backwatch {

namespace {

constexpr std::array<QStringView, 12> kLayerIds{u"client",   u"dns",        u"edge",     u"balancer",
                                                u"cache",    u"web-server", u"runtime",  u"application",
                                                u"database", u"host",       u"provider", u"unknown"};

} // namespace

QStringView layerId(Layer layer)
{
    return kLayerIds[static_cast<std::size_t>(layer)];
}

std::optional<Layer> layerFromId(QStringView id)
{
    for (std::size_t i = 0; i < kLayerIds.size(); ++i)
        if (kLayerIds[i] == id)
            return static_cast<Layer>(i);
    return std::nullopt;
}

} // namespace backwatch
