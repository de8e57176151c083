// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/layer.h"

#include <QString>

namespace backwatch {

/// The part that does not do its work, whoever produced the page.
struct FailingPart
{
    Layer layer = Layer::Unknown;
    QString id; ///< product such as "php-fpm"; empty: unknown

    bool operator==(const FailingPart &) const = default;
};

/// The next part behind who made a page, where nothing is known of it.
Layer layerBehind(Layer producer);

} // namespace backwatch
