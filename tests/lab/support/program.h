// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labprocess.h"

#include <QTemporaryDir>

namespace backwatch {

/// How one run of a program ended.
struct Finished
{
    int exitCode = -1;
    bool crashed = true; ///< by a signal, or it never started or had to be stopped
    QString output;
    QString error;
};

/// Runs any program to its end.
Finished runToEnd(const QString &program, const QStringList &arguments,
                  const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment(),
                  int timeoutMs = 60'000);

/// The executable under test, with a data folder and a home of its own.
class Program
{
public:
    static QString path();
    /// No settings, keychain or proxy of whoever runs the tests.
    QProcessEnvironment environment() const;

    QString dataDir() const { return m_home.filePath(QStringLiteral("data dir")); }
    QString filePath(const QString &name) const { return m_home.filePath(name); }
    /// Writes a file beside the data folder; its path.
    QString write(const QString &name, const QByteArray &text) const;

    /// `backwatch --data-dir DIR arguments…`
    Finished run(const QStringList &arguments) const;
    /// The same several times at once; in the order of the arguments.
    QList<Finished> runTogether(const QList<QStringList> &arguments) const;
    /// `backwatch --data-dir DIR run --headless`, left running.
    /// @param within what the command line begins with: {"ip", "netns", "exec", …}
    bool watch(LabProcess *process, const QStringList &within = {}) const;

    /// The history file, whatever its name; empty while there is none.
    QString database() const;
    /// Asks it with the sqlite3 program; one string a row, columns joined by '|'. A failure is a row that
    /// says so.
    QStringList sql(const QString &statement) const;
    /// Asks until that is the answer; false when it is not by then.
    bool waitForSql(const QString &statement, const QStringList &answer, int timeoutMs = 40'000) const;

private:
    QTemporaryDir m_home;
};

/// A monitors file with that many lines of monitors.
QByteArray monitorsFile(const QList<QPair<QString, QString>> &namesAndUrls, const QByteArray &defaults);

} // namespace backwatch
