// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

#include <QList>

namespace backwatch {

struct LoadValue
{
    QString name; ///< loadMetricId(), of a limit with ".limit" behind
    double value = 0;

    bool operator==(const LoadValue &) const = default;
};

/// What was read of one service's load at one moment.
struct LoadValues
{
    QString service;
    UtcMs at = 0;
    QList<LoadValue> values;

    bool operator==(const LoadValues &) const = default;
};

/// The readings of a stretch of time, or a single one.
struct LoadPoint
{
    UtcMs at = 0; ///< of the first one
    double mean = 0;
    double least = 0;
    double most = 0;

    bool operator==(const LoadPoint &) const = default;
};

/// What the readings of a series could reach, from that moment on.
struct LoadLimit
{
    UtcMs at = 0;
    double value = 0;

    bool operator==(const LoadLimit &) const = default;
};

struct LoadSeries
{
    QString name;
    QList<LoadPoint> points; ///< ascending
    QList<LoadLimit>
        limits; ///< ascending, each another than the one before; the first may be older than the range

    bool operator==(const LoadSeries &) const = default;
};

} // namespace backwatch
