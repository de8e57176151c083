// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labdatabases.h"
#include "tests/lab/support/labnameserver.h"

namespace backwatch {

/// What HAProxy is told besides where it listens; as lines of its configuration.
struct Balancing
{
    QString rules{};    ///< of the frontend
    QString backend{};  ///< of the backend, before its one server
    QString server{};   ///< options of that server
    QString host{};     ///< name or address of that server; empty: Apache at 127.0.0.1
    QString sections{}; ///< others, after these
};

/// A website as many are: HAProxy before Apache httpd before gunicorn with a program of its own (shop.py),
/// which keeps its data in PostgreSQL; and a name server that knows where Apache is. Every part can be hurt
/// by itself.
class LabHaproxyChain
{
public:
    /// The program that is not there; empty when all are.
    static QString missing();

    /// Starts all parts; problem() says why not.
    bool start();
    /// One part again, at its old port.
    bool startDatabase() { return m_database.start(); }
    /// @param timeout seconds after which gunicorn kills a worker that does not come back
    bool startRuntime(int timeout = 30);
    bool startWebServer();
    /// Stops it first where it runs.
    bool startBalancer(const Balancing &balancing = {});

    LabPostgres &database() { return m_database; }
    LabProcess &runtime() { return m_runtime; }
    LabProcess &webServer() { return m_webServer; }
    LabProcess &balancer() { return m_balancer; }
    /// Knows webServerName() unless it is started again without.
    LabNameServer &nameServer() { return m_nameServer; }

    quint16 balancerPort() const { return m_balancerPort; }
    quint16 runtimePort() const { return m_runtimePort; }
    quint16 webServerPort() const { return m_webServerPort; }
    static QString webServerName() { return QStringLiteral("web.shop.example"); }

    QString url(const QString &path = QStringLiteral("/")) const;
    /// Waits until the front answers this; false when it does not.
    bool waitForStatus(int status, const QString &path = QStringLiteral("/")) const;
    /// Leaves a visitor waiting for a page that takes a minute.
    bool sendVisitor(LabProcess *visitor, quint16 port) const;

    /// The file that HAProxy's checks ask for is there, or is not.
    bool switchHealthFile(bool there);
    bool switchMaintenance(bool on);
    QString problem() const { return m_problem + m_database.problem() + m_nameServer.problem(); }

private:
    bool keep(bool good, const QString &problem);
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    LabPostgres m_database;
    LabProcess m_runtime;
    LabProcess m_webServer;
    LabProcess m_balancer;
    LabNameServer m_nameServer;
    quint16 m_runtimePort = LabProcess::freePort();
    quint16 m_webServerPort = LabProcess::freePort();
    quint16 m_balancerPort = LabProcess::freePort();
    QString m_problem;
};

} // namespace backwatch
