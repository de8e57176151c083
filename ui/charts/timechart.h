// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartdata.h"
#include "ui/theme/palette.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace backwatch {

class TimeAxis;

/// One chart of a stack that shares a TimeAxis: its plot lines up with the others', the wheel zooms at the
/// pointer, dragging pans, a double click resets, the arrow keys walk along what there is to see, + and -
/// zoom.
class TimeChart : public QWidget
{
    Q_OBJECT

public:
    explicit TimeChart(TimeAxis &axis, QWidget *parent = nullptr);

    virtual void setData(const ChartData &chartData);
    const ChartData &data() const { return m_data; }
    const TimeAxis &axis() const { return m_axis; }

    QRect plotArea() const;
    TimeScale timeScale() const;
    /// Those that reach into the view.
    QList<Rollup> visibleRollups() const;

protected:
    virtual QMargins plotMargins() const;
    /// Everything but the crosshair and the focus; kept as a picture until something changes.
    virtual void paintChart(QPainter &painter, const Palette &palette) = 0;
    /// One sentence for those who do not see the chart.
    virtual QString description() const = 0;
    /// The moments that the arrow keys walk to, ascending.
    virtual QList<UtcMs> stops() const;
    /// The chart was clicked here, without a drag.
    virtual void clicked(QPointF position);
    /// Enter was pressed.
    virtual void activated() {}
    virtual bool isClickable(QPointF) const { return false; }

    void paintHeader(QPainter &painter, const Palette &palette, const QString &title) const;
    void paintGaps(QPainter &painter, const Palette &palette) const;
    void paintTimeGrid(QPainter &painter, const Palette &palette) const;
    void paintEmpty(QPainter &painter, const Palette &palette) const;
    /// Draws everything anew.
    void invalidate();

    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;

    TimeAxis &m_axis;
    ChartData m_data;

private:
    void refreshLayer();
    void paintCrosshair(QPainter &painter, const Palette &palette) const;
    void walk(int direction);
    void walkToEnd(bool last);
    UtcMs zoomAnchor() const;
    void updateCursor(QPointF position);

    QPixmap m_layer;
    bool m_stale = true;
    std::optional<QPointF> m_pressedAt;
    UtcMs m_pressedFrom = 0; ///< start of the view when the button went down
    bool m_dragging = false;
    bool m_byKeyboard = false; ///< the focus is shown to those who move it by keys
};

/// Time labels along the foot of a plot.
void paintTimeLabels(QPainter &painter, const Palette &palette, const TimeAxis &axis, const TimeScale &scale,
                     int top);

} // namespace backwatch
