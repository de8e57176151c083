// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"

#include <QJsonObject>

#include <optional>

namespace backwatch {

// Phases as people and scripts read them: milliseconds with a fraction.

inline double inMs(microseconds time)
{
    return static_cast<double>(time.count()) / 1000.0;
}

/// Nothing for a phase that did not happen.
inline void insertMs(QJsonObject &object, const QString &key, const std::optional<microseconds> &time)
{
    if (time)
        object.insert(key, inMs(*time));
}

} // namespace backwatch
