// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"

#include <QHash>

namespace backwatch {

/// Who has to do with whom, by id instead of by name. Built once for a configuration.
class MonitorLinks
{
public:
    MonitorLinks() = default;
    explicit MonitorLinks(const Configuration &configuration);

    /// What the monitor depends on. Names that fit nobody are left out.
    QList<MonitorId> parentsOf(MonitorId id) const { return m_parents.value(id); }
    QList<MonitorId> membersOf(MonitorId group) const { return m_members.value(group); }
    QList<MonitorId> groupsWith(MonitorId member) const { return m_groups.value(member); }
    /// The monitor's own windows and those of its service.
    QList<MaintenanceWindow> maintenanceOf(MonitorId id) const { return m_maintenance.value(id); }

private:
    QHash<MonitorId, QList<MonitorId>> m_parents;
    QHash<MonitorId, QList<MonitorId>> m_members;
    QHash<MonitorId, QList<MonitorId>> m_groups;
    QHash<MonitorId, QList<MaintenanceWindow>> m_maintenance;
};

} // namespace backwatch
