// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/timerange.h"

#include <QColor>
#include <QImage>
#include <QList>
#include <QPointF>

#include <memory>

namespace backwatch {

/// One line of a line chart.
struct ChartLine
{
    QList<QPointF>
        points; ///< x in milliseconds since the start of the range, y in the unit of the value axis
    QColor colour;
    double width = 1; ///< of the pen, in pixels
};

/// The only door to Qt Charts. It draws lines, and nothing else, so that axes, grid, gaps and crosshair are
/// the same as those of the painted charts; the plot area is the whole picture, to the pixel. Meant for up to
/// about 2,000 points a line.
class ChartAdapter
{
public:
    ChartAdapter();
    ~ChartAdapter();
    ChartAdapter(const ChartAdapter &) = delete;
    ChartAdapter &operator=(const ChartAdapter &) = delete;

    /// Transparent but for the lines. Values above `top` leave through the upper edge.
    QImage render(QSize plot, qreal devicePixelRatio, qint64 spanMs, double top,
                  const QList<ChartLine> &lines);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace backwatch
