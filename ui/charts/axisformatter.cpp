// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axisformatter.h"

#include <QCoreApplication>
#include <QDateTime>

#include <cmath>

namespace backwatch {

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("AxisFormatter", text, comment);
}

QString withUnit(const char *pattern, qint64 number, const QLocale &locale)
{
    return tr(pattern).arg(locale.toString(number));
}

} // namespace

QString formatTickTime(QTime time, bool withSeconds, const QLocale &locale)
{
    QString format = locale.timeFormat(QLocale::ShortFormat);
    format.remove(QStringLiteral(":ss"));
    if (withSeconds)
        format.replace(QStringLiteral("mm"), QStringLiteral("mm:ss"));
    return locale.toString(time, format);
}

QString formatTickDate(QDate date, const QLocale &locale)
{
    return locale.toString(date, tr("d MMM", "date on a chart axis, in the letters of QLocale::toString()"));
}

QString formatMoment(UtcMs time, const QTimeZone &zone, const QLocale &locale, bool withSeconds)
{
    const auto local = QDateTime::fromMSecsSinceEpoch(time, zone);
    const auto date = locale.toString(
        local.date(), tr("ddd d MMM", "day in a read-out, in the letters of QLocale::toString()"));
    return tr("%1, %2", "date, time").arg(date, formatTickTime(local.time(), withSeconds, locale));
}

QString formatMoments(TimeRange range, const QTimeZone &zone, const QLocale &locale)
{
    const auto from = QDateTime::fromMSecsSinceEpoch(range.from, zone);
    const auto to = QDateTime::fromMSecsSinceEpoch(range.to, zone);
    const bool seconds = range.span() < 60'000;
    const auto end = from.date() == to.date() ? formatTickTime(to.time(), seconds, locale)
                                              : formatMoment(range.to, zone, locale, seconds);
    return tr("%1 – %2", "from, to").arg(formatMoment(range.from, zone, locale, seconds), end);
}

QString formatLatency(microseconds latency, const QLocale &locale)
{
    const double ms = double(latency.count()) / 1'000;
    if (ms < 9.95)
        return tr("%1 ms").arg(locale.toString(ms, 'f', ms == std::floor(ms) ? 0 : 1));
    if (ms < 999.5)
        return tr("%1 ms").arg(locale.toString(ms, 'f', 0));
    const double tenths = std::round(ms / 100) / 10;
    return tr("%1 s").arg(locale.toString(tenths, 'f', tenths == std::floor(tenths) ? 0 : 1));
}

QString formatSpan(milliseconds span, const QLocale &locale)
{
    const qint64 seconds = std::max<qint64>(0, span.count() / 1'000);
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    const auto joined = [](const QString &large, qint64 rest, const QString &small) {
        return rest == 0 ? large : QString(large + u' ' + small);
    };
    if (minutes == 0)
        return withUnit("%1 s", seconds, locale);
    if (hours == 0)
        return withUnit("%1 min", minutes, locale);
    if (hours < 48)
        return joined(withUnit("%1 h", hours, locale), minutes % 60,
                      withUnit("%1 min", minutes % 60, locale));
    return joined(withUnit("%1 d", hours / 24, locale), hours % 24, withUnit("%1 h", hours % 24, locale));
}

QString formatOffset(UtcMs time, const QTimeZone &zone)
{
    const int minutes = zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(time, Qt::UTC)) / 60;
    if (minutes == 0)
        return QStringLiteral("UTC");
    return QStringLiteral("UTC%1%2:%3")
        .arg(minutes < 0 ? QChar(u'−') : QChar(u'+'))
        .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
        .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

} // namespace backwatch
