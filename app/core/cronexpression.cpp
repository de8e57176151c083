// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cronexpression.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::CronExpression)
};

struct Field
{
    int least;
    int most;
    QStringList names; ///< of the numbers from `least` on
};

std::optional<int> number(const QString &text, const Field &field)
{
    bool ok = false;
    int value = text.toInt(&ok);
    if (!ok) {
        const auto index = field.names.indexOf(text.toLower());
        if (index < 0)
            return std::nullopt;
        value = field.least + static_cast<int>(index);
    }
    return value < field.least || value > field.most ? std::nullopt : std::optional(value);
}

/// One item between commas: *, 5, 1-5, */15, 8-18/2.
template <std::size_t N>
bool addItem(const QString &item, const Field &field, std::bitset<N> &bits)
{
    const QStringList parts = item.split(u'/');
    if (parts.size() > 2)
        return false;
    int step = 1;
    if (parts.size() == 2) {
        bool ok = false;
        step = parts[1].toInt(&ok);
        if (!ok || step < 1)
            return false;
    }
    int from = field.least;
    int to = field.most;
    if (parts[0] != u"*") {
        const QStringList ends = parts[0].split(u'-');
        const auto first = number(ends.first(), field);
        const auto last = number(ends.last(), field);
        if (ends.size() > 2 || !first || !last || *first > *last)
            return false;
        from = *first;
        // 5/10 means from 5 on.
        to = ends.size() == 1 && parts.size() == 2 ? field.most : *last;
    }
    for (int value = from; value <= to; value += step)
        bits.set(static_cast<std::size_t>(value));
    return true;
}

template <std::size_t N>
bool addField(const QString &text, const Field &field, std::bitset<N> &bits)
{
    const QStringList items = text.split(u',');
    return std::all_of(items.begin(), items.end(),
                       [&](const QString &item) { return addItem(item, field, bits); });
}

const QStringList &monthNames()
{
    static const QStringList names =
        QStringLiteral("jan feb mar apr may jun jul aug sep oct nov dec").split(u' ');
    return names;
}

const QStringList &weekdayNames()
{
    static const QStringList names = QStringLiteral("sun mon tue wed thu fri sat").split(u' ');
    return names;
}

} // namespace

Result<CronExpression> CronExpression::parse(const QString &text)
{
    const QStringList fields = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (fields.size() != 5)
        return failure(Error::Kind::Invalid,
                       Sentences::tr("“%1” does not have five fields: minute, hour, day of month, month, day "
                                     "of week, as in “30 2 * * sun”.")
                           .arg(text.left(60)));
    CronExpression cron;
    std::bitset<8> sundayFirst;
    const std::array<bool, 5> good{addField(fields[0], {0, 59, {}}, cron.m_minutes),
                                   addField(fields[1], {0, 23, {}}, cron.m_hours),
                                   addField(fields[2], {1, 31, {}}, cron.m_days),
                                   addField(fields[3], {1, 12, monthNames()}, cron.m_months),
                                   addField(fields[4], {0, 7, weekdayNames()}, sundayFirst)};
    for (std::size_t i = 0; i < good.size(); ++i)
        if (!good[i])
            return failure(Error::Kind::Invalid,
                           Sentences::tr("“%1” in “%2” is not understood; write *, a number, 1-5, */15 or a "
                                         "list with commas.")
                               .arg(fields[static_cast<qsizetype>(i)].left(60), text.left(60)));
    for (std::size_t day = 0; day < sundayFirst.size(); ++day)
        if (sundayFirst.test(day))
            cron.m_weekdays.set(day == 0 ? 7 : day);
    cron.m_anyDay = fields[2].startsWith(u'*');
    cron.m_anyWeekday = fields[4].startsWith(u'*');
    return cron;
}

bool CronExpression::matches(QDate date) const
{
    if (!m_months.test(static_cast<std::size_t>(date.month())))
        return false;
    const bool day = m_days.test(static_cast<std::size_t>(date.day()));
    const bool weekday = m_weekdays.test(static_cast<std::size_t>(date.dayOfWeek()));
    return m_anyDay || m_anyWeekday ? day && weekday : day || weekday;
}

std::optional<QTime> CronExpression::lastTimeNotAfter(QTime latest) const
{
    for (int hour = latest.hour(); hour >= 0; --hour) {
        if (!m_hours.test(static_cast<std::size_t>(hour)))
            continue;
        for (int minute = hour == latest.hour() ? latest.minute() : 59; minute >= 0; --minute)
            if (m_minutes.test(static_cast<std::size_t>(minute)))
                return QTime(hour, minute);
    }
    return std::nullopt;
}

} // namespace backwatch
