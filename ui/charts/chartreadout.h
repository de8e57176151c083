// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartdata.h"
#include "ui/charts/codeclass.h"
#include "ui/theme/palette.h"

#include <QWidget>

namespace backwatch {

class TimeAxis;

/// One line over a stack of charts that says in words and figures what is under the crosshair.
class ChartReadout final : public QWidget
{
    Q_OBJECT

public:
    explicit ChartReadout(TimeAxis &axis, QWidget *parent = nullptr);

    void setData(const ChartData &chartData);
    /// All of it as one line of plain text.
    QString text() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    const Rollup *current() const;

    TimeAxis &m_axis;
    ChartData m_data;
    QString m_when;
    QList<LegendItem> m_codes;
    QString m_figures;
};

} // namespace backwatch
