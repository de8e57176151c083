// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/cronexpression.h"
#include "app/core/maintenancewindow.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

UtcMs at(const char *text)
{
    const auto moment = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
    return moment.isValid() ? moment.toMSecsSinceEpoch() : -1;
}

MaintenanceWindow weekly(const QList<int> &days, QTime start, milliseconds duration, const char *zone)
{
    MaintenanceWindow window;
    window.kind = MaintenanceWindow::Kind::Weekly;
    window.weekdays = days;
    window.start = start;
    window.duration = duration;
    window.zone = zone;
    return window;
}

MaintenanceWindow cron(const char *expression, milliseconds duration, const char *zone)
{
    MaintenanceWindow window;
    window.kind = MaintenanceWindow::Kind::Cron;
    window.cron = QString::fromLatin1(expression);
    window.duration = duration;
    window.zone = zone;
    return window;
}

} // namespace

class TestMaintenanceWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void occurrences_data()
    {
        QTest::addColumn<MaintenanceWindow>("window");
        QTest::addColumn<QString>("moment");
        QTest::addColumn<QString>("from"); ///< empty: not covered
        const auto add = [](const char *name, const MaintenanceWindow &window, const char *moment,
                            const char *from) {
            QTest::newRow(name) << window << QString::fromLatin1(moment) << QString::fromLatin1(from);
        };
        MaintenanceWindow once;
        once.from = at("2026-03-01T10:00:00Z");
        once.to = at("2026-03-01T11:00:00Z");
        add("once, begins", once, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z");
        add("once, its end is outside", once, "2026-03-01T11:00:00Z", "");

        const auto sunday = weekly({7}, QTime(23, 0), 3h, "UTC");
        add("weekly", sunday, "2026-03-01T23:30:00Z", "2026-03-01T23:00:00Z");
        add("weekly, over midnight", sunday, "2026-03-02T01:59:59Z", "2026-03-01T23:00:00Z");
        add("weekly, over", sunday, "2026-03-02T02:00:00Z", "");
        add("weekly, another day", sunday, "2026-03-03T23:30:00Z", "");
        add("longer than a day", weekly({6}, QTime(12, 0), 30h, "UTC"), "2026-03-01T17:59:00Z",
            "2026-02-28T12:00:00Z");

        // Berlin: clocks go on at 2026-03-29 02:00 and back at 2026-10-25 03:00.
        const auto berlin = weekly({7}, QTime(1, 0), 2h, "Europe/Berlin");
        add("two hours while the clocks go on", berlin, "2026-03-29T01:59:00Z", "2026-03-29T00:00:00Z");
        add("and no longer", berlin, "2026-03-29T02:00:00Z", "");
        add("two hours while the clocks go back", weekly({7}, QTime(2, 0), 2h, "Europe/Berlin"),
            "2026-10-25T01:30:00Z", "2026-10-25T00:00:00Z");
        add("a time that does not exist", weekly({7}, QTime(2, 30), 1h, "Europe/Berlin"),
            "2026-03-29T01:45:00Z", "2026-03-29T01:30:00Z");

        const auto nightly = cron("30 2 * * *", 1h, "UTC");
        add("cron", nightly, "2026-03-05T03:29:59Z", "2026-03-05T02:30:00Z");
        add("cron, over", nightly, "2026-03-05T03:30:00Z", "");
        add("cron, latest of several", cron("*/20 8-18/2 * * mon-fri", 5min, "UTC"), "2026-03-05T10:42:00Z",
            "2026-03-05T10:40:00Z");
        add("cron, weekend", cron("*/20 8-18/2 * * mon-fri", 5min, "UTC"), "2026-03-07T10:42:00Z", "");
        add("cron, either day", cron("0 0 13 * fri", 1h, "UTC"), "2026-03-06T00:10:00Z",
            "2026-03-06T00:00:00Z");
        add("nonsense covers nothing", cron("61 * * * *", 1h, "UTC"), "2026-03-06T00:10:00Z", "");
        add("unknown zone covers nothing", weekly({7}, QTime(0, 0), 24h, "Mars/Base"), "2026-03-01T12:00:00Z",
            "");
    }

    void occurrences()
    {
        QFETCH(MaintenanceWindow, window);
        QFETCH(QString, moment);
        QFETCH(QString, from);
        const auto span = occurrenceAt(window, at(moment.toLatin1().constData()));
        QCOMPARE(span.has_value(), !from.isEmpty());
        if (span)
            QCOMPARE(QDateTime::fromMSecsSinceEpoch(span->from, Qt::UTC).toString(Qt::ISODate), from);
    }

    void cronRefuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                                 "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *", "1-2-3 * * * *",
                                 "a * * * *", ", * * * *", "*/2/3 * * * *", "-1 * * * *", "* * * jam *"})
            QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text);
    }

    void cronRefuses()
    {
        QFETCH(QString, text);
        const auto cron = CronExpression::parse(text);
        QVERIFY(!cron);
        QVERIFY(!cron.error().sentence.isEmpty());
    }

    void cronSunday()
    {
        const QDate sunday(2026, 3, 1);
        for (const char *text : {"0 0 * * 0", "0 0 * * 7", "0 0 * * sun", "0 0 * * 6-7"})
            QVERIFY2(CronExpression::parse(QString::fromLatin1(text))->matches(sunday), text);
        QVERIFY(!CronExpression::parse(QStringLiteral("0 0 * * 1-6"))->matches(sunday));
    }
};

QTEST_GUILESS_MAIN(TestMaintenanceWindow)
#include "tst_maintenancewindow.moc"
