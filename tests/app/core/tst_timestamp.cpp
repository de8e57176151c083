// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/timestamp.h"

#include <QTest>

#include <ctime>

using namespace backwatch;

class TestTimestamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writes();
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void readsWhatItWrites();
    void ignoresTheLocalZone();
};

void TestTimestamp::writes()
{
    QCOMPARE(formatTimestamp(0), QStringLiteral("1970-01-01T00:00:00.000Z"));
    QCOMPARE(formatTimestamp(1'795'383'000'007), QStringLiteral("2026-11-22T21:30:00.007Z"));
    QCOMPARE(formatTimestamp(-1), QStringLiteral("1969-12-31T23:59:59.999Z"));
}

void TestTimestamp::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    constexpr qint64 kMoment = 1'795'383'000'000;
    const auto row = [](const char *text, qint64 ms) {
        QTest::newRow(text) << QString::fromUtf8(text) << ms;
    };
    row("2026-11-22T21:30:00Z", kMoment);
    row("2026-11-22T21:30:00.000Z", kMoment);
    row("2026-11-22t21:30:00z", kMoment);
    row("2026-11-22 21:30:00Z", kMoment);
    row("2026-11-22T21:30:00", kMoment);
    row("2026-11-22T21:30", kMoment);
    row("2026-11-22T21:30:00.5Z", kMoment + 500);
    row("2026-11-22T21:30:00.123456Z", kMoment + 123);
    row("2026-11-22T22:30:00+01:00", kMoment);
    row("2026-11-22T16:00:00-05:30", kMoment);
    row("2026-11-22T21:30:00+00:00", kMoment);
    row("2026-11-22T21:30:00-00:00", kMoment);
    row(" 2026-11-22T21:30:00Z ", kMoment);
    row("2026-11-22", 1'795'305'600'000);
    row("2028-02-29", 1'835'395'200'000);
    row("2026-03-29T02:30:00", 1'774'751'400'000); // does not exist in much of Europe's local time
    row("1969-12-31T23:59:59Z", -1'000);
}

void TestTimestamp::reads()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    const auto time = parseTimestamp(text);
    QVERIFY(time);
    QCOMPARE(*time, ms);
}

void TestTimestamp::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const auto *text :
         {"", "now", "21:30", "2026-11", "2026-13-01", "2026-02-29", "2026-11-31", "26-11-22",
          "2026-11-22T25:00:00Z", "2026-11-22T24:00:01Z", "2026-11-22T21:60:00Z", "2026-11-22T21:30:00+1:00",
          "2026-11-22T21:30:00+99:00", "2026-11-22T21:30:00 CET", "2026-11-22Z", "2026-11-22T21:30:00.Z",
          "2026-11-22T21:30:00Zx", "1795383000000"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestTimestamp::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!parseTimestamp(text));
}

void TestTimestamp::readsWhatItWrites()
{
    for (UtcMs time = -1'000'000'000'000; time < 4'000'000'000'000; time += 12'345'678'901)
        QCOMPARE(parseTimestamp(formatTimestamp(time)).value_or(0), time);
}

void TestTimestamp::ignoresTheLocalZone()
{
    const QByteArray before = qgetenv("TZ");
    qputenv("TZ", "America/New_York");
    tzset();
    const auto time = parseTimestamp(u"2026-11-22T21:30:00");
    const QString text = formatTimestamp(1'795'383'000'000);
    qputenv("TZ", before);
    tzset();
    QCOMPARE(time.value_or(0), 1'795'383'000'000);
    QCOMPARE(text, QStringLiteral("2026-11-22T21:30:00.000Z"));
}

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
