// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/codeclass.h"
#include "ui/charts/timechart.h"
#include "ui/charts/valuescale.h"

namespace backwatch {

/// How many checks got which answer: one stacked column a bucket.
class CodeChart final : public TimeChart
{
    Q_OBJECT

public:
    explicit CodeChart(TimeAxis &axis, QWidget *parent = nullptr);

    /// The legend of what is in view.
    QList<LegendItem> legend() const { return codeLegend(visibleRollups()); }

protected:
    void paintChart(QPainter &painter, const Palette &palette) override;
    QString description() const override;

private:
    void paintValues(QPainter &painter, const Palette &palette, const ValueScale &scale) const;
    void paintColumns(QPainter &painter, const Palette &palette, const QList<Rollup> &rollups,
                      const ValueScale &scale) const;
};

} // namespace backwatch
