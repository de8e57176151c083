// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartadapter.h"
#include "ui/charts/gaps.h"
#include "ui/charts/timechart.h"
#include "ui/charts/valuescale.h"

namespace backwatch {

/// How long answers took: the median as a line, a band from it up to the 95th percentile, the slowest as a
/// thin line. The axis holds the 95th percentile and the usual slowest ones; a rare
/// spike leaves through the top under a small
/// triangle.
class LatencyChart final : public TimeChart
{
    Q_OBJECT

public:
    explicit LatencyChart(TimeAxis &axis, QWidget *parent = nullptr);

    /// The value axis of what is in view, in milliseconds.
    ValueScale valueAxis() const;

protected:
    void paintChart(QPainter &painter, const Palette &palette) override;
    QString description() const override;

private:
    void paintKey(QPainter &painter, const Palette &palette) const;
    void paintValues(QPainter &painter, const Palette &palette, const ValueScale &scale) const;
    void paintBand(QPainter &painter, const Palette &palette, const QList<LatencyRun> &runs,
                   const ValueScale &scale) const;
    void paintLines(QPainter &painter, const Palette &palette, const QList<LatencyRun> &runs,
                    const ValueScale &scale);
    void paintPeaks(QPainter &painter, const Palette &palette, const ValueScale &scale) const;
    QList<Rollup> plottedRollups() const;

    ChartAdapter m_lines;
};

} // namespace backwatch
