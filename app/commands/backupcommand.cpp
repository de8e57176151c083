// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/backupcommand.h"

#include "app/service/storedhistory.h"

#include <QFileInfo>
#include <QLocale>

namespace backwatch {

namespace {

struct BackupCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::BackupCommand)
};

} // namespace

int backupCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    if (!parseArguments(parser, QStringLiteral("backup"), arguments, context))
        return kExitUsage;
    if (parser.positionalArguments().size() != 1) {
        context.err << BackupCommandText::tr("Usage: backwatch backup FILE") << Qt::endl;
        return kExitUsage;
    }
    const QString file = parser.positionalArguments().first();
    if (const auto copied = copyHistory(context.directory, context.clock, file); !copied)
        return report(copied.error(), context);
    context.out << BackupCommandText::tr("%1: %2, the history and the monitors as they were at this moment.")
                       .arg(file, QLocale().formattedDataSize(QFileInfo(file).size()))
                << Qt::endl;
    return kExitOk;
}

} // namespace backwatch
