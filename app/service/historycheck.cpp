// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/historycheck.h"

#include "app/history/integrity.h"
#include "app/service/storedhistory.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

namespace backwatch {

namespace {

struct HistoryCheckText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HistoryCheck)
};

QString partOf(const TierSize &size)
{
    const QString bytes = QLocale().formattedDataSize(size.bytes);
    switch (size.tier) {
    case HistoryTier::Log:
        return HistoryCheckText::tr("newest samples %1").arg(bytes);
    case HistoryTier::Blocks:
        return size.kept
                   ? HistoryCheckText::tr("samples of finished days %1 (kept %n day(s))", nullptr, *size.kept)
                         .arg(bytes)
                   : HistoryCheckText::tr("samples of finished days %1 (kept for good)").arg(bytes);
    case HistoryTier::Hours:
        return HistoryCheckText::tr("hours %1").arg(bytes);
    case HistoryTier::Days:
        return HistoryCheckText::tr("days %1").arg(bytes);
    case HistoryTier::Evidence:
        return size.kept
                   ? HistoryCheckText::tr("evidence %1 (kept %n day(s))", nullptr, *size.kept).arg(bytes)
                   : HistoryCheckText::tr("evidence %1 (kept for good)").arg(bytes);
    case HistoryTier::Load:
        return size.kept ? HistoryCheckText::tr("load %1 (kept %n day(s))", nullptr, *size.kept).arg(bytes)
                         : HistoryCheckText::tr("load %1 (kept for good)").arg(bytes);
    }
    return {};
}

} // namespace

QList<SelfCheckLine> checkHistory(const DataDirectory &directory)
{
    QList<SelfCheckLine> lines;
    const auto sizes = historySizes(directory);
    if (sizes) {
        QStringList parts;
        for (const auto &size : *sizes)
            parts += partOf(size);
        lines.append({HistoryCheckText::tr("history"), true,
                      HistoryCheckText::tr("%1. “backwatch retention” changes how long it is kept.")
                          .arg(parts.join(QStringLiteral(", ")))});
    }
    for (const auto &file : filesSetAside(directory.database()))
        lines.append(
            {HistoryCheckText::tr("set aside"), true,
             HistoryCheckText::tr("%1 (%2) was damaged; what could be read of it is in the history. "
                                  "Delete it when you no longer need it.")
                 .arg(QDir::toNativeSeparators(file), QLocale().formattedDataSize(QFileInfo(file).size()))});
    return lines;
}

} // namespace backwatch
