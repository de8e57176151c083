// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/duration.h"

#include <array>
#include <limits>

namespace backwatch {

namespace {

struct Unit
{
    QStringView suffix;
    qint64 ms;
};

// Largest first, as formatDuration() takes them; "ms" before "m" and "s" would be ambiguous only by prefix,
// and suffixes are read up to the next digit.
constexpr std::array kUnits{Unit{u"d", 86'400'000}, Unit{u"h", 3'600'000}, Unit{u"m", 60'000},
                            Unit{u"s", 1'000}, Unit{u"ms", 1}};

const Unit *unitFor(QStringView suffix)
{
    for (const auto &unit : kUnits)
        if (unit.suffix == suffix)
            return &unit;
    return nullptr;
}

} // namespace

std::optional<milliseconds> parseDuration(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    qint64 total = 0;
    while (!text.isEmpty()) {
        qsizetype digits = 0;
        while (digits < text.size() && text[digits] >= u'0' && text[digits] <= u'9')
            ++digits;
        qsizetype end = digits;
        while (end < text.size() && text[end].isLetter())
            ++end;
        bool ok = false;
        const qint64 count = text.first(digits).toLongLong(&ok);
        const Unit *unit = unitFor(text.sliced(digits, end - digits));
        if (!ok || !unit || count > (std::numeric_limits<qint64>::max() - total) / unit->ms)
            return std::nullopt;
        total += count * unit->ms;
        text = text.sliced(end);
    }
    return milliseconds(total);
}

QString formatDuration(milliseconds duration)
{
    qint64 rest = duration.count();
    if (rest == 0)
        return QStringLiteral("0s");
    QString text;
    for (const auto &unit : kUnits) {
        if (rest >= unit.ms) {
            text += QString::number(rest / unit.ms) + unit.suffix;
            rest %= unit.ms;
        }
    }
    return text;
}

} // namespace backwatch
