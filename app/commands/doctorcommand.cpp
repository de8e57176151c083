// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/doctorcommand.h"

#include "app/service/selfcheck.h"

namespace backwatch {

int doctorCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    if (!parseArguments(parser, QStringLiteral("doctor"), arguments, context))
        return kExitUsage;
    bool allWell = true;
    for (const auto &finding : selfCheck(context.directory, context.clock)) {
        allWell = allWell && finding.well;
        context.out << (finding.well ? QStringLiteral("ok    ") : QStringLiteral("fault ")) << finding.name
                    << QStringLiteral(": ") << finding.sentence << Qt::endl;
    }
    return allWell ? 0 : 1;
}

} // namespace backwatch
