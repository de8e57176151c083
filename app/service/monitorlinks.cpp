// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/monitorlinks.h"

#include "app/config/monitornames.h"

namespace backwatch {

MonitorLinks::MonitorLinks(const Configuration &configuration)
{
    const MonitorNames names(configuration.monitors);
    const auto idsOf = [&](const QStringList &wanted, const Monitor &of) {
        QList<MonitorId> ids;
        for (const auto &name : wanted)
            if (const auto index = names.find(name, of.service))
                ids += configuration.monitors[*index].id;
        return ids;
    };
    QHash<QString, QList<MaintenanceWindow>> ofService;
    for (const auto &service : configuration.services)
        ofService.insert(service.name, service.maintenance);
    for (const auto &monitor : configuration.monitors) {
        if (!monitor.dependsOn.isEmpty())
            m_parents.insert(monitor.id, idsOf(monitor.dependsOn, monitor));
        const auto windows = monitor.maintenance + ofService.value(monitor.service);
        if (!windows.isEmpty())
            m_maintenance.insert(monitor.id, windows);
        const auto *group = std::get_if<GroupCheck>(&monitor.check);
        if (!group)
            continue;
        m_members.insert(monitor.id, idsOf(group->members, monitor));
        for (const MonitorId member : m_members.value(monitor.id))
            m_groups[member] += monitor.id;
    }
}

} // namespace backwatch
