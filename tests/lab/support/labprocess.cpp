// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labprocess.h"

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

#include <sys/prctl.h>

#include <csignal>

namespace backwatch {

LabProcess::~LabProcess()
{
    stop();
}

QString LabProcess::find(const QString &program)
{
    const QString inPath = QStandardPaths::findExecutable(program);
    if (!inPath.isEmpty())
        return inPath;
    return QStandardPaths::findExecutable(
        program, {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin"), QStringLiteral("/sbin")});
}

quint16 LabProcess::freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool LabProcess::start(const QString &program, const QStringList &arguments,
                       const QProcessEnvironment &environment)
{
    m_output.clear();
    m_problem.clear();
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    m_process.start(program, arguments, QIODevice::ReadOnly);
    if (m_process.waitForStarted())
        return true;
    m_problem = QStringLiteral("%1 did not start: %2").arg(program, m_process.errorString());
    return false;
}

bool LabProcess::waitForPort(quint16 port, int timeoutMs)
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < timeoutMs;) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        if (socket.waitForConnected(1'000))
            return true;
        if (m_process.waitForFinished(50)) {
            m_problem = QStringLiteral("%1 ended with %2: %3")
                            .arg(m_process.program())
                            .arg(m_process.exitCode())
                            .arg(QString::fromUtf8(output()));
            return false;
        }
    }
    m_problem = QStringLiteral("%1 took no connection on port %2: %3")
                    .arg(m_process.program())
                    .arg(port)
                    .arg(QString::fromUtf8(output()));
    return false;
}

bool LabProcess::stop(int timeoutMs)
{
    if (m_process.state() == QProcess::NotRunning)
        return true;
    m_process.terminate();
    if (m_process.waitForFinished(timeoutMs))
        return true;
    kill();
    return false;
}

void LabProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray LabProcess::output()
{
    m_output += m_process.readAll();
    return m_output;
}

} // namespace backwatch
