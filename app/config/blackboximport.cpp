// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/blackboximport.h"

#include "app/config/blackboxmodule.h"
#include "app/config/httpimport.h"
#include "app/config/yamlvalues.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

using namespace std::chrono_literals;

struct BlackboxText
{
    Q_DECLARE_TR_FUNCTIONS(BlackboxImport)
};

class Exporter
{
public:
    explicit Exporter(ImportCollection &collection) : m_collection(collection) {}

    void readModules(const YamlNodePtr &root)
    {
        if (const auto modules = child(root, "modules"))
            for (const auto &entry : modules->entries)
                m_modules.insert(entry.key, entry.value);
    }

    void readJobs(const YamlNodePtr &root)
    {
        const auto interval = durationAt(child(root, "global"), "scrape_interval").value_or(60s);
        for (const auto &job : itemsAt(root, "scrape_configs"))
            if (textAt(job, "metrics_path") == u"/probe" || child(child(job, "params"), "module"))
                readJob(job, interval);
    }

    bool hasModules() const { return !m_modules.isEmpty(); }
    bool hasJobs() const { return m_hasJobs; }

private:
    void readJob(const YamlNodePtr &job, milliseconds usualInterval)
    {
        m_hasJobs = true;
        const QString name = textAt(job, "job_name");
        for (const auto &key : keysOf(job))
            if (key.endsWith(QStringLiteral("_sd_configs")))
                m_collection.leaveOut(
                    name, BlackboxText::tr("targets found by %1 are not taken over; only listed ones are.")
                              .arg(key));
        const QString module = textsAt(child(job, "params"), "module").value(0, QStringLiteral("http_2xx"));
        for (const auto &group : itemsAt(job, "static_configs"))
            for (const auto &target : textsAt(group, "targets")) {
                Monitor monitor;
                monitor.name = target.section(QStringLiteral("://"), -1);
                while (monitor.name.endsWith(u'/'))
                    monitor.name.chop(1);
                monitor.service = name;
                monitor.interval = durationAt(job, "scrape_interval").value_or(usualInterval);
                monitor.timeout = durationAt(job, "scrape_timeout").value_or(10s);
                take(monitor, module, target);
            }
    }

    void take(Monitor monitor, const QString &moduleName, const QString &target)
    {
        const auto usual = usualModules();
        const bool known = m_modules.contains(moduleName);
        if (!known && !usual.contains(moduleName)) {
            m_collection.leaveOut(
                monitor.name, BlackboxText::tr("there is no module “%1”; name the file of the exporter, too.")
                                  .arg(moduleName));
            return;
        }
        const auto node = m_modules.value(moduleName);
        BlackboxModule module{node, known ? textAt(node, "prober") : usual.value(moduleName), m_collection,
                              monitor.name};
        if (const auto timeout = durationAt(node, "timeout"))
            monitor.timeout = *timeout;
        if (const auto check = module.checkOf(target)) {
            monitor.check = *check;
            m_collection.add(monitor);
        }
    }

    /// What the modules that come with it ask.
    static QHash<QString, QString> usualModules()
    {
        const QString tcp = QStringLiteral("tcp");
        return {{QStringLiteral("http_2xx"), QStringLiteral("http")},
                {QStringLiteral("tcp_connect"), tcp},
                {QStringLiteral("icmp"), QStringLiteral("icmp")}};
    }

    ImportCollection &m_collection;
    QHash<QString, YamlNodePtr> m_modules;
    bool m_hasJobs = false;
};

} // namespace

Result<ImportedMonitors> monitorsFromBlackbox(const QList<std::pair<QString, QByteArray>> &files)
{
    ImportCollection collection;
    Exporter exporter(collection);
    QList<YamlNodePtr> roots;
    for (const auto &[name, text] : files) {
        const auto root = parsedYaml(text, name);
        if (!root)
            return tl::make_unexpected(root.error());
        roots += *root;
        exporter.readModules(*root);
    }
    for (const auto &root : std::as_const(roots))
        exporter.readJobs(root);
    const QString name = files.value(0).first;
    if (!exporter.hasModules() && !exporter.hasJobs())
        return failure(Error::Kind::Invalid,
                       BlackboxText::tr("%1 has neither modules of a blackbox exporter nor probe jobs of a "
                                        "Prometheus. Name blackbox.yml and prometheus.yml.")
                           .arg(name));
    if (!exporter.hasJobs())
        return failure(
            Error::Kind::Invalid,
            BlackboxText::tr("%1 says how things are checked, but not which. Name the prometheus.yml "
                             "with the targets behind it.")
                .arg(name));
    return collection.finish();
}

} // namespace backwatch
