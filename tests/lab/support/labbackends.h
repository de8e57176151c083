// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labprocess.h"

#include <QTemporaryDir>

#include <memory>

namespace backwatch {

/// A server of Debian's on a free loopback port with a folder of its own, of which a test wants to know
/// little more than where it listens.
class LabBackend
{
public:
    virtual ~LabBackend() = default;

    QString missing() const; ///< the program that is not installed; empty when it is
    bool start();
    bool stop() { return m_process.stop(); }
    quint16 port() const { return m_port; }
    const LabProcess &process() const { return m_process; }
    /// All that it said so far, of whatever log.
    QByteArray log();
    QString problem() const { return m_problem + m_process.problem(); }

protected:
    explicit LabBackend(QString program) : m_program(std::move(program)) {}

    /// Writes files; the arguments to start with, empty after a problem.
    virtual QStringList prepare() = 0;

    QString path(const QString &name) const { return m_folder.filePath(name); }
    bool write(const QString &name, const QString &text);
    /// key.pem and cert.pem for localhost and 127.0.0.1, signed by itself.
    bool makeCertificate();
    bool run(const QString &program, const QStringList &arguments);

    QString m_logFile; ///< beside what it says on its outputs
    QString m_problem;

private:
    QString m_program;
    QTemporaryDir m_folder;
    quint16 m_port = LabProcess::freePort();
    LabProcess m_process;
};

/// Wants the password "basket".
std::unique_ptr<LabBackend> labRedis();
std::unique_ptr<LabBackend> labMemcached();
/// One worker; /ping and /status.
std::unique_ptr<LabBackend> labPhpFpm();
std::unique_ptr<LabBackend> labSshd();
/// IMAP with STARTTLS.
std::unique_ptr<LabBackend> labDovecot();
/// POP3 with STARTTLS; another package than the one for IMAP.
std::unique_ptr<LabBackend> labDovecotPop3();
/// SMTP with STARTTLS.
std::unique_ptr<LabBackend> labExim();
/// LDAP with STARTTLS.
std::unique_ptr<LabBackend> labSlapd();
/// FTP with STARTTLS.
std::unique_ptr<LabBackend> labVsftpd();

} // namespace backwatch
