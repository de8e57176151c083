// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

#include <QString>

namespace backwatch {

/// What matters of the certificate that a server showed.
struct Certificate
{
    QString subject; ///< common name, or the first alternative name
    QString issuer;
    UtcMs notAfter = 0;

    /// Whole days until it expires, negative afterwards.
    int daysLeft(UtcMs now) const
    {
        constexpr qint64 kDay = 86'400'000;
        const qint64 left = notAfter - now;
        return static_cast<int>(left >= 0 ? left / kDay : (left - kDay + 1) / kDay);
    }

    bool operator==(const Certificate &) const = default;
};

} // namespace backwatch
