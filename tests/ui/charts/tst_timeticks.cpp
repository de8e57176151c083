// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/timestamp.h"
#include "ui/charts/timeticks.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace backwatch {

namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

UtcMs utc(QStringView text)
{
    return parseTimestamp(text).value();
}

QStringList labels(const QList<TimeTick> &ticks)
{
    QStringList result;
    for (const auto &tick : ticks)
        result.append(tick.label);
    return result;
}

const QLocale kEnglish(QLocale::English, QLocale::UnitedKingdom);

} // namespace

class TestTimeTicks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesRoundSteps_data();
    void choosesRoundSteps();
    void neverMoreThanAsked();
    void standsAtRoundLocalTimes();
    void leavesOutTheHourThatDoesNotExist();
    void marksTheRepeatedHourTwice();
    void keepsDaysOverClockChanges();
    void beginsTheDayWhereClocksJumpOverMidnight();
    void knowsZonesOffTheHour();
    void beginsWeeksOnMonday();
    void writesTimesAsTheLocaleDoes();
};

void TestTimeTicks::choosesRoundSteps_data()
{
    QTest::addColumn<qint64>("span");
    QTest::addColumn<qint64>("step");
    QTest::newRow("2 min") << 2 * kMinute << qint64(10'000);
    QTest::newRow("1 h") << kHour << 5 * kMinute;
    QTest::newRow("6 h") << 6 * kHour << 30 * kMinute;
    QTest::newRow("24 h") << kDay << 2 * kHour;
    QTest::newRow("7 d") << 7 * kDay << 12 * kHour;
    QTest::newRow("30 d") << 30 * kDay << 7 * kDay;
    QTest::newRow("a century") << 36'525 * kDay << 364 * kDay;
}

void TestTimeTicks::choosesRoundSteps()
{
    QFETCH(qint64, span);
    QTEST(tickStep(span, 15), "step");
}

void TestTimeTicks::neverMoreThanAsked()
{
    const UtcMs from = utc(u"2026-10-20T13:37:11Z");
    for (const int most : {2, 5, 9, 14}) {
        for (qint64 span = 2 * kMinute; span < 800 * kDay; span = span * 3 / 2) {
            const auto ticks = timeTicks({from, from + span}, most, QTimeZone("Europe/Berlin"), kEnglish);
            // A repeated hour may add a mark.
            QVERIFY2(ticks.size() <= most + 1, qPrintable(QString::number(span)));
            for (qsizetype i = 1; i < ticks.size(); ++i)
                QVERIFY(ticks.at(i).at > ticks.at(i - 1).at);
        }
    }
}

void TestTimeTicks::standsAtRoundLocalTimes()
{
    const TimeRange range{utc(u"2026-03-27T15:10:00Z"), utc(u"2026-03-28T15:10:00Z")};
    const auto ticks = timeTicks(range, 10, QTimeZone("Europe/Berlin"), kEnglish);
    QCOMPARE(labels(ticks), (QStringList{u"18:00"_s, u"21:00"_s, u"28 Mar"_s, u"03:00"_s, u"06:00"_s,
                                         u"09:00"_s, u"12:00"_s, u"15:00"_s}));
    QVERIFY(ticks.at(2).newDay);
    QCOMPARE(ticks.at(2).at, utc(u"2026-03-27T23:00:00Z"));
}

void TestTimeTicks::leavesOutTheHourThatDoesNotExist()
{
    const TimeRange range{utc(u"2026-03-28T22:30:00Z"), utc(u"2026-03-29T03:30:00Z")};
    const auto ticks = timeTicks(range, 8, QTimeZone("Europe/Berlin"), kEnglish);
    QCOMPARE(labels(ticks), (QStringList{u"29 Mar"_s, u"01:00"_s, u"03:00"_s, u"04:00"_s, u"05:00"_s}));
    QCOMPARE(ticks.at(2).at, utc(u"2026-03-29T01:00:00Z"));
}

void TestTimeTicks::marksTheRepeatedHourTwice()
{
    const TimeRange range{utc(u"2026-10-24T21:30:00Z"), utc(u"2026-10-25T02:30:00Z")};
    const auto ticks = timeTicks(range, 8, QTimeZone("Europe/Berlin"), kEnglish);
    QCOMPARE(labels(ticks), (QStringList{u"25 Oct"_s, u"01:00"_s, u"02:00"_s, u"02:00"_s, u"03:00"_s}));
    QCOMPARE(ticks.at(3).at - ticks.at(2).at, kHour);
}

void TestTimeTicks::keepsDaysOverClockChanges()
{
    const TimeRange range{utc(u"2026-10-23T10:00:00Z"), utc(u"2026-10-27T10:00:00Z")};
    const auto ticks = timeTicks(range, 5, QTimeZone("Europe/Berlin"), kEnglish);
    QCOMPARE(labels(ticks), (QStringList{u"24 Oct"_s, u"25 Oct"_s, u"26 Oct"_s, u"27 Oct"_s}));
    QCOMPARE(ticks.at(2).at - ticks.at(1).at, 25 * kHour);
    const TimeRange spring{utc(u"2026-03-27T10:00:00Z"), utc(u"2026-03-31T10:00:00Z")};
    const auto shorter = timeTicks(spring, 5, QTimeZone("Europe/Berlin"), kEnglish);
    QCOMPARE(shorter.at(2).at - shorter.at(1).at, 23 * kHour);
}

void TestTimeTicks::beginsTheDayWhereClocksJumpOverMidnight()
{
    // In Havana 2026-03-08 has no hour between 00:00 and 01:00.
    const TimeRange range{utc(u"2026-03-06T12:00:00Z"), utc(u"2026-03-10T12:00:00Z")};
    const auto ticks = timeTicks(range, 5, QTimeZone("America/Havana"), kEnglish);
    QCOMPARE(labels(ticks), (QStringList{u"7 Mar"_s, u"8 Mar"_s, u"9 Mar"_s, u"10 Mar"_s}));
    QCOMPARE(ticks.at(1).at, utc(u"2026-03-08T05:00:00Z"));
    // In autumn it has two midnights.
    const TimeRange autumn{utc(u"2026-10-30T12:00:00Z"), utc(u"2026-11-03T12:00:00Z")};
    QCOMPARE(labels(timeTicks(autumn, 5, QTimeZone("America/Havana"), kEnglish)),
             (QStringList{u"31 Oct"_s, u"1 Nov"_s, u"2 Nov"_s, u"3 Nov"_s}));
}

void TestTimeTicks::knowsZonesOffTheHour()
{
    const UtcMs from = utc(u"2026-06-01T00:00:00Z");
    const auto ticks = timeTicks({from, from + 3 * kHour}, 4, QTimeZone("Asia/Kathmandu"), kEnglish);
    QCOMPARE(labels(ticks), (QStringList{u"06:00"_s, u"07:00"_s, u"08:00"_s}));
    QCOMPARE(ticks.first().at, from + 15 * kMinute);
}

void TestTimeTicks::beginsWeeksOnMonday()
{
    const UtcMs from = utc(u"2026-03-01T00:00:00Z");
    for (const auto &tick : timeTicks({from, from + 30 * kDay}, 6, QTimeZone::utc(), kEnglish))
        QCOMPARE(QDateTime::fromMSecsSinceEpoch(tick.at, Qt::UTC).date().dayOfWeek(), int(Qt::Monday));
}

void TestTimeTicks::writesTimesAsTheLocaleDoes()
{
    const UtcMs from = utc(u"2026-06-01T12:30:00Z");
    const TimeRange range{from, from + 2 * kHour};
    const QLocale american(QLocale::English, QLocale::UnitedStates);
    QVERIFY(timeTicks(range, 3, QTimeZone::utc(), american).first().label.contains(u"PM"_s));
    QCOMPARE(timeTicks(range, 3, QTimeZone::utc(), QLocale::c()).first().label, u"13:00"_s);
    QCOMPARE(timeTicks({from, from + 2 * kMinute}, 5, QTimeZone::utc(), kEnglish).at(1).label, u"12:30:30"_s);
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestTimeTicks)
#include "tst_timeticks.moc"
