// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitorsfile.h"

#include "app/config/checkspecs.h"
#include "app/config/dependencycheck.h"
#include "app/config/maintenancereader.h"
#include "app/config/monitorreader.h"

#include <QCoreApplication>
#include <QHash>

namespace backwatch {

namespace {

constexpr int kVersion = 1;
// Aliases let a small file name many monitors.
constexpr qsizetype kMostMonitors = 50'000;

/// Walks over the file once and fills the configuration.
class MonitorsFile
{
    Q_DECLARE_TR_FUNCTIONS(MonitorsFile)

public:
    explicit MonitorsFile(Problems &problems) : m_problems(problems) {}

    Configuration read(const YamlNodePtr &root)
    {
        FieldReader file(root, tr("The file"), {}, m_problems);
        if (!readVersion(file))
            return {};
        if (auto defaults = file.map(QStringLiteral("defaults"))) {
            readTimes(*defaults, m_limits, &m_defaults);
            defaults->finish();
        }
        if (auto network = file.map(QStringLiteral("network")))
            m_configuration.network = readNetwork(*network);
        if (const auto *services = file.list(QStringLiteral("services")))
            for (const auto &service : *services)
                readService(service);
        readMonitors(file, {});
        file.finish();
        if (m_problems.isEmpty())
            checkDependencies(m_configuration.monitors, m_origins, m_problems);
        return m_configuration;
    }

private:
    bool readVersion(FieldReader &file)
    {
        const QString key = QStringLiteral("version");
        if (file.keys().isEmpty()) {
            if (m_problems.isEmpty())
                m_problems.add({}, tr("The file is empty. Begin with \"version: 1\"."));
            return false;
        }
        const bool given = file.has(key);
        const auto node = file.value(key);
        const auto number = scalarNumber(node);
        if (number == kVersion)
            return true;
        if (!given)
            m_problems.add({}, tr("The file has no version. Begin with \"version: 1\"."));
        else if (number > kVersion)
            file.wrong(key, tr("A newer Backwatch wrote this file (version %1). Update Backwatch to read it.")
                                .arg(*number));
        else if (node)
            file.wrong(key, tr("version is the number 1."));
        return false;
    }

    void readService(const YamlNodePtr &node)
    {
        FieldReader fields(node, tr("A service"), node->at, m_problems);
        Service service;
        service.name = readName(fields);
        service.load = readLoad(fields);
        service.timeouts = readTimeouts(fields, m_limits);
        service.maintenance = readMaintenance(fields);
        readMonitors(fields, service.name);
        fields.finish();
        if (!service.name.isEmpty() && claim(m_serviceLines, service.name, fields.at(QStringLiteral("name"))))
            m_configuration.services.append(service);
    }

    void readMonitors(FieldReader &parent, const QString &service)
    {
        const auto *items = parent.list(QStringLiteral("monitors"));
        if (!items)
            return;
        if (m_configuration.monitors.size() + static_cast<qsizetype>(items->size()) > kMostMonitors) {
            parent.wrong(QStringLiteral("monitors"),
                         tr("The file names more than %n monitor(s). Split it into several.", nullptr,
                            static_cast<int>(kMostMonitors)));
            return;
        }
        for (const auto &item : *items)
            readOneMonitor(item, service);
    }

    void readOneMonitor(const YamlNodePtr &node, const QString &service)
    {
        FieldReader fields(node, tr("A monitor"), node->at, m_problems);
        if (fields.keys().isEmpty() && node->kind != YamlNode::Kind::Map)
            return;
        Monitor monitor = m_defaults;
        monitor.service = service;
        monitor.name = readName(fields);
        MonitorOrigin origin{fields.at(QStringLiteral("name")), {}};
        backwatch::readMonitor(fields, m_limits, &monitor, &origin.others);
        fields.finish();
        if (monitor.name.isEmpty() || !claim(m_monitorLines, qualifiedName(monitor), origin.name))
            return;
        m_configuration.monitors.append(monitor);
        m_origins.append(origin);
    }

    /// Whether the name is used for the first time.
    bool claim(QHash<QString, int> &lines, const QString &name, TextPosition at)
    {
        const auto other = lines.constFind(name);
        if (other == lines.constEnd()) {
            lines.insert(name, at.lineNumber());
            return true;
        }
        m_problems.add(at,
                       tr("The name \"%1\" is used twice, first in line %2. Give one of them another name.")
                           .arg(name, QString::number(*other)));
        return false;
    }

    Problems &m_problems;
    const DurationLimits m_limits = DurationLimits::forFiles();
    Monitor m_defaults;
    Configuration m_configuration;
    QList<MonitorOrigin> m_origins;
    QHash<QString, int> m_serviceLines;
    QHash<QString, int> m_monitorLines;
};

/// A byte order mark is no part of the text.
QByteArray withoutMark(const QByteArray &text)
{
    return text.startsWith("\xEF\xBB\xBF") ? text.sliced(3) : text;
}

} // namespace

Result<Configuration> readMonitorsFile(const QByteArray &text, const QString &fileName)
{
    Problems problems(withoutMark(text), fileName);
    Configuration configuration;
    if (const auto root = readYaml(problems))
        configuration = MonitorsFile(problems).read(root);
    if (!problems.isEmpty())
        return tl::make_unexpected(problems.toError());
    return configuration;
}

QByteArray writeMonitorsFile(const Configuration &configuration)
{
    return writtenSpec(fileSpec(configuration), SpecStyle::Yaml) + '\n';
}

QByteArray writeMonitorsFileAsJson(const Configuration &configuration)
{
    return writtenSpec(fileSpec(configuration), SpecStyle::Json) + '\n';
}

} // namespace backwatch
