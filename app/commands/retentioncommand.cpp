// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/retentioncommand.h"

#include "app/service/storedhistory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace backwatch {

namespace {

struct RetentionCommandText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::RetentionCommand)
};

QString contentOf(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Log:
        return RetentionCommandText::tr("samples of the last hours");
    case HistoryTier::Blocks:
        return RetentionCommandText::tr("every sample of finished days");
    case HistoryTier::Hours:
        return RetentionCommandText::tr("a summary of each hour");
    case HistoryTier::Days:
        return RetentionCommandText::tr("a summary of each day");
    case HistoryTier::Evidence:
        return RetentionCommandText::tr("pages and diagnoses of incidents");
    case HistoryTier::Load:
        return RetentionCommandText::tr("readings of the load of the machines behind");
    }
    return {};
}

void print(const QList<TierSize> &sizes, QTextStream &out)
{
    for (const auto &size : sizes) {
        const QString kept = size.tier == HistoryTier::Log ? RetentionCommandText::tr("until packed")
                             : size.kept ? RetentionCommandText::tr("%n day(s)", nullptr, *size.kept)
                                         : RetentionCommandText::tr("forever");
        out << QStringLiteral("%1 %2 %3 %4")
                   .arg(tierId(size.tier).toString(), -9)
                   .arg(QLocale().formattedDataSize(size.bytes), 10)
                   .arg(kept, 13)
                   .arg(QStringLiteral("  ") + contentOf(size.tier))
            << Qt::endl;
    }
}

QJsonArray json(const QList<TierSize> &sizes)
{
    QJsonArray array;
    for (const auto &size : sizes)
        array.append(
            QJsonObject{{QStringLiteral("tier"), tierId(size.tier).toString()},
                        {QStringLiteral("bytes"), size.bytes},
                        {QStringLiteral("keptDays"), size.kept ? QJsonValue(*size.kept) : QJsonValue()}});
    return array;
}

Result<void> keep(const QString &name, const QString &length, const DataDirectory &directory)
{
    const auto tier = tierFromId(name);
    if (!tier) {
        QStringList names;
        for (const auto known : historyTiers())
            names += tierId(known).toString();
        return failure(Error::Kind::Invalid,
                       RetentionCommandText::tr("“%1” is no part of the history; there are %2.")
                           .arg(name, names.join(QStringLiteral(", "))));
    }
    if (length == QStringLiteral("forever"))
        return keepHistory(directory, *tier, std::nullopt);
    bool isNumber = false;
    const int days = length.toInt(&isNumber);
    if (!isNumber)
        return failure(
            Error::Kind::Invalid,
            RetentionCommandText::tr("“%1” is no number of days; write 365, or forever.").arg(length));
    return keepHistory(directory, *tier, days);
}

} // namespace

int retentionCommand(const QStringList &arguments, CommandContext &context)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("json"), RetentionCommandText::tr("Print JSON instead of a table.")});
    if (!parseArguments(parser, QStringLiteral("retention"), arguments, context))
        return kExitUsage;
    const QStringList words = parser.positionalArguments();
    if (words.size() != 0 && words.size() != 2) {
        context.err << RetentionCommandText::tr("Usage: backwatch retention [TIER DAYS|forever] [--json]")
                    << Qt::endl;
        return kExitUsage;
    }
    if (words.size() == 2)
        if (const auto kept = keep(words[0], words[1], context.directory); !kept)
            return report(kept.error(), context);
    const auto sizes = historySizes(context.directory);
    if (!sizes)
        return report(sizes.error(), context);
    if (parser.isSet(QStringLiteral("json")))
        context.out << QString::fromUtf8(QJsonDocument(json(*sizes)).toJson(QJsonDocument::Indented))
                    << Qt::flush;
    else
        print(*sizes, context.out);
    return kExitOk;
}

} // namespace backwatch
