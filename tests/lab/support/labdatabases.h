// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labprocess.h"

#include <QTemporaryDir>

namespace backwatch {

/// Stops a process and its children where they stand, as a machine does that is out of memory or a disk that
/// hangs; it goes on when this object ends.
class Frozen
{
public:
    explicit Frozen(const LabProcess &process);
    ~Frozen();
    Frozen(const Frozen &) = delete;
    Frozen &operator=(const Frozen &) = delete;

private:
    QList<qint64> m_pids;
};

/// MariaDB with an empty data folder of its own. The user `shop` has the password `basket` and one
/// database of the same name; a host is locked out after five broken connections.
class LabMariadb
{
public:
    static bool installed();

    /// On all addresses, for a host that is not the loopback one: that one is never locked out.
    bool start();
    /// From the next start on, with a certificate that it signed for itself.
    void offerTls() { m_tls = true; }
    bool stop() { return m_process.stop(); }

    quint16 port() const { return m_port; }
    QString socket() const { return m_folder.filePath(QStringLiteral("s")); }
    const LabProcess &process() const { return m_process; }
    QByteArray log() { return m_process.output(); }
    QString problem() const { return m_problem + m_process.problem(); }

private:
    bool makeDataFolder();

    QTemporaryDir m_folder;
    quint16 m_port = LabProcess::freePort();
    LabProcess m_process;
    bool m_tls = false;
    QString m_problem;
};

/// PostgreSQL with an empty cluster of its own; `shop` logs in with the password `basket`, and its default
/// database is there.
class LabPostgres
{
public:
    static bool installed() { return !program(QStringLiteral("postgres")).isEmpty(); }

    bool start();
    /// From the next start on, with a certificate that it signed for itself.
    void offerTls() { m_tls = true; }
    bool stop() { return m_process.stop(); }

    quint16 port() const { return m_port; }
    const LabProcess &process() const { return m_process; }
    QByteArray log() { return m_process.output(); }
    QString problem() const { return m_problem + m_process.problem(); }

private:
    static QString program(const QString &name);
    bool makeCluster();
    bool makeCertificate();

    QTemporaryDir m_folder;
    quint16 m_port = LabProcess::freePort();
    LabProcess m_process;
    bool m_tls = false;
    QString m_problem;
};

} // namespace backwatch
