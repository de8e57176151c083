// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configurationchange.h"

#include "app/config/webaddress.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

namespace backwatch {

namespace {

/// The fields that differ, each as "interval 30s -> 1m".
class Differences
{
    Q_DECLARE_TR_FUNCTIONS(ConfigurationChange)

public:
    QString text() const { return m_texts.join(QStringLiteral(", ")); }

    void compare(const QString &field, const QString &before, const QString &after)
    {
        if (before != after)
            m_texts += field + u' ' + before + QStringLiteral(" -> ") + after;
    }

    void compare(const QString &field, milliseconds before, milliseconds after)
    {
        compare(field, formatDuration(before), formatDuration(after));
    }

    void compare(const QString &field, int before, int after)
    {
        compare(field, QString::number(before), QString::number(after));
    }

    void compare(const QString &field, bool before, bool after) { compare(field, word(before), word(after)); }

    /// For what may be a secret, or too long for a line.
    void mention(const QString &field, bool before, bool after, bool differs)
    {
        if (!before && after)
            m_texts += tr("%1 added").arg(field);
        else if (before && !after)
            m_texts += tr("%1 removed").arg(field);
        else if (differs)
            m_texts += tr("%1 changed").arg(field);
    }

    bool isEmpty() const { return m_texts.isEmpty(); }

private:
    static QString word(bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); }

    QStringList m_texts;
};

/// A text of the admin in one short line.
QString quoted(QString text)
{
    constexpr qsizetype kShown = 60;
    if (text.isEmpty())
        return QCoreApplication::translate("ConfigurationChange", "none");
    if (text.size() > kShown)
        text = text.first(kShown) + u'…';
    for (QChar &c : text)
        if (!c.isPrint() && !c.isSurrogate())
            c = u' ';
    return u'"' + text + u'"';
}

QString listed(const QStringList &items)
{
    return u'[' + items.join(QStringLiteral(", ")) + u']';
}

QString written(const QList<StatusRange> &ranges)
{
    QStringList items;
    for (const auto &range : ranges)
        items += range.from == range.to ? QString::number(range.from)
                                        : QStringLiteral("%1-%2").arg(range.from).arg(range.to);
    return listed(items);
}

QString written(AddressFamily family)
{
    switch (family) {
    case AddressFamily::Any:
        return QStringLiteral("any");
    case AddressFamily::Ipv4:
        return QStringLiteral("ipv4");
    case AddressFamily::Ipv6:
        return QStringLiteral("ipv6");
    case AddressFamily::Both:
        return QStringLiteral("both");
    }
    return {};
}

QString written(std::optional<milliseconds> duration)
{
    return duration ? formatDuration(*duration) : QCoreApplication::translate("ConfigurationChange", "none");
}

QList<QByteArray> valuesOf(const HttpHeaders &headers, const QByteArray &name)
{
    QList<QByteArray> values;
    for (const auto &header : headers)
        if (header.name == name)
            values += header.value;
    return values;
}

/// Values of headers are never shown: Authorization and Cookie are secrets, and others may be.
void compareHeaders(const HttpHeaders &before, const HttpHeaders &after, Differences &out)
{
    QList<QByteArray> names;
    for (const auto &header : before + after)
        if (!names.contains(header.name))
            names += header.name;
    bool sameFields = true;
    for (const auto &name : std::as_const(names)) {
        const auto old = valuesOf(before, name);
        const auto now = valuesOf(after, name);
        sameFields = sameFields && old == now;
        out.mention(QStringLiteral("header ") + QString::fromUtf8(name), !old.isEmpty(), !now.isEmpty(),
                    old != now);
    }
    out.mention(QCoreApplication::translate("ConfigurationChange", "order of headers"), true, true,
                sameFields && before != after);
}

void compareHttp(const HttpCheck &before, const HttpCheck &after, Differences &out)
{
    const auto withoutSecret = [](QUrl url) {
        url.setUserInfo({});
        return writtenWebAddress(url);
    };
    const QString oldUrl = withoutSecret(before.url);
    const QString newUrl = withoutSecret(after.url);
    out.compare(QStringLiteral("url"), oldUrl, newUrl);
    out.mention(QStringLiteral("url"), true, true, oldUrl == newUrl && before.url != after.url);
    out.compare(QStringLiteral("method"), httpMethodName(before.method), httpMethodName(after.method));
    compareHeaders(before.headers, after.headers, out);
    out.mention(QStringLiteral("body"), !before.body.isEmpty(), !after.body.isEmpty(),
                before.body != after.body);
    out.compare(QStringLiteral("connectTo"), quoted(before.connectTo), quoted(after.connectTo));
    out.compare(QStringLiteral("family"), written(before.family), written(after.family));
    out.compare(QStringLiteral("followRedirects"), before.followRedirects, after.followRedirects);
    out.compare(QStringLiteral("expect.status"), written(before.expect.status), written(after.expect.status));
    const QString contains = QStringLiteral("expect.body.contains");
    const auto oldText = quoted(before.expect.bodyContains);
    const auto newText = quoted(after.expect.bodyContains);
    out.compare(contains, oldText, newText);
    out.mention(contains, true, true,
                oldText == newText && before.expect.bodyContains != after.expect.bodyContains);
    out.compare(QStringLiteral("expect.slowAfter"), written(before.expect.slowAfter),
                written(after.expect.slowAfter));
    out.compare(QStringLiteral("expect.certificateDays"), before.expect.certificateDays,
                after.expect.certificateDays);
}

QString differencesOf(const Monitor &before, const Monitor &after)
{
    Differences out;
    out.compare(QStringLiteral("service"), quoted(before.service), quoted(after.service));
    out.compare(QStringLiteral("name"), before.name, after.name);
    out.compare(QStringLiteral("layer"), layerId(before.layer).toString(), layerId(after.layer).toString());
    out.compare(QStringLiteral("interval"), before.interval, after.interval);
    out.compare(QStringLiteral("timeout"), before.timeout, after.timeout);
    out.compare(QStringLiteral("retries"), before.retries, after.retries);
    out.compare(QStringLiteral("retryInterval"), before.retryInterval, after.retryInterval);
    out.compare(QStringLiteral("dependsOn"), listed(before.dependsOn), listed(after.dependsOn));
    out.compare(QStringLiteral("paused"), before.paused, after.paused);
    if (checkKind(before.check) != checkKind(after.check))
        out.compare(QStringLiteral("kind"), checkKind(before.check), checkKind(after.check));
    else
        compareHttp(std::get<HttpCheck>(before.check), std::get<HttpCheck>(after.check), out);
    return out.text();
}

QString differencesOf(const Service &before, const Service &after)
{
    const auto load = [](const Service &service) {
        QStringList sources;
        for (const auto &source : service.load)
            sources += source.kind + u' ' + source.url.toString(QUrl::RemoveUserInfo);
        return listed(sources);
    };
    Differences out;
    out.compare(QStringLiteral("name"), before.name, after.name);
    out.compare(QStringLiteral("load"), load(before), load(after));
    return out.text();
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
            out.append(
                {.monitorBefore = {}, .monitorAfter = {}, .serviceBefore = {}, .serviceAfter = service});
        else if (*old != service)
            out.append(
                {.monitorBefore = {}, .monitorAfter = {}, .serviceBefore = *old, .serviceAfter = service});
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
            out.append(
                {.monitorBefore = {}, .monitorAfter = monitor, .serviceBefore = {}, .serviceAfter = {}});
        else if (*old != monitor)
            out.append(
                {.monitorBefore = *old, .monitorAfter = monitor, .serviceBefore = {}, .serviceAfter = {}});
    }
}

void addRemovals(const Configuration &current, const Configuration &wanted, QList<ConfigurationChange> &out)
{
    QSet<QString> monitors;
    for (const auto &monitor : wanted.monitors)
        monitors.insert(qualifiedName(monitor));
    for (const auto &monitor : current.monitors)
        if (!monitors.contains(qualifiedName(monitor)))
            out.append(
                {.monitorBefore = monitor, .monitorAfter = {}, .serviceBefore = {}, .serviceAfter = {}});
    QSet<QString> services;
    for (const auto &service : wanted.services)
        services.insert(service.name);
    for (const auto &service : current.services)
        if (!services.contains(service.name))
            out.append(
                {.monitorBefore = {}, .monitorAfter = {}, .serviceBefore = service, .serviceAfter = {}});
}

} // namespace

QList<ConfigurationChange> difference(const Configuration &current, const Configuration &wanted)
{
    QList<ConfigurationChange> changes;
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
    return {};
}

} // namespace backwatch
