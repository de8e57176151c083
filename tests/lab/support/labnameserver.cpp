// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labnameserver.h"

namespace backwatch {

bool LabNameServer::start(const QStringList &names)
{
    m_process.stop();
    QStringList arguments{QStringLiteral("--keep-in-foreground"),
                          QStringLiteral("--conf-file=/dev/null"),
                          QStringLiteral("--no-resolv"),
                          QStringLiteral("--no-hosts"),
                          QStringLiteral("--pid-file="),
                          QStringLiteral("--user=root"),
                          QStringLiteral("--log-facility=-"),
                          QStringLiteral("--bind-interfaces"),
                          QStringLiteral("--listen-address=127.0.0.1"),
                          QStringLiteral("--port=%1").arg(m_port),
                          QStringLiteral("--local=/shop.example/")};
    for (const auto &name : names)
        arguments += QStringLiteral("--host-record=%1,127.0.0.1").arg(name);
    return m_process.start(LabProcess::find(QStringLiteral("dnsmasq")), arguments) &&
           m_process.waitForPort(m_port);
}

} // namespace backwatch
