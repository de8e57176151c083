// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/historywords.h"

#include "ui/theme/format.h"

#include <QDateTime>
#include <QDir>
#include <QLocale>

#include <cmath>

namespace backwatch {

namespace {

/// Days of the history are those of UTC.
QString dayText(UtcMs time)
{
    //: a day, as Qt's QDateTime::toString() reads it
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time, Qt::UTC), HistoryWords::tr("d MMM yyyy"));
}

} // namespace

QString HistoryWords::name(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Log:
        return tr("Newest samples");
    case HistoryTier::Blocks:
        return tr("Samples");
    case HistoryTier::Hours:
        return tr("Hours");
    case HistoryTier::Days:
        return tr("Days");
    case HistoryTier::Evidence:
        return tr("Evidence");
    case HistoryTier::Load:
        return tr("Load");
    }
    return {};
}

QString HistoryWords::content(HistoryTier tier)
{
    switch (tier) {
    case HistoryTier::Log:
        return tr("of the last hours, until they are packed");
    case HistoryTier::Blocks:
        return tr("every check of finished days");
    case HistoryTier::Hours:
        return tr("a summary of each hour");
    case HistoryTier::Days:
        return tr("a summary of each day");
    case HistoryTier::Evidence:
        return tr("pages and diagnoses of incidents");
    case HistoryTier::Load:
        return tr("readings of the machines behind");
    }
    return {};
}

QString HistoryWords::going(const TierSize &tier, const ExpiringPart &part)
{
    if (part.days == 0)
        return tr("%1: nothing will be deleted.").arg(name(tier.tier));
    const auto bytes = std::llround(part.share * static_cast<double>(tier.bytes));
    return tr("%1: %n day(s) will be deleted, %2 to %3, about %4.", nullptr, static_cast<int>(part.days))
        .arg(name(tier.tier), dayText(part.from), dayText(part.before - 1),
             QLocale().formattedDataSize(bytes));
}

QStringList HistoryWords::health(const HistoryAccount &account, const QString &fault, UtcMs now)
{
    QStringList sentences;
    if (!fault.isEmpty())
        sentences += fault;
    sentences +=
        tr("%1, %2").arg(QDir::toNativeSeparators(account.file), QLocale().formattedDataSize(account.bytes));
    sentences += account.checkedAt > 0
                     ? tr("All of it was last found undamaged %1.").arg(agoText(account.checkedAt, now))
                     : tr("All of it is checked for damage once a week; that has not happened yet.");
    sentences += account.copiedAt > 0
                     ? tr("The last backup was made %1: %2")
                           .arg(agoText(account.copiedAt, now), QDir::toNativeSeparators(account.copy))
                     : tr("No backup has been made; “backwatch backup FILE” makes one.");
    for (const auto &file : account.setAside)
        sentences += tr("%1 was damaged and set aside. Delete it when you no longer need it.")
                         .arg(QDir::toNativeSeparators(file));
    return sentences;
}

} // namespace backwatch
