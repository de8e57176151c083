// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labdatabases.h"
#include "tests/lab/support/labnameserver.h"

namespace backwatch {

/// A website as many are: Varnish before nginx before PHP-FPM with WordPress, which keeps its posts in
/// MariaDB. Every part can be hurt by itself. The page that is looked at is the login page; it needs no
/// theme.
class LabWordPress
{
public:
    /// The program or package that is not there; empty when all are.
    static QString missing();

    /// Starts all parts and installs WordPress; problem() says why not.
    bool start();
    /// One part again, at its old port.
    bool startDatabase() { return m_database.start(); }
    bool startPool();
    bool startWebServer();
    bool startCache();

    LabMariadb &database() { return m_database; }
    LabProcess &pool() { return m_pool; }
    LabProcess &webServer() { return m_webServer; }
    /// Knows poolName(), by which nginx finds the pool, unless it is started again without.
    LabNameServer &nameServer() { return m_nameServer; }
    static QString poolName() { return QStringLiteral("pool.shop.example"); }

    QString url(const QString &path = QStringLiteral("/wp-login.php")) const;
    quint16 webServerPort() const { return m_webServerPort; }
    quint16 poolPort() const { return m_poolPort; }
    quint16 poolStatusPort() const { return m_poolStatusPort; }
    /// Waits until the front answers this; false when it does not.
    bool waitForStatus(int status, const QString &path = QStringLiteral("/wp-login.php")) const;
    int statusOf(const QString &url) const; ///< 0: no answer

    bool switchMaintenance(bool on);
    /// nginx turns requests of this path away from now on, or does not any more.
    bool limitRequests(bool on);
    QString problem() const { return m_problem + m_database.problem() + m_nameServer.problem(); }

private:
    bool writeSite();
    bool writeWebServer(bool limited);
    bool install();
    bool keep(bool good, const QString &problem);

    QTemporaryDir m_folder;
    LabMariadb m_database;
    LabNameServer m_nameServer;
    LabProcess m_pool;
    LabProcess m_webServer;
    LabProcess m_cache;
    quint16 m_poolPort = LabProcess::freePort();
    quint16 m_poolStatusPort = LabProcess::freePort();
    quint16 m_webServerPort = LabProcess::freePort();
    quint16 m_cachePort = LabProcess::freePort();
    QString m_problem;
};

} // namespace backwatch
