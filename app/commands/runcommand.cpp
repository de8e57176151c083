// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/runcommand.h"

namespace backwatch {

int runHeadlessCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("headless"),
                      QCoreApplication::translate("RunCommand", "Poll without a window until SIGTERM.")});
    if (!parseArguments(parser, QStringLiteral("run"), arguments, context))
        return kExitUsage;
    if (!parser.isSet(QStringLiteral("headless")) || !parser.positionalArguments().isEmpty()) {
        context.err << QCoreApplication::translate(
                           "RunCommand", "Usage: backwatch [--data-dir DIR] run --headless. Without a "
                                         "command, backwatch opens its window.")
                    << Qt::endl;
        return kExitUsage;
    }
    const auto ended = context.runHeadless();
    return ended ? *ended : report(ended.error(), context);
}

} // namespace backwatch
