// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/applycommand.h"

#include "app/service/monitorsfileaccess.h"
#include "app/service/storedconfiguration.h"

#include <QFile>

namespace backwatch {

int applyCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption(
        {QStringLiteral("dry-run"),
         QCoreApplication::translate("ApplyCommand", "Say what would change, and change nothing.")});
    if (!parseArguments(parser, QStringLiteral("apply"), arguments, context))
        return kExitUsage;
    if (parser.positionalArguments().size() != 1) {
        context.err << QCoreApplication::translate("ApplyCommand",
                                                   "Usage: backwatch apply FILE.yaml [--dry-run]")
                    << Qt::endl;
        return kExitUsage;
    }
    const auto wanted = configurationFromFile(parser.positionalArguments().first());
    if (!wanted)
        return report(wanted.error(), context);
    const auto changes =
        makeConfigurationBe(context.directory, *wanted, parser.isSet(QStringLiteral("dry-run")));
    if (!changes)
        return report(changes.error(), context);
    for (const auto &change : *changes)
        context.out << describe(change) << Qt::endl;
    return kExitOk;
}

} // namespace backwatch
