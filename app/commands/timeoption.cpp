// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/timeoption.h"

#include <QCoreApplication>

namespace backwatch {

namespace {

struct TimeOptionText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::TimeOption)
};

} // namespace

Result<UtcMs> timeOption(const QCommandLineParser &parser, const QString &option, UtcMs otherwise)
{
    if (!parser.isSet(option))
        return otherwise;
    const auto time = parseTimestamp(parser.value(option));
    if (time)
        return *time;
    return failure(Error::Kind::Invalid,
                   TimeOptionText::tr("“%1” is not a time; write it as 2026-11-22T21:30:00Z or 2026-11-22.")
                       .arg(parser.value(option)));
}

Result<TimeRange> rangeOptions(const QCommandLineParser &parser, UtcMs now, qint64 usualLength)
{
    const auto to = timeOption(parser, QStringLiteral("to"), now + 1);
    if (!to)
        return tl::make_unexpected(to.error());
    const auto from = timeOption(parser, QStringLiteral("from"), *to - usualLength);
    if (!from)
        return tl::make_unexpected(from.error());
    if (*from >= *to)
        return failure(Error::Kind::Invalid,
                       TimeOptionText::tr("The time after --from has to lie before the one after --to."));
    return TimeRange{*from, *to};
}

} // namespace backwatch
