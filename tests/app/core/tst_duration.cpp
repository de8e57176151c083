// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/duration.h"

#include <QRandomGenerator>
#include <QTest>

using namespace backwatch;

class TestDuration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void writes_data();
    void writes();
    void readsWhatItWrites();
};

void TestDuration::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    const auto row = [](const char *text, qint64 ms) {
        QTest::newRow(text) << QString::fromUtf8(text) << ms;
    };
    row("0s", 0);
    row("1ms", 1);
    row("250ms", 250);
    row("30s", 30'000);
    row("5m", 300'000);
    row("1h", 3'600'000);
    row("2d", 172'800'000);
    row("1h30m", 5'400'000);
    row("1m1ms", 60'001);
    row("1d2h3m4s5ms", 93'784'005);
    row("90m", 5'400'000);
    row(" 30s ", 30'000);
    row("007s", 7'000);
    row("9223372036854775807ms", std::numeric_limits<qint64>::max());
}

void TestDuration::reads()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    const auto duration = parseDuration(text);
    QVERIFY(duration);
    QCOMPARE(duration->count(), ms);
}

void TestDuration::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const auto *text :
         {"", " ", "30", "s", "-5s", "+5s", "1.5h", "5 s", "5S", "5sec", "5µs", "1h30", "1e3s",
          "9223372036854775808ms", "9223372036854775807s", "106751991168d", "٣s", "5s;", "5s 3m"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestDuration::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!parseDuration(text));
}

void TestDuration::writes_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << qint64(0) << QStringLiteral("0s");
    QTest::newRow("milliseconds") << qint64(250) << QStringLiteral("250ms");
    QTest::newRow("seconds") << qint64(90'000) << QStringLiteral("1m30s");
    QTest::newRow("minutes") << qint64(300'000) << QStringLiteral("5m");
    QTest::newRow("day") << qint64(86'400'000) << QStringLiteral("1d");
    QTest::newRow("all") << qint64(93'784'005) << QStringLiteral("1d2h3m4s5ms");
}

void TestDuration::writes()
{
    QFETCH(qint64, ms);
    QFETCH(QString, text);
    QCOMPARE(formatDuration(milliseconds(ms)), text);
}

void TestDuration::readsWhatItWrites()
{
    QRandomGenerator random(1);
    for (int i = 0; i < 2'000; ++i) {
        const milliseconds duration(static_cast<qint64>(random.generate64() >> random.bounded(1, 64)));
        const auto again = parseDuration(formatDuration(duration));
        QVERIFY(again);
        QCOMPARE(*again, duration);
    }
}

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
