// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/importcommand.h"

#include "app/config/blackboximport.h"
#include "app/config/csvimport.h"
#include "app/config/gatusimport.h"
#include "app/config/kumaimport.h"
#include "app/service/importedhistory.h"
#include "app/service/storedconfiguration.h"

#include <QFile>

namespace backwatch {

namespace {

struct ImportCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::ImportCommand)
};

struct Source
{
    QString program;
    QStringList files;
    bool dryRun = false;
    std::unique_ptr<KumaDatabase> kuma; ///< of uptime-kuma, once it is open
};

Result<QByteArray> contentOf(const QString &path)
{
    constexpr qint64 kMostBytes = 64 * 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Unreadable,
                       ImportCommandText::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > kMostBytes)
        return failure(Error::Kind::Invalid,
                       ImportCommandText::tr("%1 is too large for a list of monitors.").arg(path));
    return file.readAll();
}

Result<ImportedMonitors> read(Source &source)
{
    const QString first = source.files.first();
    if (source.program == QStringLiteral("uptime-kuma")) {
        auto kuma = KumaDatabase::open(first);
        if (!kuma)
            return tl::make_unexpected(kuma.error());
        source.kuma = *std::move(kuma);
        return monitorsOf(*source.kuma);
    }
    QList<std::pair<QString, QByteArray>> texts;
    for (const auto &file : source.files) {
        const auto text = contentOf(file);
        if (!text)
            return tl::make_unexpected(text.error());
        texts.append({file, *text});
    }
    if (source.program == QStringLiteral("gatus"))
        return monitorsFromGatus(texts.first().second, first);
    if (source.program == QStringLiteral("csv"))
        return monitorsFromCsv(texts.first().second, first);
    return monitorsFromBlackbox(texts);
}

void printLeftOut(const QString &sentence, CommandContext &context)
{
    context.out << "! " << sentence << Qt::endl;
}

/// Values that cannot be kept are named, so that they can be set later. None is ever shown.
void storeSecrets(const QList<Secret> &secrets, bool dryRun, CommandContext &context)
{
    if (secrets.isEmpty())
        return;
    std::optional<SecretDoor> door;
    if (!dryRun && context.secrets)
        door.emplace(context.secrets());
    const auto tell = [&context](const QString &sentence) { context.err << sentence << Qt::endl; };
    bool available = door.has_value();
    for (const auto &secret : secrets) {
        if (dryRun) {
            context.out << "+ " << ImportCommandText::tr("%1 (entry of the keychain)").arg(secret.name)
                        << Qt::endl;
            continue;
        }
        const auto stored = available ? door->set(secret.name, secret.value, tell) : Result<void>();
        if (available && stored) {
            context.out << "+ " << ImportCommandText::tr("%1 (entry of the keychain)").arg(secret.name)
                        << Qt::endl;
            continue;
        }
        if (available)
            context.err << stored.error().sentence << Qt::endl;
        available = available && stored.error().kind != Error::Kind::Unavailable;
        printLeftOut(ImportCommandText::tr("%1: its value was left out, because no keychain took it. Store "
                                           "it with “backwatch secret set”.")
                         .arg(secret.name),
                     context);
    }
}

int importHistoryOf(const Source &source, const ImportedMonitors &imported, CommandContext &context)
{
    const auto history = importHistory(context.directory, context.clock, *source.kuma, imported.ids);
    if (!history)
        return report(history.error(), context);
    if (history->samples > 0)
        context.out << "+ "
                    << ImportCommandText::tr("history (monitors: %1, checks: %2, outages: %3)")
                           .arg(QString::number(history->monitors), QString::number(history->samples),
                                QString::number(history->incidents))
                    << Qt::endl;
    return kExitOk;
}

int import(Source &source, CommandContext &context)
{
    const auto imported = read(source);
    if (!imported)
        return report(imported.error(), context);
    const auto current = storedConfiguration(context.directory);
    if (!current)
        return report(current.error(), context);
    const auto changes =
        makeConfigurationBe(context.directory, merged(*current, imported->configuration), source.dryRun);
    if (!changes)
        return report(changes.error(), context);
    for (const auto &change : *changes)
        context.out << describe(change) << Qt::endl;
    storeSecrets(imported->secrets, source.dryRun, context);
    for (const auto &sentence : imported->leftOut)
        printLeftOut(sentence, context);
    return source.kuma && !source.dryRun ? importHistoryOf(source, *imported, context) : kExitOk;
}

} // namespace

int importCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOptions(
        {{QStringLiteral("from"), ImportCommandText::tr("uptime-kuma, gatus, blackbox or csv."),
          QStringLiteral("PROGRAM")},
         {QStringLiteral("dry-run"), ImportCommandText::tr("Say what would change, and change nothing.")}});
    if (!parseArguments(parser, QStringLiteral("import"), arguments, context))
        return kExitUsage;
    Source source{parser.value(QStringLiteral("from")), parser.positionalArguments(),
                  parser.isSet(QStringLiteral("dry-run")), nullptr};
    const QStringList programs{QStringLiteral("uptime-kuma"), QStringLiteral("gatus"),
                               QStringLiteral("blackbox"), QStringLiteral("csv")};
    const qsizetype most = source.program == QStringLiteral("blackbox") ? 10 : 1;
    if (!programs.contains(source.program) || source.files.isEmpty() || source.files.size() > most) {
        context.err << ImportCommandText::tr(
                           "Usage: backwatch import --from uptime-kuma|gatus|blackbox|csv FILE [--dry-run]")
                    << Qt::endl;
        return kExitUsage;
    }
    return import(source, context);
}

} // namespace backwatch
