// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/importedmonitors.h"

#include "app/config/monitorsfile.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

using namespace std::chrono_literals;

struct Imported
{
    Q_DECLARE_TR_FUNCTIONS(ImportedMonitors)
};

constexpr qsizetype kLongestImportedName = 180; ///< leaves room for a number behind it

/// "/" stands between service and monitor.
QString usableName(const QString &name, const QString &otherwise)
{
    QString usable = name;
    std::replace_if(
        usable.begin(), usable.end(), [](QChar c) { return !c.isPrint() && !c.isSurrogate(); }, u' ');
    usable.replace(u'/', u'-');
    usable = usable.simplified().left(kLongestImportedName).trimmed();
    return usable.isEmpty() ? otherwise : usable;
}

/// A sentence without the file and line that nobody wrote.
QString firstProblem(const Error &error)
{
    QString line = error.sentence.section(u'\n', 0, 0);
    const qsizetype at = line.indexOf(QStringLiteral(": "));
    return at < 0 ? line : line.sliced(at + 2);
}

void clampTimes(Monitor *monitor)
{
    monitor->interval = std::clamp<milliseconds>(monitor->interval, 1s, 7 * 24h);
    monitor->retryInterval = std::clamp<milliseconds>(monitor->retryInterval, 1s, 7 * 24h);
    monitor->timeout = std::clamp<milliseconds>(monitor->timeout, 100ms, 10min);
    monitor->retries = std::clamp(monitor->retries, 0, 100);
}

/// Whether it can stand in a monitors file. Names of others are looked at when all are there.
Result<void> isValid(Monitor monitor)
{
    monitor.dependsOn.clear();
    if (std::holds_alternative<GroupCheck>(monitor.check))
        return {};
    const auto text = writeMonitorsFile({{}, {monitor}});
    const auto read = readMonitorsFile(text, QStringLiteral("-"));
    if (!read)
        return tl::make_unexpected(read.error());
    if (read->monitors.size() == 1 && read->monitors.first() == monitor)
        return {};
    return failure(Error::Kind::Invalid, Imported::tr("it holds a value that cannot be kept."));
}

} // namespace

bool ImportCollection::add(Monitor monitor, qint64 id)
{
    const QString wished = usableName(monitor.name, Imported::tr("Monitor"));
    if (!monitor.service.isEmpty())
        monitor.service = usableName(monitor.service, QString());
    monitor.name = wished;
    for (int number = 2; m_names.contains(qualifiedName(monitor)); ++number)
        monitor.name = QStringLiteral("%1 (%2)").arg(wished).arg(number);
    clampTimes(&monitor);
    if (const auto valid = isValid(monitor); !valid) {
        leaveOut(monitor.name, firstProblem(valid.error()));
        return false;
    }
    m_names.insert(qualifiedName(monitor));
    if (id != 0)
        m_imported.ids.insert(id, qualifiedName(monitor));
    m_imported.configuration.monitors += monitor;
    return true;
}

void ImportCollection::leaveOut(const QString &name, const QString &why)
{
    m_imported.leftOut += QString(usableName(name, Imported::tr("Monitor")) + QStringLiteral(": ") + why);
}

Secret ImportCollection::secret(const QString &monitor, const QString &what, const QString &value)
{
    constexpr qsizetype kLongest = 120;
    const QString base = usableName(monitor, Imported::tr("Monitor")).left(kLongest).trimmed();
    QString name = base + u'/' + what;
    for (int number = 2; m_secretNames.contains(name); ++number)
        name = QStringLiteral("%1 (%2)/%3").arg(base).arg(number).arg(what);
    m_secretNames.insert(name);
    m_imported.secrets += Secret{name, value};
    return {name, {}};
}

Result<ImportedMonitors> ImportCollection::finish()
{
    QStringList services;
    for (const auto &monitor : m_imported.configuration.monitors)
        if (!monitor.service.isEmpty() && !services.contains(monitor.service))
            services += monitor.service;
    for (const auto &service : services)
        m_imported.configuration.services += Service{service, {}};
    const auto read =
        readMonitorsFile(writeMonitorsFile(m_imported.configuration), Imported::tr("What was read"));
    if (!read)
        return tl::make_unexpected(read.error());
    // Secrets of monitors that were left out after all are nobody's.
    QSet<QString> named;
    for (const auto &monitor : m_imported.configuration.monitors)
        for (const auto &name : secretNames(monitor.check))
            named.insert(name);
    m_imported.secrets.removeIf([&named](const Secret &secret) { return !named.contains(secret.name); });
    return m_imported;
}

Configuration merged(const Configuration &current, const Configuration &imported)
{
    Configuration all = current;
    QHash<QString, qsizetype> places;
    for (qsizetype i = 0; i < all.monitors.size(); ++i)
        places.insert(qualifiedName(all.monitors.at(i)), i);
    for (const auto &monitor : imported.monitors) {
        const auto place = places.constFind(qualifiedName(monitor));
        if (place == places.cend())
            all.monitors += monitor;
        else
            all.monitors[*place] = monitor;
    }
    for (const auto &service : imported.services)
        if (std::none_of(all.services.cbegin(), all.services.cend(),
                         [&service](const Service &known) { return known.name == service.name; }))
            all.services += service;
    return all;
}

} // namespace backwatch
