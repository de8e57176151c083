// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sample.h"
#include "ui/theme/palette.h"

#include <QRectF>

class QPainter;

namespace backwatch {

/// What one bar of a sparkline shows.
struct SparkBar
{
    bool observed = false;
    int code = 0;      ///< the worst one in its time; 0: no answer
    double height = 0; ///< 0 to 1

    bool operator==(const SparkBar &) const = default;
};

/// Cuts the hour before `now` into `count` bars, oldest first. A sample fills the time until the next one, at
/// most one and a half intervals. Failures are full bars; the others are as high as their latency against
/// the slowest of the hour. Bars start at whole multiples of their width, so that they wander, not shimmer.
QList<SparkBar> sparkBars(const QList<StoredSample> &samples, milliseconds interval, UtcMs now, int count);

void paintSparkline(QPainter &painter, const QRectF &where, const QList<SparkBar> &bars,
                    const Palette &palette);

} // namespace backwatch
