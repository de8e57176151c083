// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/invocation.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct InvocationText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::Invocation)
};

/// Takes "--name VALUE" or "--name=VALUE" out of the front of the list.
bool takeValue(QStringList &rest, const QString &name, QString &value, QString &error)
{
    const QString &first = rest.first();
    if (first.startsWith(name + u'=')) {
        value = first.sliced(name.size() + 1);
        rest.removeFirst();
        return true;
    }
    if (first != name)
        return false;
    rest.removeFirst();
    if (rest.isEmpty())
        error = InvocationText::tr("%1 needs a value after it.").arg(name);
    else
        value = rest.takeFirst();
    return true;
}

bool takeFlag(QStringList &rest, const QStringList &names, bool &flag)
{
    if (!names.contains(rest.first()))
        return false;
    rest.removeFirst();
    flag = true;
    return true;
}

} // namespace

Invocation readInvocation(const QStringList &arguments, const QStringList &commands)
{
    Invocation call;
    QStringList rest = arguments;
    while (!rest.isEmpty() && call.error.isEmpty()) {
        // The data directory may stand anywhere, as people expect of `backwatch check NAME --data-dir DIR`.
        if (takeValue(rest, QStringLiteral("--data-dir"), call.dataDirectory, call.error))
            continue;
        if (!call.command.isEmpty()) {
            if (takeFlag(rest, {QStringLiteral("--help")}, call.help))
                continue;
            call.commandArguments.append(rest.takeFirst());
            continue;
        }
        if (takeValue(rest, QStringLiteral("--screenshots"), call.screenshots, call.error) ||
            takeValue(rest, QStringLiteral("--theme"), call.theme, call.error) ||
            takeFlag(rest, {QStringLiteral("--wall")}, call.wall) ||
            takeFlag(rest, {QStringLiteral("--demo")}, call.demo) ||
            takeFlag(rest, {QStringLiteral("--help"), QStringLiteral("-h")}, call.help) ||
            takeFlag(rest, {QStringLiteral("--version"), QStringLiteral("-v")}, call.version))
            continue;
        const QString word = rest.takeFirst();
        if (commands.contains(word))
            call.command = word;
        else if (word.startsWith(u'-'))
            call.error = InvocationText::tr("There is no option “%1”; see backwatch --help.").arg(word);
        else
            call.error = InvocationText::tr("There is no command “%1”; there are: %2.")
                             .arg(word, commands.join(QStringLiteral(", ")));
    }
    const QStringList themes{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
    if (call.error.isEmpty() && !themes.contains(call.theme))
        call.error =
            InvocationText::tr("“%1” is not a theme; there are system, light and dark.").arg(call.theme);
    if (call.error.isEmpty() && !call.screenshots.isEmpty() && !call.demo)
        call.error = InvocationText::tr("--screenshots shows the demonstration; add --demo.");
    return call;
}

QString usage(const QStringList &commands)
{
    return InvocationText::tr(
               "Usage: backwatch [--data-dir DIR] [--wall] [--demo] [--theme system|light|dark]\n"
               "       backwatch --demo --screenshots DIR\n"
               "       backwatch [--data-dir DIR] COMMAND …\n"
               "\n"
               "Without a command the window opens. Commands: %1.\n"
               "\n"
               "  check URL|NAME [--json] [--timeout 10s] [--connect-to HOST:PORT] [--ipv4|--ipv6]\n"
               "  diagnose URL|NAME|--har FILE [--json|--guide]\n"
               "  run --headless\n"
               "  apply FILE.yaml [--dry-run]\n"
               "  history NAME [--from T] [--to T] [--resolution auto|raw|5m|1h|1d] [--format csv|json]\n"
               "  secret set|remove NAME, secret list\n"
               "  doctor\n")
        .arg(commands.join(QStringLiteral(", ")));
}

} // namespace backwatch
