// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/timestamp.h"

#include <QDateTime>
#include <QRegularExpression>

namespace backwatch {

QString formatTimestamp(UtcMs time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).toString(Qt::ISODateWithMs);
}

std::optional<UtcMs> parseTimestamp(QStringView text)
{
    static const QRegularExpression shape(
        QStringLiteral("\\A(\\d{4}-\\d\\d-\\d\\d)(?:[Tt "
                       "](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)(Z|z|[+-]\\d\\d:\\d\\d)?)?\\z"));
    const auto match = shape.match(text.trimmed().toString());
    if (!match.hasMatch())
        return std::nullopt;
    // Qt reads a value without a zone as local time, where some wall-clock times do not exist; so it gets
    // one.
    const QString time = match.captured(2).isEmpty() ? QStringLiteral("00:00:00") : match.captured(2);
    const QString zone = match.captured(3).isEmpty() ? QStringLiteral("Z") : match.captured(3).toUpper();
    const auto parsed = QDateTime::fromString(match.captured(1) + u'T' + time + zone, Qt::ISODateWithMs);
    if (!parsed.isValid())
        return std::nullopt;
    return parsed.toMSecsSinceEpoch();
}

} // namespace backwatch
