// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configurationstore.h"

#include "app/config/changeaudit.h"
#include "app/config/storedspec.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSqlError>
#include <QSqlQuery>

namespace backwatch {

namespace {

const QString kRevision = QStringLiteral("configuration_revision");
const QString kNetwork = QStringLiteral("network");

struct Store
{
    Q_DECLARE_TR_FUNCTIONS(ConfigurationStore)
};

tl::unexpected<Error> cannotRead(const QString &reason)
{
    return failure(
        Error::Kind::Unreadable,
        Store::tr("The monitors cannot be read from the database: %1. Run \"backwatch doctor\" to see "
                  "what is wrong with it.")
            .arg(reason));
}

tl::unexpected<Error> cannotWrite(const QSqlQuery &query)
{
    return failure(
        Error::Kind::Unwritable,
        Store::tr("The change was not stored in the database: %1. Check free space and rights, then try "
                  "again.")
            .arg(query.lastError().text()));
}

/// The row that a change meant is not there: somebody else was faster.
tl::unexpected<Error> outdated(const QString &name)
{
    return failure(
        Error::Kind::Conflict,
        Store::tr("\"%1\" was changed or removed by another Backwatch meanwhile. Look at it again, then "
                  "repeat the change.")
            .arg(name));
}

/// One statement on one connection, with values in the order of its question marks.
class Statement
{
public:
    Statement(const QSqlDatabase &database, const QString &sql) : m_query(database)
    {
        m_query.setForwardOnly(true);
        m_prepared = m_query.prepare(sql);
    }

    template <typename... Values>
    bool run(const Values &...values)
    {
        if (!m_prepared)
            return false;
        int place = 0;
        (m_query.bindValue(place++, values), ...);
        return m_query.exec();
    }

    QSqlQuery &query() { return m_query; }

private:
    QSqlQuery m_query;
    bool m_prepared = false;
};

/// A null string would become NULL.
QString notNull(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

/// Applies changes one by one; statements are prepared once.
class ChangeWriter
{
public:
    explicit ChangeWriter(const QSqlDatabase &database)
        : m_insert(database, QStringLiteral(
                                 "INSERT INTO monitor (service, name, spec, created_at) VALUES (?, ?, ?, ?)"))
        , m_update(database,
                   QStringLiteral(
                       "UPDATE monitor SET service = ?, name = ?, spec = ? WHERE id = ? AND removed_at IS "
                       "NULL"))
        , m_remove(database,
                   QStringLiteral("UPDATE monitor SET removed_at = ? WHERE id = ? AND removed_at IS NULL"))
        , m_addService(database,
                       QStringLiteral("INSERT INTO service (name, spec) VALUES (?, ?) ON CONFLICT (name) DO "
                                      "UPDATE SET spec = excluded.spec"))
        , m_needService(database,
                        QStringLiteral("INSERT OR IGNORE INTO service (name, spec) VALUES (?, '{}')"))
        , m_removeService(database, QStringLiteral("DELETE FROM service WHERE name = ?"))
        , m_setting(database,
                    QStringLiteral("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO "
                                   "UPDATE SET value = excluded.value"))
        , m_database(database)
        , m_who(currentAccount())
        , m_now(QDateTime::currentMSecsSinceEpoch())
    {
    }

    Result<void> apply(const ConfigurationChange &change)
    {
        Result<void> done;
        if (change.networkAfter)
            done = storeNetwork(*change.networkAfter);
        if (done && change.serviceAfter)
            done = storeService(*change.serviceAfter);
        if (done && change.serviceBefore &&
            (!change.serviceAfter || change.serviceAfter->name != change.serviceBefore->name))
            done = removeService(*change.serviceBefore);
        if (done && change.monitorAfter)
            done = storeMonitor(*change.monitorAfter, change.monitorBefore);
        else if (done && change.monitorBefore)
            done = removeMonitor(*change.monitorBefore);
        if (!done)
            return done;
        const qint64 monitor = change.monitorBefore  ? change.monitorBefore->id
                               : change.monitorAfter ? m_insert.query().lastInsertId().toLongLong()
                                                     : 0;
        return recordChange(m_database, change, monitor, m_who, m_now);
    }

private:
    Result<void> storeNetwork(const NetworkSettings &network)
    {
        const auto spec = storedSpec(network);
        if (!spec)
            return tl::make_unexpected(spec.error());
        if (!m_setting.run(kNetwork, QString::fromUtf8(*spec)))
            return cannotWrite(m_setting.query());
        return {};
    }

    Result<void> storeService(const Service &service)
    {
        const auto spec = storedSpec(service);
        if (!spec)
            return tl::make_unexpected(spec.error());
        if (!m_addService.run(service.name, QString::fromUtf8(*spec)))
            return cannotWrite(m_addService.query());
        return {};
    }

    Result<void> removeService(const Service &service)
    {
        if (!m_removeService.run(service.name))
            return cannotWrite(m_removeService.query());
        return {};
    }

    Result<void> storeMonitor(const Monitor &monitor, const std::optional<Monitor> &before)
    {
        const auto spec = storedSpec(monitor);
        if (!spec)
            return tl::make_unexpected(spec.error());
        if (!monitor.service.isEmpty() && !m_needService.run(monitor.service))
            return cannotWrite(m_needService.query());
        const QString service = notNull(monitor.service);
        if (!before) {
            if (m_insert.run(service, monitor.name, QString::fromUtf8(*spec), m_now))
                return {};
            return cannotWrite(m_insert.query());
        }
        if (!m_update.run(service, monitor.name, QString::fromUtf8(*spec), before->id))
            return cannotWrite(m_update.query());
        if (m_update.query().numRowsAffected() != 1)
            return outdated(qualifiedName(*before));
        return {};
    }

    Result<void> removeMonitor(const Monitor &monitor)
    {
        if (!m_remove.run(m_now, monitor.id))
            return cannotWrite(m_remove.query());
        if (m_remove.query().numRowsAffected() != 1)
            return outdated(qualifiedName(monitor));
        return {};
    }

    Statement m_insert;
    Statement m_update;
    Statement m_remove;
    Statement m_addService;
    Statement m_needService;
    Statement m_removeService;
    Statement m_setting;
    QSqlDatabase m_database;
    QString m_who;
    qint64 m_now;
};

Result<NetworkSettings> loadNetwork(const QSqlDatabase &database)
{
    Statement setting(database, QStringLiteral("SELECT value FROM setting WHERE key = ?"));
    if (!setting.run(kNetwork))
        return cannotRead(setting.query().lastError().text());
    if (!setting.query().next())
        return NetworkSettings();
    const auto network = networkFromSpec(setting.query().value(0).toString().toUtf8());
    if (!network)
        return cannotRead(network.error().sentence);
    return network;
}

bool isRemoval(const ConfigurationChange &change)
{
    return !change.monitorAfter && !change.serviceAfter && !change.networkAfter;
}

} // namespace

Result<Configuration> loadConfiguration(const QSqlDatabase &database)
{
    Configuration configuration;
    const auto network = loadNetwork(database);
    if (!network)
        return tl::make_unexpected(network.error());
    configuration.network = *network;
    Statement services(database, QStringLiteral("SELECT name, spec FROM service ORDER BY name"));
    if (!services.run())
        return cannotRead(services.query().lastError().text());
    while (services.query().next()) {
        const auto service = serviceFromSpec(services.query().value(1).toString().toUtf8(),
                                             services.query().value(0).toString());
        if (!service)
            return cannotRead(service.error().sentence);
        configuration.services.append(*service);
    }
    Statement monitors(
        database,
        QStringLiteral("SELECT id, service, name, spec FROM monitor WHERE removed_at IS NULL ORDER BY id"));
    if (!monitors.run())
        return cannotRead(monitors.query().lastError().text());
    auto &row = monitors.query();
    while (row.next()) {
        auto monitor = monitorFromSpec(row.value(3).toString().toUtf8(), row.value(1).toString(),
                                       row.value(2).toString());
        if (!monitor)
            return cannotRead(monitor.error().sentence);
        monitor->id = row.value(0).toLongLong();
        configuration.monitors.append(*monitor);
    }
    if (row.lastError().isValid())
        return cannotRead(row.lastError().text());
    return configuration;
}

Result<void> storeChanges(QSqlDatabase &database, const QList<ConfigurationChange> &changes)
{
    if (changes.isEmpty())
        return {};
    ChangeWriter writer(database);
    // Removals first: their names become free for what is added or renamed.
    for (const bool removals : {true, false}) {
        for (const auto &change : changes) {
            if (isRemoval(change) != removals)
                continue;
            if (auto done = writer.apply(change); !done)
                return done;
        }
    }
    Statement revision(
        database,
        QStringLiteral("INSERT INTO setting (key, value) VALUES (?, '1') ON CONFLICT (key) DO UPDATE SET "
                       "value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"));
    if (!revision.run(kRevision))
        return cannotWrite(revision.query());
    return {};
}

Result<qint64> configurationRevision(const QSqlDatabase &database)
{
    Statement revision(database, QStringLiteral("SELECT value FROM setting WHERE key = ?"));
    if (!revision.run(kRevision))
        return cannotRead(revision.query().lastError().text());
    return revision.query().next() ? revision.query().value(0).toLongLong() : 0;
}

} // namespace backwatch
