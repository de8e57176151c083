// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "ui/charts/timerange.h"

#include <QTimeZone>
#include <QWidget>

class QLabel;
class QTreeWidget;

namespace backwatch {

/// The incidents of a range, newest first; Enter or a double click opens one.
class IncidentList final : public QWidget
{
    Q_OBJECT

public:
    explicit IncidentList(QWidget *parent = nullptr);

    void setIncidents(const QList<Incident> &incidents, TimeRange range, UtcMs now, const QTimeZone &zone);

Q_SIGNALS:
    void incidentActivated(backwatch::IncidentId id);

private:
    void rebuild(const QList<Incident> &incidents);

    QLabel *m_title;
    QLabel *m_none;
    QTreeWidget *m_tree;
    QList<IncidentId> m_ids;
};

} // namespace backwatch
