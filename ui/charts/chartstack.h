// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartdata.h"

#include <QWidget>

class QLabel;

namespace backwatch {

class ChartReadout;
class CodeChart;
class LatencyChart;
class LoadChart;
class StateStrip;
class TimeAxis;

/// The charts of one monitor over each other, on one time axis, with one read-out; or a sentence in their
/// place.
class ChartStack final : public QWidget
{
    Q_OBJECT

public:
    explicit ChartStack(TimeAxis &axis, QWidget *parent = nullptr);

    void setData(const ChartData &chartData);
    /// Takes the place of the charts until the next data.
    void showError(const QString &sentence);
    /// How many pixels a plot has for time.
    int plotWidth() const;

Q_SIGNALS:
    void incidentActivated(backwatch::IncidentId id);
    void plotWidthChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *m_charts;
    QLabel *m_error;
    ChartReadout *m_readout;
    CodeChart *m_codes;
    LatencyChart *m_latency;
    LoadChart *m_load;
    StateStrip *m_states;
};

} // namespace backwatch
