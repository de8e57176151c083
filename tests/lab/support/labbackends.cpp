// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labbackends.h"

#include "tests/lab/support/labcertificate.h"
#include "tests/lab/support/program.h"

#include <QDir>
#include <QFile>

#include <pwd.h>
#include <unistd.h>

namespace backwatch {

namespace {

class Redis final : public LabBackend
{
public:
    Redis() : LabBackend(QStringLiteral("redis-server")) {}

private:
    QStringList prepare() override
    {
        return {QStringLiteral("--port"),       QString::number(port()),  QStringLiteral("--bind"),
                QStringLiteral("127.0.0.1"),    QStringLiteral("--save"), QString(),
                QStringLiteral("--appendonly"), QStringLiteral("no"),     QStringLiteral("--requirepass"),
                QStringLiteral("basket"),       QStringLiteral("--dir"),  path({})};
    }
};

class Memcached final : public LabBackend
{
public:
    Memcached() : LabBackend(QStringLiteral("memcached")) {}

private:
    QStringList prepare() override
    {
        return {QStringLiteral("-l"),    QStringLiteral("127.0.0.1"), QStringLiteral("-p"),
                QString::number(port()), QStringLiteral("-U"),        QStringLiteral("0"),
                QStringLiteral("-u"),    QStringLiteral("root"),      QStringLiteral("-v")};
    }
};

class PhpFpm final : public LabBackend
{
public:
    explicit PhpFpm(const QString &program) : LabBackend(program) {}

private:
    QStringList prepare() override
    {
        const QString text = QStringLiteral("[global]\nerror_log = %1\ndaemonize = no\n"
                                            "[www]\nuser = root\ngroup = root\nlisten = 127.0.0.1:%2\n"
                                            "pm = static\npm.max_children = 1\npm.status_path = /status\n"
                                            "ping.path = /ping\nping.response = pong\n");
        m_logFile = path(QStringLiteral("error.log"));
        if (!write(QStringLiteral("fpm.conf"), text.arg(m_logFile).arg(port())))
            return {};
        return {QStringLiteral("-n"), QStringLiteral("-R"), QStringLiteral("-F"), QStringLiteral("-y"),
                path(QStringLiteral("fpm.conf"))};
    }
};

class Sshd final : public LabBackend
{
public:
    Sshd() : LabBackend(QStringLiteral("sshd")) {}

private:
    QStringList prepare() override
    {
        const QString key = path(QStringLiteral("key"));
        const QString text =
            QStringLiteral("Port %1\nListenAddress 127.0.0.1\nHostKey %2\nPidFile none\nUsePAM no\n"
                           "LogLevel VERBOSE\n");
        const bool made = QDir().mkpath(QStringLiteral("/run/sshd")) &&
                          run(QStringLiteral("ssh-keygen"),
                              {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                               QStringLiteral("-N"), QString(), QStringLiteral("-f"), key}) &&
                          write(QStringLiteral("conf"), text.arg(port()).arg(key));
        if (!made)
            return {};
        return {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"),
                path(QStringLiteral("conf"))};
    }
};

class Dovecot final : public LabBackend
{
public:
    explicit Dovecot(const QString &protocol) : LabBackend(QStringLiteral("dovecot")), m_protocol(protocol) {}

private:
    QStringList prepare() override
    {
        // %1 folder, %2 port, %3 protocol.
        const QString text = QStringLiteral(R"(base_dir = %1/run
state_dir = %1/state
log_path = %1/log
protocols = %3
ssl = yes
ssl_cert = <%1/cert.pem
ssl_key = <%1/key.pem
default_internal_user = root
default_internal_group = root
auth_mechanisms = plain
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=1000 gid=1000 home=%1
}
mail_location = maildir:%1/mail
service %3-login {
  chroot =
  inet_listener %3 {
    address = 127.0.0.1
    port = %2
  }
  inet_listener %3s {
    port = 0
  }
}
service anvil {
  chroot =
}
)");
        // Its processes for logins have a user of their own and have to reach their sockets.
        QFile::setPermissions(path({}), QFile::permissions(path({})) | QFile::ExeGroup | QFile::ReadGroup |
                                            QFile::ExeOther | QFile::ReadOther);
        QString folder = path({});
        while (folder.endsWith(u'/'))
            folder.chop(1);
        m_logFile = folder + QStringLiteral("/log");
        if (!makeCertificate() ||
            !write(QStringLiteral("conf"), text.arg(folder).arg(port()).arg(m_protocol)))
            return {};
        return {QStringLiteral("-F"), QStringLiteral("-c"), path(QStringLiteral("conf"))};
    }

    QString m_protocol;
};

class Exim final : public LabBackend
{
public:
    Exim() : LabBackend(QStringLiteral("exim4")) {}

private:
    QStringList prepare() override
    {
        // Its log says of a client what it did not like: silence, haste, or leaving without a word.
        const QString text = QStringLiteral("primary_hostname = mx.example\n"
                                            "spool_directory = %1/spool\n"
                                            "log_file_path = %1/%slog\n"
                                            "pid_file_path = %1/pid\n"
                                            "exim_user = %3\n"
                                            "never_users =\n"
                                            "keep_environment =\n"
                                            "local_interfaces = <; [127.0.0.1]:%2\n"
                                            "tls_advertise_hosts = *\n"
                                            "tls_certificate = %1/cert.pem\n"
                                            "tls_privatekey = %1/key.pem\n"
                                            "log_selector = +smtp_connection +smtp_syntax_error\n");
        const passwd *user = ::getpwuid(::geteuid());
        const QString name = user ? QString::fromLocal8Bit(user->pw_name) : QStringLiteral("root");
        const QString folder = path({});
        m_logFile = path(QStringLiteral("mainlog"));
        QString filled = text;
        filled.replace(QStringLiteral("%1"), folder)
            .replace(QStringLiteral("%2"), QString::number(port()))
            .replace(QStringLiteral("%3"), name);
        if (!makeCertificate() || !write(QStringLiteral("conf"), filled))
            return {};
        // Debian's program reads its key as a user of its own, whatever the configuration says.
        const auto readable = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
        QFile::setPermissions(folder, readable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
        QFile::setPermissions(path(QStringLiteral("key.pem")), readable);
        return {QStringLiteral("-C"), path(QStringLiteral("conf")), QStringLiteral("-bdf")};
    }
};

} // namespace

QString LabBackend::missing() const
{
    return LabProcess::find(m_program).isEmpty() ? m_program : QString();
}

bool LabBackend::start()
{
    const QStringList arguments = prepare();
    return !arguments.isEmpty() && m_process.start(LabProcess::find(m_program), arguments) &&
           m_process.waitForPort(m_port);
}

QByteArray LabBackend::log()
{
    QFile file(m_logFile);
    QByteArray text = m_process.output();
    if (!m_logFile.isEmpty() && file.open(QIODevice::ReadOnly))
        text += file.readAll();
    return text;
}

bool LabBackend::write(const QString &name, const QString &text)
{
    QFile file(path(name));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
    if (!written)
        m_problem = file.errorString();
    return written;
}

bool LabBackend::makeCertificate()
{
    m_problem = makeLabCertificate(path({}));
    return m_problem.isEmpty();
}

bool LabBackend::run(const QString &program, const QStringList &arguments)
{
    const Finished finished = runToEnd(LabProcess::find(program), arguments);
    if (finished.exitCode != 0)
        m_problem = finished.error;
    return finished.exitCode == 0;
}

std::unique_ptr<LabBackend> labRedis()
{
    return std::make_unique<Redis>();
}

std::unique_ptr<LabBackend> labMemcached()
{
    return std::make_unique<Memcached>();
}

std::unique_ptr<LabBackend> labPhpFpm()
{
    // Debian's program carries the version of PHP.
    const QDir folder(QStringLiteral("/usr/sbin"));
    const auto programs = folder.entryList({QStringLiteral("php-fpm*")}, QDir::Files);
    return std::make_unique<PhpFpm>(programs.isEmpty() ? QStringLiteral("php-fpm") : programs.first());
}

std::unique_ptr<LabBackend> labSshd()
{
    return std::make_unique<Sshd>();
}

std::unique_ptr<LabBackend> labDovecot()
{
    return std::make_unique<Dovecot>(QStringLiteral("imap"));
}

std::unique_ptr<LabBackend> labDovecotPop3()
{
    return std::make_unique<Dovecot>(QStringLiteral("pop3"));
}

std::unique_ptr<LabBackend> labExim()
{
    return std::make_unique<Exim>();
}

} // namespace backwatch
