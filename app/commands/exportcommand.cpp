// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/exportcommand.h"

#include "app/config/monitorsfile.h"
#include "app/service/storedconfiguration.h"

#include <QFileInfo>

namespace backwatch {

namespace {

struct ExportCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::ExportCommand)
};

} // namespace

int exportCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("format"), ExportCommandText::tr("yaml or json."), QStringLiteral("F"),
                      QStringLiteral("yaml")});
    if (!parseArguments(parser, QStringLiteral("export"), arguments, context))
        return kExitUsage;
    if (!parser.positionalArguments().isEmpty()) {
        context.err << ExportCommandText::tr("Usage: backwatch export [--format yaml|json]") << Qt::endl;
        return kExitUsage;
    }
    const QString format = parser.value(QStringLiteral("format"));
    const bool json = format == QStringLiteral("json");
    if (!json && format != QStringLiteral("yaml")) {
        context.err << ExportCommandText::tr("“%1” is not a format; there are yaml and json.").arg(format)
                    << Qt::endl;
        return kExitUsage;
    }
    if (!QFileInfo::exists(context.directory.database())) // perhaps a slip of the pen in --data-dir
        context.err << ExportCommandText::tr(
                           "Nothing is watched from %1 yet; applying this file elsewhere would "
                           "remove every monitor there.")
                           .arg(context.directory.path())
                    << Qt::endl;
    const auto configuration = storedConfiguration(context.directory);
    if (!configuration)
        return report(configuration.error(), context);
    // The file's text is UTF-8, whatever the locale makes of other output.
    context.out.setEncoding(QStringConverter::Utf8);
    context.out << QString::fromUtf8(json ? writeMonitorsFileAsJson(*configuration)
                                          : writeMonitorsFile(*configuration))
                << Qt::flush;
    return kExitOk;
}

} // namespace backwatch
