// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/program.h"

#include <QDirIterator>
#include <QFile>
#include <QtTest>

#include <memory>
#include <vector>

namespace backwatch {

namespace {

Finished endOf(QProcess &process, int timeoutMs)
{
    Finished finished;
    if (process.waitForFinished(timeoutMs)) {
        finished.exitCode = process.exitCode();
        finished.crashed = process.exitStatus() == QProcess::CrashExit;
    } else {
        finished.error = process.errorString();
        process.kill();
        process.waitForFinished();
    }
    finished.output = QString::fromUtf8(process.readAllStandardOutput());
    finished.error += QString::fromUtf8(process.readAllStandardError());
    return finished;
}

} // namespace

Finished runToEnd(const QString &program, const QStringList &arguments,
                  const QProcessEnvironment &environment, int timeoutMs)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments, QIODevice::ReadOnly);
    return endOf(process, timeoutMs);
}

QString Program::path()
{
    return QStringLiteral(BACKWATCH_PROGRAM);
}

QProcessEnvironment Program::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), m_home.path());
    for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DBUS_SESSION_BUS_ADDRESS",
                             "DISPLAY", "WAYLAND_DISPLAY", "http_proxy", "https_proxy", "HTTP_PROXY",
                             "HTTPS_PROXY", "ALL_PROXY", "all_proxy"})
        environment.remove(QLatin1String(name));
    return environment;
}

QString Program::write(const QString &name, const QByteArray &text) const
{
    QFile file(filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    return file.fileName();
}

Finished Program::run(const QStringList &arguments) const
{
    return runToEnd(path(), QStringList{QStringLiteral("--data-dir"), dataDir()} + arguments, environment());
}

QList<Finished> Program::runTogether(const QList<QStringList> &arguments) const
{
    std::vector<std::unique_ptr<QProcess>> running;
    for (const auto &some : arguments) {
        running.push_back(std::make_unique<QProcess>());
        running.back()->setProcessEnvironment(environment());
        running.back()->start(path(), QStringList{QStringLiteral("--data-dir"), dataDir()} + some,
                              QIODevice::ReadOnly);
    }
    QList<Finished> finished;
    for (const auto &process : running)
        finished += endOf(*process, 60'000);
    return finished;
}

bool Program::watch(LabProcess *process, const QStringList &within) const
{
    const QStringList command = within + QStringList{path(), QStringLiteral("--data-dir"), dataDir(),
                                                     QStringLiteral("run"), QStringLiteral("--headless")};
    return process->start(LabProcess::find(command.first()), command.mid(1), environment());
}

QString Program::database() const
{
    QDirIterator it(dataDir(), QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly) && file.read(15) == "SQLite format 3")
            return file.fileName();
    }
    return {};
}

QStringList Program::sql(const QString &statement) const
{
    const QString file = database();
    if (file.isEmpty())
        return {QStringLiteral("no database yet")};
    const Finished finished =
        runToEnd(QStringLiteral("sqlite3"), {QStringLiteral("-batch"), QStringLiteral("-cmd"),
                                             QStringLiteral(".timeout 5000"), file, statement});
    if (finished.exitCode != 0)
        return {finished.error};
    return finished.output.split(u'\n', Qt::SkipEmptyParts);
}

bool Program::waitForSql(const QString &statement, const QStringList &answer, int timeoutMs) const
{
    const auto answered = [&] {
        QTest::qWait(200); // every question is a process
        return sql(statement) == answer;
    };
    return QTest::qWaitFor(answered, timeoutMs);
}

QByteArray monitorsFile(const QList<QPair<QString, QString>> &namesAndUrls, const QByteArray &defaults)
{
    QByteArray text = "version: 1\ndefaults: {" + defaults + "}\nservices:\n  - name: Shop\n    monitors:\n";
    for (const auto &[name, url] : namesAndUrls)
        text += "      - {name: \"" + name.toUtf8() + "\", http: {url: \"" + url.toUtf8() + "\"}}\n";
    return text;
}

} // namespace backwatch
