// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"
#include "ui/charts/chartdata.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace backwatch {

class TimeAxis;
class Watch;

/// Asks the watch for what a stack of charts shows, and keeps it up to date: all of it when the view leaves
/// what is loaded or wants finer buckets, only the last buckets when samples come in. What was asked for an
/// older view is dropped when it arrives.
class ChartFeed final : public QObject
{
    Q_OBJECT

public:
    ChartFeed(Watch &watch, TimeAxis &axis, QObject *parent = nullptr);

    const ChartData &data() const { return m_data; }

    /// Starts over with another monitor.
    void show(MonitorId id);
    void setPlotWidth(int pixels);
    /// Moves the axis to the present and asks for what happened since.
    void advance();

Q_SIGNALS:
    void dataChanged();
    /// A sentence; the data stays what it was. The next advance() tries again.
    void failed(const QString &sentence);
    /// Why the load of the service could not be read anew, empty when it could. All else is up to date.
    void loadAnswered(const QString &failure);

private:
    struct Question;
    using QuestionPtr = std::shared_ptr<Question>;

    QString service() const;
    milliseconds wantedWidth() const;
    milliseconds interval() const;
    void followView();
    void loadAll();
    void loadTail();
    void ask(TimeRange range, UtcMs rollupsFrom, milliseconds width);
    template <typename T>
    void receive(const QuestionPtr &question, T Question::*part, const Result<T> &answer);
    void finish(const Question &question);

    Watch &m_watch;
    TimeAxis &m_axis;
    QTimer m_settle; ///< while the wheel turns, nothing is asked
    MonitorId m_monitor = 0;
    int m_plotWidth = 0;
    quint64 m_generation = 0; ///< of the newest question; older answers are dropped
    bool m_asking = false;
    bool m_live = false; ///< what is loaded reached the present when it was asked for
    UtcMs m_loadAskedAt = 0;
    ChartData m_data;
};

} // namespace backwatch
