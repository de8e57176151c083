// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labdatabases.h"

#include "tests/lab/support/labcertificate.h"
#include "tests/lab/support/program.h"

#include <QDir>
#include <QtTest>

#include <unistd.h>

#include <csignal>

namespace backwatch {

namespace {

bool writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

/// PostgreSQL does not run as root: what goes before its command line then.
QStringList asItsUser(const QStringList &command)
{
    if (::geteuid() != 0)
        return command;
    return QStringList{LabProcess::find(QStringLiteral("setpriv")), QStringLiteral("--reuid=postgres"),
                       QStringLiteral("--regid=postgres"), QStringLiteral("--clear-groups"),
                       QStringLiteral("--")} +
           command;
}

} // namespace

Frozen::Frozen(const LabProcess &process) : m_pids{process.pid()}
{
    // The process first, so that no child is born unseen.
    for (qsizetype i = 0; i < m_pids.size(); ++i) {
        ::kill(static_cast<pid_t>(m_pids.at(i)), SIGSTOP);
        QFile children(QStringLiteral("/proc/%1/task/%1/children").arg(m_pids.at(i)));
        if (children.open(QIODevice::ReadOnly))
            for (const auto &child : children.readAll().simplified().split(' '))
                if (const qint64 pid = child.toLongLong(); pid > 0)
                    m_pids.append(pid);
    }
}

Frozen::~Frozen()
{
    for (const qint64 pid : std::as_const(m_pids))
        ::kill(static_cast<pid_t>(pid), SIGCONT);
}

bool LabMariadb::installed()
{
    return !LabProcess::find(QStringLiteral("mariadbd")).isEmpty() &&
           !LabProcess::find(QStringLiteral("mariadb-install-db")).isEmpty();
}

bool LabMariadb::makeDataFolder()
{
    if (QFileInfo::exists(m_folder.filePath(QStringLiteral("data"))))
        return true;
    QStringList arguments{QStringLiteral("--no-defaults"),
                          QStringLiteral("--auth-root-authentication-method=normal"),
                          QStringLiteral("--skip-test-db"), QStringLiteral("--skip-name-resolve"),
                          QStringLiteral("--datadir=%1").arg(m_folder.filePath(QStringLiteral("data")))};
    if (::geteuid() == 0)
        arguments += QStringLiteral("--user=root");
    const Finished made = runToEnd(LabProcess::find(QStringLiteral("mariadb-install-db")), arguments);
    m_problem = made.exitCode == 0 ? QString() : made.output + made.error;
    return made.exitCode == 0 && writeFile(m_folder.filePath(QStringLiteral("init.sql")),
                                           "CREATE DATABASE IF NOT EXISTS shop;\n"
                                           "CREATE USER IF NOT EXISTS shop@'%' IDENTIFIED BY 'basket';\n"
                                           "GRANT ALL ON shop.* TO shop@'%';\n");
}

bool LabMariadb::start()
{
    if (!makeDataFolder())
        return false;
    QStringList arguments{QStringLiteral("--no-defaults"),
                          QStringLiteral("--datadir=%1").arg(m_folder.filePath(QStringLiteral("data"))),
                          QStringLiteral("--socket=%1").arg(socket()),
                          QStringLiteral("--port=%1").arg(m_port),
                          QStringLiteral("--init-file=%1").arg(m_folder.filePath(QStringLiteral("init.sql"))),
                          QStringLiteral("--max-connect-errors=5"),
                          QStringLiteral("--innodb-buffer-pool-size=16M")};
    if (::geteuid() == 0)
        arguments += QStringLiteral("--user=root");
    if (m_tls) {
        m_problem = makeLabCertificate(m_folder.path());
        arguments += {QStringLiteral("--ssl-cert=%1").arg(m_folder.filePath(QStringLiteral("cert.pem"))),
                      QStringLiteral("--ssl-key=%1").arg(m_folder.filePath(QStringLiteral("key.pem")))};
    }
    return m_process.start(LabProcess::find(QStringLiteral("mariadbd")), arguments) &&
           m_process.waitForPort(m_port, 40'000);
}

QString LabPostgres::program(const QString &name)
{
    // Debian keeps one folder a version.
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        if (const QString path = versions.filePath(version + QStringLiteral("/bin/") + name);
            QFileInfo(path).isExecutable())
            return path;
    return LabProcess::find(name);
}

bool LabPostgres::makeCluster()
{
    const QString data = m_folder.filePath(QStringLiteral("data"));
    if (QFileInfo::exists(data))
        return true;
    const QString password = m_folder.filePath(QStringLiteral("password"));
    if (!writeFile(password, "basket\n"))
        return false;
    if (::geteuid() == 0) {
        const Finished given = runToEnd(QStringLiteral("chown"),
                                        {QStringLiteral("-R"), QStringLiteral("postgres"), m_folder.path()});
        m_problem = given.error;
    }
    QStringList command =
        asItsUser({program(QStringLiteral("initdb")), QStringLiteral("-D"), data, QStringLiteral("-U"),
                   QStringLiteral("shop"), QStringLiteral("--auth=scram-sha-256"),
                   QStringLiteral("--pwfile=%1").arg(password), QStringLiteral("--no-sync"),
                   QStringLiteral("--locale=C.UTF-8")});
    const QString first = command.takeFirst();
    const Finished made = runToEnd(first, command);
    m_problem += made.exitCode == 0 ? QString() : made.output + made.error;
    return made.exitCode == 0;
}

/// It reads its key as its own user.
bool LabPostgres::makeCertificate()
{
    m_problem = makeLabCertificate(m_folder.path());
    if (m_problem.isEmpty() && ::geteuid() == 0)
        m_problem = runToEnd(QStringLiteral("chown"),
                             {QStringLiteral("postgres"), m_folder.filePath(QStringLiteral("key.pem")),
                              m_folder.filePath(QStringLiteral("cert.pem"))})
                        .error;
    return m_problem.isEmpty();
}

bool LabPostgres::start()
{
    if (!makeCluster() || (m_tls && !makeCertificate()))
        return false;
    const auto setting = [](const QString &value) { return QStringList{QStringLiteral("-c"), value}; };
    QStringList tls;
    if (m_tls)
        tls = setting(QStringLiteral("ssl=on")) +
              setting(QStringLiteral("ssl_cert_file=%1").arg(m_folder.filePath(QStringLiteral("cert.pem")))) +
              setting(QStringLiteral("ssl_key_file=%1").arg(m_folder.filePath(QStringLiteral("key.pem"))));
    QStringList command =
        asItsUser(QStringList{program(QStringLiteral("postgres")), QStringLiteral("-D"),
                              m_folder.filePath(QStringLiteral("data")), QStringLiteral("-p"),
                              QString::number(m_port), QStringLiteral("-k"), m_folder.path(),
                              QStringLiteral("-c"), QStringLiteral("listen_addresses=127.0.0.1"),
                              QStringLiteral("-c"), QStringLiteral("fsync=off")} +
                  tls);
    const QString first = command.takeFirst();
    if (!m_process.start(first, command) || !m_process.waitForPort(m_port))
        return false;
    // It takes connections before it takes logins.
    return QTest::qWaitFor([&] { return m_process.output().contains("ready to accept connections"); },
                           20'000);
}

} // namespace backwatch
