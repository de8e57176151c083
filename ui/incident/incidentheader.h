// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace backwatch {

class StateBadge;

/// The head of the incident page: what, how, since when, and the verdict in one sentence.
class IncidentHeader : public QFrame
{
    Q_OBJECT

public:
    explicit IncidentHeader(QWidget *parent = nullptr);

    void showFile(const IncidentFile &file, const std::optional<Monitor> &monitor, State state, UtcMs now);
    void showTime(UtcMs now); ///< how long it has lasted
    void showState(State state);
    void showCount(OutageClass countsAs);
    void clear();

Q_SIGNALS:
    void backRequested();
    void checkRequested();
    void countRequested(); ///< somebody wants to say what the outage counts as

private:
    Incident m_incident;
    QPushButton *m_check;
    QPushButton *m_count;
    StateBadge *m_state;
    QLabel *m_name;
    QLabel *m_verdict;
    QLabel *m_outcome;
    QLabel *m_counts;
    QLabel *m_time;
};

} // namespace backwatch
