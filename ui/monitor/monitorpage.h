// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"

#include <QTimer>
#include <QWidget>

namespace backwatch {

class ChartFeed;
class ChartStack;
class IncidentList;
class MonitorHeader;
class RangeBar;
class TimeAxis;
class Watch;

/// Everything about one monitor: how it is, its charts over a range, its incidents.
class MonitorPage final : public QWidget
{
    Q_OBJECT

public:
    explicit MonitorPage(Watch &watch, QWidget *parent = nullptr);

    using QWidget::show;
    /// Turns to another monitor; the chosen range stays.
    void show(MonitorId id);
    MonitorId monitor() const { return m_monitor; }
    TimeAxis &axis() const { return *m_axis; }

Q_SIGNALS:
    void backRequested();
    void incidentActivated(backwatch::IncidentId id);

protected:
    bool event(QEvent *event) override;

private:
    void layOut();
    void connectParts();
    void chooseRange(milliseconds range);
    void statusChanged(const QList<MonitorId> &ids);
    void monitorsChanged();
    void refresh();
    void showHeader();
    void showData();
    void showIncidents();
    void tellLoadFailure(const QString &failure);
    void setPaused(bool paused);
    void applyPalette();

    Watch &m_watch;
    MonitorId m_monitor = 0;
    TimeAxis *m_axis;
    MonitorHeader *m_header;
    RangeBar *m_ranges;
    ChartStack *m_charts;
    IncidentList *m_incidents;
    ChartFeed *m_feed;
    QTimer m_refresh; ///< runs while a change waits for its turn; at most one a second
    QTimer m_age;     ///< ages grow without samples too
    QTimer m_checking;
    bool m_changed = false;
    bool m_loadFailed = false; ///< and the notice tells so
    QString m_style;
};

} // namespace backwatch
