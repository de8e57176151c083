// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/kumaimport.h"
#include "app/config/kumatext.h"
#include "app/core/cronexpression.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimeZone>

#include <algorithm>

namespace backwatch {

namespace {

using namespace std::chrono_literals;

/// One row of its table.
class Window
{
public:
    Window(const KumaRow &row, const QByteArray &serverZone, ImportCollection &collection)
        : m_row(row), m_collection(collection)
    {
        const QString zone = row.text("timezone");
        m_zone = zone.isEmpty() || zone == u"SAME_AS_SERVER" ? serverZone : zone.toUtf8();
        if (!m_zone.isEmpty() && !QTimeZone(m_zone).isValid())
            m_zone.clear();
    }

    std::optional<MaintenanceWindow> read() const
    {
        const QString strategy = m_row.text("strategy");
        if (strategy == u"single")
            return once();
        if (strategy == u"recurring-weekday")
            return weekly(weekdays());
        if (strategy == u"recurring-interval" && m_row.number("interval_day") == 1)
            return weekly({1, 2, 3, 4, 5, 6, 7});
        if (strategy == u"recurring-day-of-month")
            return cron(cronOfDays());
        if (strategy == u"cron")
            return cron(m_row.text("cron"));
        return no(strategy == u"manual"
                      ? KumaText::tr("a maintenance without an end is no window here; pause the monitors.")
                      : KumaText::tr("a maintenance every %n day(s) cannot be written here.", nullptr,
                                     static_cast<int>(m_row.number("interval_day"))));
    }

private:
    std::nullopt_t no(const QString &why) const
    {
        m_collection.leaveOut(m_row.text("title"), why);
        return std::nullopt;
    }

    UtcMs moment(const char *column) const
    {
        QString text = m_row.text(column);
        text.replace(u' ', u'T');
        QDateTime time = QDateTime::fromString(text, Qt::ISODate);
        if (time.timeSpec() == Qt::LocalTime)
            time = QDateTime(time.date(), time.time(),
                             m_zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(m_zone));
        return time.isValid() ? time.toMSecsSinceEpoch() : 0;
    }

    std::optional<MaintenanceWindow> once() const
    {
        MaintenanceWindow window;
        window.from = moment("start_date");
        window.to = moment("end_date");
        window.reason = m_row.text("title").simplified();
        if (window.from <= 0 || window.to <= window.from)
            return no(KumaText::tr("its maintenance has no beginning and end that make sense."));
        return window;
    }

    QTime timeOfDay(const char *column) const
    {
        return QTime::fromString(m_row.text(column).left(5), QStringLiteral("HH:mm"));
    }

    milliseconds duration() const
    {
        const QTime start = timeOfDay("start_time");
        const QTime end = timeOfDay("end_time");
        if (start.isValid() && end.isValid()) {
            constexpr int kDaySeconds = 86'400;
            const int length = start.secsTo(end);
            return std::chrono::seconds(length > 0 ? length : length + kDaySeconds);
        }
        return std::chrono::seconds(m_row.number("duration"));
    }

    /// Sunday is 0 there.
    QList<int> weekdays() const
    {
        QList<int> days;
        for (const auto &day : QJsonDocument::fromJson(m_row.text("weekdays").toUtf8()).array()) {
            const int number = day.toVariant().toInt();
            days += number == 0 ? 7 : number;
        }
        std::sort(days.begin(), days.end());
        return days;
    }

    QString cronOfDays() const
    {
        QStringList days;
        for (const auto &day : QJsonDocument::fromJson(m_row.text("days_of_month").toUtf8()).array())
            if (const int number = day.toVariant().toInt(); number > 0)
                days += QString::number(number);
            else
                m_collection.leaveOut(m_row.text("title"),
                                      KumaText::tr("the last days of a month cannot be written here."));
        const QTime start = timeOfDay("start_time");
        return days.isEmpty() || !start.isValid() ? QString()
                                                  : QStringLiteral("%1 %2 %3 * *")
                                                        .arg(start.minute())
                                                        .arg(start.hour())
                                                        .arg(days.join(u','));
    }

    bool setRecurring(MaintenanceWindow *window) const
    {
        window->zone = m_zone;
        window->reason = m_row.text("title").simplified();
        window->duration = duration();
        if (!m_row.text("end_date").isEmpty())
            m_collection.leaveOut(
                m_row.text("title"),
                KumaText::tr("its maintenance has no last day here; remove it when it is over."));
        return window->duration >= 1min && window->duration <= kLongestMaintenance;
    }

    std::optional<MaintenanceWindow> weekly(const QList<int> &days) const
    {
        MaintenanceWindow window;
        window.kind = MaintenanceWindow::Kind::Weekly;
        window.weekdays = days;
        window.start = timeOfDay("start_time");
        if (!setRecurring(&window) || days.isEmpty() || !window.start.isValid())
            return no(KumaText::tr("its maintenance has no beginning and end that make sense."));
        return window;
    }

    std::optional<MaintenanceWindow> cron(const QString &text) const
    {
        MaintenanceWindow window;
        window.kind = MaintenanceWindow::Kind::Cron;
        window.cron = text.simplified();
        if (!setRecurring(&window) || !CronExpression::parse(window.cron))
            return no(KumaText::tr("the times of its maintenance (%1) cannot be read.").arg(text));
        return window;
    }

    const KumaRow &m_row;
    ImportCollection &m_collection;
    QByteArray m_zone;
};

/// Its settings are JSON.
QByteArray serverZone(const KumaDatabase &kuma)
{
    if (!kuma.hasTable(QStringLiteral("setting")))
        return {};
    const auto rows = kuma.rows(QStringLiteral("SELECT value FROM setting WHERE key = 'serverTimezone'"));
    if (!rows || rows->isEmpty())
        return {};
    return rows->first().text("value").remove(u'"').toUtf8();
}

} // namespace

Result<QHash<qint64, QList<MaintenanceWindow>>> kumaMaintenance(const KumaDatabase &kuma,
                                                                ImportCollection &collection)
{
    QHash<qint64, QList<MaintenanceWindow>> byMonitor;
    if (!kuma.hasTable(QStringLiteral("maintenance")) ||
        !kuma.hasTable(QStringLiteral("monitor_maintenance")))
        return byMonitor;
    const auto rows = kuma.rows(QStringLiteral("SELECT * FROM maintenance WHERE active ORDER BY id"));
    if (!rows)
        return tl::make_unexpected(rows.error());
    const QByteArray zone = serverZone(kuma);
    for (const auto &row : *rows) {
        const auto window = Window(row, zone, collection).read();
        if (!window)
            continue;
        const auto monitors =
            kuma.rows(QStringLiteral("SELECT monitor_id FROM monitor_maintenance WHERE maintenance_id = ?"),
                      {row.number("id")});
        if (!monitors)
            return tl::make_unexpected(monitors.error());
        for (const auto &monitor : *monitors)
            byMonitor[monitor.number("monitor_id")] += *window;
    }
    return byMonitor;
}

} // namespace backwatch
