// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>

namespace backwatch {

/// A program that the test started in the foreground. It ends with this object, and with the test should
/// that crash: the kernel sees to it.
class LabProcess
{
public:
    LabProcess() = default;
    ~LabProcess();
    LabProcess(const LabProcess &) = delete;
    LabProcess &operator=(const LabProcess &) = delete;

    /// Where a program is, also those that Debian keeps out of a user's PATH; empty when not installed.
    static QString find(const QString &program);
    /// A loopback port that nobody listens on.
    static quint16 freePort();

    /// Starts it; false when it could not be started, then problem() says why.
    bool start(const QString &program, const QStringList &arguments,
               const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());
    /// Waits until it takes connections on that loopback port; false when it ended or took too long.
    bool waitForPort(quint16 port, int timeoutMs = 20'000);

    /// SIGTERM by its id, then SIGKILL when it does not listen; true when SIGTERM was enough.
    bool stop(int timeoutMs = 10'000);
    void kill();

    bool isRunning() const { return m_process.state() == QProcess::Running; }
    qint64 pid() const { return m_process.processId(); }
    /// After it has ended.
    int exitCode() const { return m_process.exitCode(); }
    bool crashed() const { return m_process.exitStatus() == QProcess::CrashExit; }
    /// What it wrote so far, both streams.
    QByteArray output();
    QString problem() const { return m_problem; }

private:
    QProcess m_process;
    QByteArray m_output;
    QString m_problem;
};

} // namespace backwatch
