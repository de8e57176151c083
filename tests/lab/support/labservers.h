// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labprocess.h"

#include <QTemporaryDir>

namespace backwatch {

/// nginx that answers every path with 200 and keeps a log of what it was asked.
class LabNginx
{
public:
    static bool installed() { return !LabProcess::find(QStringLiteral("nginx")).isEmpty(); }

    /// May be started again after stop(); it keeps its port.
    bool start();
    bool stop() { return m_process.stop(); }

    quint16 port() const { return m_port; }
    QString url(const QString &path = QStringLiteral("/")) const;
    /// When each answered request ended, in milliseconds since 1970, oldest first.
    QList<qint64> requestTimes() const;
    QString problem() const { return m_process.problem(); }

private:
    QTemporaryDir m_folder;
    quint16 m_port = LabProcess::freePort();
    LabProcess m_process;
};

/// Varnish with its own error page before one backend. It caches nothing, so every answer is the backend's
/// or an error.
class LabVarnish
{
public:
    static bool installed() { return !LabProcess::find(QStringLiteral("varnishd")).isEmpty(); }

    bool start(quint16 backendPort);

    quint16 port() const { return m_port; }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1/").arg(m_port); }
    QString problem() const { return m_process.problem(); }

private:
    QTemporaryDir m_folder;
    quint16 m_port = LabProcess::freePort();
    LabProcess m_process;
};

} // namespace backwatch
