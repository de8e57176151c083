// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QTimeZone>
#include <QWidget>

class QLabel;
class QPushButton;

namespace backwatch {

class StateMark;

/// The top of the monitor page: what is watched, how it is and since when, what failed last.
class MonitorHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit MonitorHeader(QWidget *parent = nullptr);

    void setMonitor(const Monitor &monitor);
    void setStatus(const MonitorStatus &status, UtcMs now, const QTimeZone &zone);
    /// A sentence about something that could not be done; empty takes it away.
    void setNotice(const QString &sentence);
    /// Why the load of the machines behind cannot be read, a sentence each; none while all is well.
    void setLoadFaults(const QStringList &sentences);
    void setChecking(bool checking);

Q_SIGNALS:
    void backRequested();
    void checkRequested();
    void pauseRequested(bool paused);

private:
    QLabel *addFact(QLayout *row, const QString &caption, const QString &objectName, int stretch);

    StateMark *m_badge;
    QLabel *m_name;
    QLabel *m_target;
    QLabel *m_state;
    QLabel *m_answer;
    QLabel *m_failure;
    QLabel *m_availability;
    QLabel *m_notice;
    QLabel *m_loadFaults;
    QPushButton *m_check;
    QPushButton *m_pause;
    bool m_paused = false;
};

} // namespace backwatch
