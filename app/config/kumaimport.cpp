// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/kumaimport.h"

#include "app/config/kumatext.h"

namespace backwatch {

namespace {

milliseconds seconds(double value)
{
    constexpr double kMost = 1e9;
    return milliseconds(static_cast<qint64>(qBound(0.0, value, kMost) * 1'000));
}

Monitor monitorWithTimes(const KumaRow &row)
{
    Monitor monitor;
    monitor.name = row.text("name");
    monitor.interval = seconds(row.decimal("interval"));
    // It checks again after the whole interval where it knows no other.
    monitor.retryInterval =
        row.number("retry_interval") > 0 ? seconds(row.decimal("retry_interval")) : monitor.interval;
    monitor.retries = static_cast<int>(qBound(qint64(0), row.number("maxretries"), qint64(100)));
    constexpr double kTimeoutShare = 0.8; // of the interval, before it had a setting of its own
    monitor.timeout = row.decimal("timeout") > 0 ? seconds(row.decimal("timeout"))
                                                 : seconds(row.decimal("interval") * kTimeoutShare);
    monitor.paused = !row.flag("active");
    return monitor;
}

Layer layerOf(const CheckSpec &check)
{
    if (std::holds_alternative<DatabaseCheck>(check))
        return Layer::Database;
    if (std::holds_alternative<RedisCheck>(check))
        return Layer::Cache;
    if (std::holds_alternative<DnsCheck>(check))
        return Layer::Dns;
    if (std::holds_alternative<PingCheck>(check))
        return Layer::Host;
    return Layer::Unknown;
}

/// Groups come after what is in them, whatever their order in the table; a circle never comes.
class Groups
{
public:
    Groups(const QList<KumaRow> &rows, ImportCollection &collection) : m_collection(collection)
    {
        for (const auto &row : rows) {
            if (row.text("type") == u"group")
                m_waiting += row;
            if (row.number("parent") != 0)
                m_children[row.number("parent")] += row.number("id");
            m_isGroup.insert(row.number("id"), row.text("type") == u"group");
        }
    }

    void addAll(const QHash<qint64, QList<MaintenanceWindow>> &maintenance)
    {
        bool progress = true;
        while (progress && !m_waiting.isEmpty()) {
            progress = false;
            for (qsizetype i = m_waiting.size(); i-- > 0;) {
                if (hasWaitingChild(m_waiting.at(i)))
                    continue;
                const KumaRow row = m_waiting.takeAt(i);
                m_done.insert(row.number("id"));
                add(row, maintenance);
                progress = true;
            }
        }
        for (const auto &row : std::as_const(m_waiting))
            m_collection.leaveOut(row.text("name"), KumaText::tr("the group contains itself."));
    }

private:
    bool hasWaitingChild(const KumaRow &row) const
    {
        for (const qint64 child : m_children.value(row.number("id")))
            if (m_isGroup.value(child) && !m_done.contains(child))
                return true;
        return false;
    }

    void add(const KumaRow &row, const QHash<qint64, QList<MaintenanceWindow>> &maintenance)
    {
        GroupCheck check;
        for (const qint64 child : m_children.value(row.number("id")))
            if (const QString name = m_collection.nameOf(child); !name.isEmpty())
                check.members += name;
        if (check.members.isEmpty()) {
            m_collection.leaveOut(row.text("name"), KumaText::tr("nothing in the group can be checked."));
            return;
        }
        Monitor monitor = monitorWithTimes(row);
        monitor.check = check;
        monitor.maintenance = maintenance.value(row.number("id"));
        m_collection.add(monitor, row.number("id"));
    }

    ImportCollection &m_collection;
    QList<KumaRow> m_waiting;
    QSet<qint64> m_done;
    QHash<qint64, QList<qint64>> m_children;
    QHash<qint64, bool> m_isGroup;
};

void mentionWhatIsNotRead(const KumaDatabase &kuma, ImportCollection &collection)
{
    const QList<std::pair<const char *, QString>> others{
        {"notification", KumaText::tr("Notifications are not taken over; set up alerts here.")},
        {"monitor_tag", KumaText::tr("Tags are not taken over; monitors are grouped by service here.")},
        {"status_page", KumaText::tr("Status pages are not taken over; Backwatch publishes none.")},
    };
    for (const auto &[table, sentence] : others) {
        if (!kuma.hasTable(QLatin1String(table)))
            continue;
        const auto rows = kuma.rows(QStringLiteral("SELECT 1 FROM %1 LIMIT 1").arg(QLatin1String(table)));
        if (rows && !rows->isEmpty())
            collection.leaveOut(sentence);
    }
}

/// Version 2 forgets beats and keeps their averages, which hold no single check.
void mentionAverages(const KumaDatabase &kuma, ImportCollection &collection)
{
    for (const auto *table : {"stat_daily", "stat_hourly"}) {
        if (!kuma.hasTable(QLatin1String(table)))
            continue;
        const auto older = kuma.rows(
            QStringLiteral("SELECT count(*) AS rows FROM %1 WHERE timestamp < "
                           "(SELECT ifnull(min(strftime('%s', time)), 1e11) - 86400 FROM heartbeat)")
                .arg(QLatin1String(table)));
        if (!older || older->isEmpty() || older->first().number("rows") == 0)
            continue;
        collection.leaveOut(
            KumaText::tr(
                "Averages of checks that Uptime Kuma has deleted (%1) are not taken over: they do not say "
                "when what failed.")
                .arg(QLatin1String(table)));
        return;
    }
}

} // namespace

Result<ImportedMonitors> monitorsOf(const KumaDatabase &kuma)
{
    ImportCollection collection;
    const auto rows = kuma.rows(QStringLiteral("SELECT * FROM monitor ORDER BY id"));
    if (!rows)
        return tl::make_unexpected(rows.error());
    QHash<qint64, KumaRow> proxies;
    if (kuma.hasTable(QStringLiteral("proxy"))) {
        const auto found = kuma.rows(QStringLiteral("SELECT * FROM proxy"));
        if (!found)
            return tl::make_unexpected(found.error());
        for (const auto &proxy : *found)
            proxies.insert(proxy.number("id"), proxy);
    }
    const auto maintenance = kumaMaintenance(kuma, collection);
    if (!maintenance)
        return tl::make_unexpected(maintenance.error());
    for (const auto &row : *rows) {
        if (row.text("type") == u"group")
            continue;
        const auto check = kumaCheck(row, proxies, collection);
        if (!check)
            continue;
        Monitor monitor = monitorWithTimes(row);
        monitor.check = *check;
        monitor.layer = layerOf(*check);
        monitor.maintenance = maintenance->value(row.number("id"));
        collection.add(monitor, row.number("id"));
    }
    Groups(*rows, collection).addAll(*maintenance);
    mentionWhatIsNotRead(kuma, collection);
    mentionAverages(kuma, collection);
    return collection.finish();
}

} // namespace backwatch
