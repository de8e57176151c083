// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labprocess.h"

namespace backwatch {

/// dnsmasq that answers for shop.example alone and asks nobody else.
class LabNameServer
{
public:
    static bool installed() { return !LabProcess::find(QStringLiteral("dnsmasq")).isEmpty(); }

    /// Knows these names, at 127.0.0.1, and no others; stops it first where it runs.
    bool start(const QStringList &names);

    quint16 port() const { return m_port; }
    QString problem() const { return m_process.problem(); }

private:
    quint16 m_port = LabProcess::freePort();
    LabProcess m_process;
};

} // namespace backwatch
