// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/loadlines.h"
#include "ui/charts/timechart.h"
#include "ui/charts/valuescale.h"

class QComboBox;

namespace backwatch {

/// The load of the machines behind, one family of figures at a time: a line of means each, with a band from
/// the least to the most where a point stands for several readings.
class LoadChart final : public TimeChart
{
    Q_OBJECT

public:
    explicit LoadChart(TimeAxis &axis, QWidget *parent = nullptr);

    void setData(const ChartData &chartData) override;
    /// Whether anything is known of the load.
    bool hasLines() const { return !m_lines.isEmpty(); }
    LoadFamily family() const;
    ValueScale valueAxis() const;
    /// "CPU 82 %", of the lines that are shown, at the crosshair or else the newest.
    QStringList legend() const;
    /// As much of the legend as has room in so many pixels, then "+2" for what has none; empty where all has.
    QStringList legendWithin(int room) const;

protected:
    void paintChart(QPainter &painter, const Palette &palette) override;
    QString description() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    /// What has no room in the legend stands in its tool tip.
    bool event(QEvent *event) override;

private:
    QList<LoadLine> shownLines() const;
    void placeChoice();
    void paintValues(QPainter &painter, const Palette &palette, const ValueScale &scale) const;
    void paintLine(QPainter &painter, const LoadLine &line, const QPen &pen, const ValueScale &scale) const;
    void paintLegend(QPainter &painter, const Palette &palette) const;
    int legendLeft() const;

    QComboBox *m_choice;
    QList<LoadLine> m_lines;
};

} // namespace backwatch
