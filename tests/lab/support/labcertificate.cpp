// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labcertificate.h"

#include "tests/lab/support/labprocess.h"
#include "tests/lab/support/program.h"

#include <QDir>
#include <QFile>

namespace backwatch {

QString makeLabCertificate(const QString &folder)
{
    const QString key = QDir(folder).filePath(QStringLiteral("key.pem"));
    const Finished made = runToEnd(
        LabProcess::find(QStringLiteral("openssl")),
        {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
         QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"), key,
         QStringLiteral("-out"), QDir(folder).filePath(QStringLiteral("cert.pem")), QStringLiteral("-days"),
         QStringLiteral("90"), QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
         QStringLiteral("-addext"), QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1")});
    if (made.exitCode != 0)
        return made.error;
    // Servers refuse a key that others can read.
    return QFile::setPermissions(key, QFile::ReadOwner | QFile::WriteOwner)
               ? QString()
               : QStringLiteral("%1 cannot be protected").arg(key);
}

} // namespace backwatch
