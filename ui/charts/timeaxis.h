// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/timerange.h"

#include <QObject>
#include <QTimeZone>

#include <optional>

namespace backwatch {

/// What a stack of charts shows of time: the chosen range ("home"), the part of it in view, and the
/// crosshair. The view is never wider than home and never reaches past its end; it may be panned back before
/// its start.
class TimeAxis : public QObject
{
    Q_OBJECT

public:
    explicit TimeAxis(QObject *parent = nullptr);

    TimeRange home() const { return m_home; }
    TimeRange view() const { return m_view; }
    std::optional<UtcMs> crosshair() const { return m_crosshair; }
    bool isHome() const { return m_view == m_home; }

    /// The zone that labels are written in; the machine's own unless a test says otherwise.
    QTimeZone zone() const { return m_zone; }
    void setZone(const QTimeZone &zone);

    /// A newly chosen range: the view becomes it, the crosshair goes away.
    void setHome(TimeRange home);
    /// The present has moved on: home moves with it, and the view too while it shows home.
    void advanceTo(UtcMs now);

    /// Multiplies the span; the moment `anchor` keeps its place on the screen. Below 1 shows less time.
    void zoom(double factor, UtcMs anchor);
    void pan(qint64 ms);
    /// Pans just as far as it takes to have `time` in view.
    void reveal(UtcMs time);
    void reset();
    void setCrosshair(std::optional<UtcMs> time);

Q_SIGNALS:
    void viewChanged();
    void crosshairChanged();

private:
    void setView(UtcMs from, qint64 span);

    TimeRange m_home{0, 3'600'000};
    TimeRange m_view = m_home;
    std::optional<UtcMs> m_crosshair;
    QTimeZone m_zone;
};

} // namespace backwatch
