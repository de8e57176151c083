// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/timechart.h"

namespace backwatch {

/// What was believed of the monitor, over time: a band of states with their shapes, a mark over every
/// incident that opens it, and below it the labels of the time axis that the whole stack shares.
class StateStrip final : public TimeChart
{
    Q_OBJECT

public:
    explicit StateStrip(TimeAxis &axis, QWidget *parent = nullptr);

    /// The incident under a point of the widget: its mark, or the part of the band that it lasts.
    std::optional<IncidentId> incidentAt(QPointF position) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void incidentActivated(backwatch::IncidentId id);

protected:
    QMargins plotMargins() const override;
    void paintChart(QPainter &painter, const Palette &palette) override;
    QString description() const override;
    QList<UtcMs> stops() const override;
    void clicked(QPointF position) override;
    void activated() override;
    bool isClickable(QPointF position) const override { return incidentAt(position).has_value(); }
    bool event(QEvent *event) override;

private:
    void paintInterval(QPainter &painter, const Palette &palette, const StateInterval &interval) const;
    void paintIncidents(QPainter &painter, const Palette &palette) const;
    const Incident *find(QPointF position) const;
};

} // namespace backwatch
