// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/timestamp.h"
#include "ui/charts/axisformatter.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace backwatch {

namespace {

const QLocale kEnglish(QLocale::English, QLocale::UnitedKingdom);

} // namespace

class TestAxisFormatter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void latencies_data();
    void latencies();
    void spans_data();
    void spans();
    void moments();
    void offsets();
};

void TestAxisFormatter::latencies_data()
{
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QString>("text");
    QTest::newRow("0") << qint64(0) << u"0 ms"_s;
    QTest::newRow("below a millisecond") << qint64(420) << u"0.4 ms"_s;
    QTest::newRow("whole") << qint64(5'000) << u"5 ms"_s;
    QTest::newRow("rounds to ten") << qint64(9'960) << u"10 ms"_s;
    QTest::newRow("51.3") << qint64(51'300) << u"51 ms"_s;
    QTest::newRow("nearly a second") << qint64(999'400) << u"999 ms"_s;
    QTest::newRow("rounds to a second") << qint64(999'900) << u"1 s"_s;
    QTest::newRow("1.2 s") << qint64(1'234'000) << u"1.2 s"_s;
    QTest::newRow("30 s") << qint64(30'000'000) << u"30 s"_s;
}

void TestAxisFormatter::latencies()
{
    QFETCH(qint64, us);
    QTEST(formatLatency(microseconds(us), kEnglish), "text");
    QCOMPARE(formatLatency(1'234ms, QLocale(QLocale::German)), u"1,2 s"_s);
}

void TestAxisFormatter::spans_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("negative") << qint64(-5) << u"0 s"_s;
    QTest::newRow("45 s") << qint64(45) << u"45 s"_s;
    QTest::newRow("12 min") << qint64(12 * 60 + 59) << u"12 min"_s;
    QTest::newRow("1 h") << qint64(3'600) << u"1 h"_s;
    QTest::newRow("1 h 5 min") << qint64(3'900) << u"1 h 5 min"_s;
    QTest::newRow("24 h") << qint64(86'400) << u"24 h"_s;
    QTest::newRow("2 d") << qint64(2 * 86'400 + 59) << u"2 d"_s;
    QTest::newRow("3 d 4 h") << qint64(76 * 3'600) << u"3 d 4 h"_s;
}

void TestAxisFormatter::spans()
{
    QFETCH(qint64, seconds);
    QTEST(formatSpan(milliseconds(seconds * 1'000), kEnglish), "text");
}

void TestAxisFormatter::moments()
{
    const QTimeZone berlin("Europe/Berlin");
    const UtcMs from = parseTimestamp(u"2026-03-28T22:50:00Z").value();
    QCOMPARE(formatMoment(from, berlin, kEnglish), u"Sat 28 Mar, 23:50"_s);
    QCOMPARE(formatMoments({from, from + 300'000}, berlin, kEnglish), u"Sat 28 Mar, 23:50 – 23:55"_s);
    QCOMPARE(formatMoments({from, from + 900'000}, berlin, kEnglish),
             u"Sat 28 Mar, 23:50 – Sun 29 Mar, 00:05"_s);
    QCOMPARE(formatMoments({from, from + 10'000}, berlin, kEnglish), u"Sat 28 Mar, 23:50:00 – 23:50:10"_s);
}

void TestAxisFormatter::offsets()
{
    const UtcMs winter = parseTimestamp(u"2026-01-01").value();
    const UtcMs summer = parseTimestamp(u"2026-07-01").value();
    QCOMPARE(formatOffset(winter, QTimeZone::utc()), u"UTC"_s);
    QCOMPARE(formatOffset(winter, QTimeZone("Europe/Berlin")), u"UTC+01:00"_s);
    QCOMPARE(formatOffset(summer, QTimeZone("Europe/Berlin")), u"UTC+02:00"_s);
    QCOMPARE(formatOffset(winter, QTimeZone("America/St_Johns")), u"UTC−03:30"_s);
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestAxisFormatter)
#include "tst_axisformatter.moc"
