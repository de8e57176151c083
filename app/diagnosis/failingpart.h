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

} // namespace backwatch
