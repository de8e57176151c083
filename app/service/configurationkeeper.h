// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configurationchange.h"
#include "app/core/result.h"
#include "app/history/historyqueries.h"
#include "app/history/historywriter.h"

#include <QFuture>
#include <QObject>
#include <QTimer>

namespace backwatch {

/// The configuration that is watched by, kept the same as what the database holds: it stores what a screen
/// changes and notices within seconds what another program (`backwatch apply`) changed.
class ConfigurationKeeper : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    ConfigurationKeeper(HistoryWriter &writer, HistoryQueries &queries);

    /// Reads what is stored, at once. For the start of the program.
    Result<void> load(HistoryReader &reader);
    const Configuration &current() const { return m_current; }

    QFuture<Result<MonitorId>> add(const Monitor &monitor);
    QFuture<Result<void>> remove(MonitorId id);
    /// Replaces the monitor of that id.
    QFuture<Result<void>> replace(const Monitor &monitor);

Q_SIGNALS:
    void changed();

private:
    QFuture<Result<void>> store(const Configuration &wanted);
    QFuture<Result<void>> reload();
    void lookForOutsideChanges();

    HistoryWriter &m_writer;
    HistoryQueries &m_queries;
    Configuration m_current;
    qint64 m_revision = 0;
    QTimer m_timer;
};

} // namespace backwatch
