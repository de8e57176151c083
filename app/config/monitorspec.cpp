// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/checkspecs.h"
#include "app/config/webaddress.h"

#include <QHash>
#include <QSet>

namespace backwatch {

namespace {

SpecNode loadSpec(const QList<LoadSource> &load)
{
    SpecNode node;
    for (const auto &source : load)
        node.entries.append({source.kind, textNode(writtenWebAddress(source.url))});
    return node;
}

SpecNode timeoutsSpec(const QMap<QString, milliseconds> &timeouts)
{
    SpecMap map(Usual::LeftOut);
    for (auto one = timeouts.cbegin(); one != timeouts.cend(); ++one)
        map.duration(one.key(), one.value());
    return map.node();
}

SpecNode list(const QList<SpecNode> &items)
{
    SpecNode node;
    node.kind = SpecNode::Kind::List;
    node.items = items;
    return node;
}

SpecNode named(const QString &name, const SpecNode &rest)
{
    SpecNode node;
    node.entries.append({QStringLiteral("name"), textNode(name)});
    node.entries += rest.entries;
    return node;
}

SpecNode monitorsSpec(const QList<Monitor> &monitors)
{
    QList<SpecNode> items;
    for (const auto &monitor : monitors)
        items += named(monitor.name, monitorSpec(monitor, Usual::LeftOut));
    return list(items);
}

/// The monitors of a service stand where they always stood: before its load.
SpecNode wholeService(const Service &service, const QList<Monitor> &monitors)
{
    SpecMap map(Usual::LeftOut);
    map.part(QStringLiteral("monitors"), monitorsSpec(monitors));
    SpecNode rest = map.node();
    rest.entries += serviceSpec(service, Usual::LeftOut).entries;
    return named(service.name, rest);
}

void addTimes(const Monitor &monitor, SpecMap &map)
{
    const Monitor usual;
    map.duration(QStringLiteral("interval"), monitor.interval, usual.interval);
    map.duration(QStringLiteral("timeout"), monitor.timeout, usual.timeout);
    map.number(QStringLiteral("retries"), monitor.retries, usual.retries);
    map.duration(QStringLiteral("retryInterval"), monitor.retryInterval, usual.retryInterval);
    const QString announced = QStringLiteral("announcedMaintenance");
    if (monitor.announcedMaintenance.count() == 0)
        map.text(announced, QStringLiteral("off"));
    else
        map.duration(announced, monitor.announcedMaintenance, usual.announcedMaintenance);
}

} // namespace

SpecNode monitorSpec(const Monitor &monitor, Usual usual)
{
    SpecMap map(usual);
    map.text(QStringLiteral("layer"), layerId(monitor.layer).toString(), layerId(Layer::Unknown).toString());
    addTimes(monitor, map);
    map.flag(QStringLiteral("paused"), monitor.paused, false);
    const auto *http = std::get_if<HttpCheck>(&monitor.check);
    map.node(checkKind(monitor.check), http ? httpSpec(*http, usual) : serverSpec(monitor.check, usual));
    map.texts(QStringLiteral("dependsOn"), monitor.dependsOn);
    map.part(QStringLiteral("maintenance"), maintenanceSpec(monitor.maintenance));
    return map.node();
}

SpecNode serviceSpec(const Service &service, Usual usual)
{
    SpecMap map(usual);
    map.part(QStringLiteral("load"), loadSpec(service.load));
    map.part(QStringLiteral("timeouts"), timeoutsSpec(service.timeouts));
    map.part(QStringLiteral("maintenance"), maintenanceSpec(service.maintenance));
    return map.node();
}

SpecNode fileSpec(const Configuration &configuration)
{
    QHash<QString, QList<Monitor>> monitorsOf;
    auto services = configuration.services;
    QSet<QString> known;
    for (const auto &service : std::as_const(services))
        known.insert(service.name);
    for (const auto &monitor : configuration.monitors) {
        monitorsOf[monitor.service].append(monitor);
        if (!monitor.service.isEmpty() && !known.contains(monitor.service)) {
            known.insert(monitor.service);
            services.append({monitor.service, {}});
        }
    }
    QList<SpecNode> serviceNodes;
    for (const auto &service : std::as_const(services))
        serviceNodes += wholeService(service, monitorsOf.value(service.name));
    SpecMap map(Usual::LeftOut);
    map.node(QStringLiteral("version"), wordNode(1));
    map.part(QStringLiteral("network"), networkSpec(configuration.network, Usual::LeftOut));
    map.part(QStringLiteral("services"), list(serviceNodes));
    map.part(QStringLiteral("monitors"), monitorsSpec(monitorsOf.value(QString())));
    return map.node();
}

} // namespace backwatch
