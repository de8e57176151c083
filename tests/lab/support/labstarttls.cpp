// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labbackends.h"

#include <QDir>

namespace backwatch {

namespace {

class Slapd final : public LabBackend
{
public:
    Slapd() : LabBackend(QStringLiteral("slapd")) {}

private:
    QStringList prepare() override
    {
        // %1 folder. It needs no directory to begin TLS.
        const QString text = QStringLiteral("pidfile %1/pid\n"
                                            "TLSCertificateFile %1/cert.pem\n"
                                            "TLSCertificateKeyFile %1/key.pem\n");
        if (!makeCertificate() || !write(QStringLiteral("conf"), text.arg(path({}))))
            return {};
        // Level 256 tells of every operation and of clients that left without a word, and stays in front.
        return {QStringLiteral("-f"), path(QStringLiteral("conf")),
                QStringLiteral("-h"), QStringLiteral("ldap://127.0.0.1:%1").arg(port()),
                QStringLiteral("-d"), QStringLiteral("256")};
    }
};

class Vsftpd final : public LabBackend
{
public:
    Vsftpd() : LabBackend(QStringLiteral("vsftpd")) {}

private:
    QStringList prepare() override
    {
        // %1 folder, %2 port.
        const QString text = QStringLiteral("listen=YES\n"
                                            "listen_ipv6=NO\n"
                                            "listen_address=127.0.0.1\n"
                                            "listen_port=%2\n"
                                            "background=NO\n"
                                            "anonymous_enable=YES\n"
                                            "local_enable=NO\n"
                                            "run_as_launching_user=YES\n"
                                            "secure_chroot_dir=%1/empty\n"
                                            "anon_root=%1/empty\n"
                                            "seccomp_sandbox=NO\n"
                                            "ssl_enable=YES\n"
                                            "allow_anon_ssl=YES\n"
                                            "rsa_cert_file=%1/cert.pem\n"
                                            "rsa_private_key_file=%1/key.pem\n"
                                            "xferlog_enable=YES\n"
                                            "vsftpd_log_file=%1/log\n"
                                            "log_ftp_protocol=YES\n");
        QString folder = path({});
        while (folder.endsWith(u'/'))
            folder.chop(1);
        m_logFile = folder + QStringLiteral("/log");
        if (!QDir(folder).mkdir(QStringLiteral("empty")) || !makeCertificate() ||
            !write(QStringLiteral("conf"), text.arg(folder).arg(port())))
            return {};
        return {path(QStringLiteral("conf"))};
    }
};

} // namespace

std::unique_ptr<LabBackend> labSlapd()
{
    return std::make_unique<Slapd>();
}

std::unique_ptr<LabBackend> labVsftpd()
{
    return std::make_unique<Vsftpd>();
}

} // namespace backwatch
