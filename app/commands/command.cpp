// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/commands/applycommand.h"
#include "app/commands/backupcommand.h"
#include "app/commands/checkcommand.h"
#include "app/commands/diagnosecommand.h"
#include "app/commands/doctorcommand.h"
#include "app/commands/exportcommand.h"
#include "app/commands/historycommand.h"
#include "app/commands/importcommand.h"
#include "app/commands/incidentscommand.h"
#include "app/commands/retentioncommand.h"
#include "app/commands/runcommand.h"
#include "app/commands/secretcommand.h"

#include <array>

namespace backwatch {

namespace {

struct Command
{
    QLatin1StringView name;
    int (*run)(const QStringList &, CommandContext &);
};

constexpr std::array kCommands{
    Command{QLatin1StringView("check"), checkCommand},
    Command{QLatin1StringView("diagnose"), diagnoseCommand},
    Command{QLatin1StringView("run"), runHeadlessCommand},
    Command{QLatin1StringView("apply"), applyCommand},
    Command{QLatin1StringView("export"), exportCommand},
    Command{QLatin1StringView("import"), importCommand},
    Command{QLatin1StringView("history"), historyCommand},
    Command{QLatin1StringView("incidents"), incidentsCommand},
    Command{QLatin1StringView("retention"), retentionCommand},
    Command{QLatin1StringView("backup"), backupCommand},
    Command{QLatin1StringView("secret"), secretCommand},
    Command{QLatin1StringView("doctor"), doctorCommand},
};

/// Half an answer is none: whoever redirects it to a full disk learns that by the exit code.
int written(int code, const QString &name, CommandContext &context)
{
    context.out.flush();
    if (context.out.status() != QTextStream::WriteFailed)
        return code;
    context.err << QCoreApplication::translate("Command",
                                               "Not everything could be written to the standard output. Look "
                                               "whether the disk is full where it goes to.")
                << Qt::endl;
    return name == QStringLiteral("check") ? kExitUnknown : kExitUnwritable;
}

} // namespace

QStringList commandNames()
{
    QStringList names;
    for (const auto &command : kCommands)
        names.append(command.name);
    return names;
}

int runCommand(const QString &name, const QStringList &arguments, CommandContext &context)
{
    for (const auto &command : kCommands)
        if (command.name == name)
            return written(command.run(arguments, context), name, context);
    context.err << QCoreApplication::translate("Command", "There is no command “%1”; there are: %2.")
                       .arg(name, commandNames().join(QStringLiteral(", ")))
                << Qt::endl;
    return kExitUsage;
}

bool parseArguments(QCommandLineParser &parser, const QString &command, const QStringList &arguments,
                    CommandContext &context)
{
    if (parser.parse(QStringList{QStringLiteral("backwatch ") + command} + arguments))
        return true;
    context.err << parser.errorText() << u' '
                << QCoreApplication::translate("Command", "See backwatch --help.") << Qt::endl;
    return false;
}

int exitCodeOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Invalid:
        return kExitInvalid;
    case Error::Kind::NotFound:
    case Error::Kind::Unreadable:
        return kExitUnreadable;
    case Error::Kind::Unwritable:
        return kExitUnwritable;
    case Error::Kind::Unavailable:
    case Error::Kind::Conflict:
        break;
    }
    return kExitUnavailable;
}

int report(const Error &error, CommandContext &context)
{
    context.err << error.sentence << Qt::endl;
    return exitCodeOf(error);
}

} // namespace backwatch
