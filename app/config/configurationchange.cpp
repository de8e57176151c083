// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configurationchange.h"

#include "app/config/checkspecs.h"
#include "app/config/specdifference.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

namespace backwatch {

namespace {

ConfigurationChange ofMonitor(const std::optional<Monitor> &before, const std::optional<Monitor> &after)
{
    ConfigurationChange change;
    change.monitorBefore = before;
    change.monitorAfter = after;
    return change;
}

ConfigurationChange ofService(const std::optional<Service> &before, const std::optional<Service> &after)
{
    ConfigurationChange change;
    change.serviceBefore = before;
    change.serviceAfter = after;
    return change;
}

QString differencesOf(const Monitor &before, const Monitor &after)
{
    QStringList texts = differingText(QStringLiteral("service"), before.service, after.service) +
                        differingText(QStringLiteral("name"), before.name, after.name);
    const QString kind = checkKind(after.check);
    if (kind == checkKind(before.check))
        return (texts + differingFields(monitorSpec(before, Usual::Written),
                                        monitorSpec(after, Usual::Written), kind))
            .join(QStringLiteral(", "));
    // Another kind has other fields; its target says what it is.
    Monitor rest = before;
    rest.check = after.check;
    texts += differingFields(monitorSpec(rest, Usual::Written), monitorSpec(after, Usual::Written), kind);
    texts += differingText(QStringLiteral("kind"), checkKind(before.check), kind);
    texts += differingText(QStringLiteral("target"), checkTarget(before.check), checkTarget(after.check));
    return texts.join(QStringLiteral(", "));
}

QString differencesOf(const Service &before, const Service &after)
{
    const auto texts =
        differingText(QStringLiteral("name"), before.name, after.name) +
        differingFields(serviceSpec(before, Usual::Written), serviceSpec(after, Usual::Written));
    return texts.join(QStringLiteral(", "));
}

QString serviceLabel(const Service &service)
{
    return QCoreApplication::translate("ConfigurationChange", "%1 (service)").arg(service.name);
}

QString line(const QString &sign, const QString &subject, const QString &details = {})
{
    return details.isEmpty() ? QString(sign + u' ' + subject)
                             : QString(sign + u' ' + subject + QStringLiteral(": ") + details);
}

void addServiceChanges(const QList<Service> &current, const QList<Service> &wanted,
                       QList<ConfigurationChange> &out)
{
    QHash<QString, const Service *> before;
    for (const auto &service : current)
        before.insert(service.name, &service);
    for (const auto &service : wanted) {
        const auto *old = before.value(service.name);
        if (!old)
            out.append(ofService({}, service));
        else if (*old != service)
            out.append(ofService(*old, service));
    }
}

void addMonitorChanges(const QList<Monitor> &current, const QList<Monitor> &wanted,
                       QList<ConfigurationChange> &out)
{
    QHash<QString, const Monitor *> before;
    for (const auto &monitor : current)
        before.insert(qualifiedName(monitor), &monitor);
    for (Monitor monitor : wanted) {
        const auto *old = before.value(qualifiedName(monitor));
        if (old)
            monitor.id = old->id;
        if (!old)
            out.append(ofMonitor({}, monitor));
        else if (*old != monitor)
            out.append(ofMonitor(*old, monitor));
    }
}

void addRemovals(const Configuration &current, const Configuration &wanted, QList<ConfigurationChange> &out)
{
    QSet<QString> monitors;
    for (const auto &monitor : wanted.monitors)
        monitors.insert(qualifiedName(monitor));
    for (const auto &monitor : current.monitors)
        if (!monitors.contains(qualifiedName(monitor)))
            out.append(ofMonitor(monitor, {}));
    QSet<QString> services;
    for (const auto &service : wanted.services)
        services.insert(service.name);
    for (const auto &service : current.services)
        if (!services.contains(service.name))
            out.append(ofService(service, {}));
}

} // namespace

QList<ConfigurationChange> difference(const Configuration &current, const Configuration &wanted)
{
    QList<ConfigurationChange> changes;
    if (current.network != wanted.network) {
        ConfigurationChange change;
        change.networkBefore = current.network;
        change.networkAfter = wanted.network;
        changes.append(change);
    }
    addServiceChanges(current.services, wanted.services, changes);
    addMonitorChanges(current.monitors, wanted.monitors, changes);
    addRemovals(current, wanted, changes);
    return changes;
}

QString describe(const ConfigurationChange &change)
{
    const QString added = QStringLiteral("+");
    const QString changed = QStringLiteral("~");
    const QString removed = QStringLiteral("-");
    const auto &before = change.monitorBefore;
    const auto &after = change.monitorAfter;
    if (before && after)
        return line(changed, qualifiedName(*before), differencesOf(*before, *after));
    if (after)
        return line(added, qualifiedName(*after) + QStringLiteral(" (") + checkKind(after->check) + u' ' +
                               checkTarget(after->check) + u')');
    if (before)
        return line(removed, qualifiedName(*before));
    if (change.serviceBefore && change.serviceAfter)
        return line(changed, serviceLabel(*change.serviceBefore),
                    differencesOf(*change.serviceBefore, *change.serviceAfter));
    if (change.serviceAfter)
        return line(added, serviceLabel(*change.serviceAfter));
    if (change.serviceBefore)
        return line(removed, serviceLabel(*change.serviceBefore));
    if (change.networkBefore && change.networkAfter)
        return line(changed, QCoreApplication::translate("ConfigurationChange", "network"),
                    differingFields(networkSpec(*change.networkBefore, Usual::Written),
                                    networkSpec(*change.networkAfter, Usual::Written))
                        .join(QStringLiteral(", ")));
    return {};
}

} // namespace backwatch
