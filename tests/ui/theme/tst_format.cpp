// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/format.h"

#include <QLocale>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace backwatch;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void durations_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("words");
        QTest::newRow("negative") << qint64(-5) << u"0 s"_s;
        QTest::newRow("seconds") << qint64(4'900) << u"4 s"_s;
        QTest::newRow("minute") << qint64(60'000) << u"1 min"_s;
        QTest::newRow("minutes") << qint64(12 * 60'000 + 59'000) << u"12 min"_s;
        QTest::newRow("hour") << qint64(3'600'000) << u"1 h"_s;
        QTest::newRow("hours") << qint64(3 * 3'600'000 + 5 * 60'000) << u"3 h 5 min"_s;
        QTest::newRow("days") << qint64(52 * 3'600'000) << u"2 d 4 h"_s;
        QTest::newRow("weeks") << qint64(10 * 86'400'000LL + 3'600'000) << u"10 d"_s;
    }

    void durations()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, words);
        QCOMPARE(plain(durationText(milliseconds(ms))), words);
        QVERIFY2(!durationText(milliseconds(ms)).contains(u' '), "a line could end between figure and unit");
    }

    void ages()
    {
        QCOMPARE(plain(agoText(1'000, 5'000)), u"4 s ago"_s);
        QCOMPARE(agoText(5'000, 5'999), u"now"_s);
        QCOMPARE(agoText(9'000, 5'000), u"now"_s);
    }

    void latencies_data()
    {
        QTest::addColumn<int>("us");
        QTest::addColumn<QString>("words");
        QTest::newRow("below one") << 400 << u"0.4 ms"_s;
        QTest::newRow("nearly one") << 960 << u"1 ms"_s;
        QTest::newRow("usual") << 51'400 << u"51 ms"_s;
        QTest::newRow("nearly a second") << 999'600 << u"1.0 s"_s;
        QTest::newRow("seconds") << 1'234'000 << u"1.2 s"_s;
        QTest::newRow("many seconds") << 14'400'000 << u"14 s"_s;
    }

    void latencies()
    {
        QFETCH(int, us);
        QFETCH(QString, words);
        QCOMPARE(plain(latencyText(microseconds(us))), words);
    }

    void shares_data()
    {
        QTest::addColumn<double>("share");
        QTest::addColumn<QString>("words");
        QTest::newRow("all") << 1.0 << u"100 %"_s;
        QTest::newRow("not quite all") << 0.99999 << u"99.99 %"_s;
        QTest::newRow("binary fraction") << 0.9995 << u"99.95 %"_s;
        QTest::newRow("none") << 0.0 << u"0.00 %"_s;
        QTest::newRow("half") << 0.5 << u"50.00 %"_s;
    }

    void shares()
    {
        QFETCH(double, share);
        QFETCH(QString, words);
        QCOMPARE(plain(shareText(share)), words);
    }

    void numbersFollowTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(plain(shareText(0.9995)), u"99,95 %"_s);
        QCOMPARE(plain(latencyText(microseconds(1'234'000))), u"1,2 s"_s);
    }

    void everyStateHasAWord()
    {
        QSet<QString> words;
        for (int i = 0; i < kStateCount; ++i)
            words.insert(stateWord(*stateFromNumber(i)));
        QCOMPARE(words.size(), kStateCount);
        QVERIFY(!words.contains(QString()));
        QCOMPARE(plain(stateSinceText(State::Down, milliseconds(240'000))), u"Down for 4 min"_s);
    }

    void everyOutcomeHasAnAnswer()
    {
        Sample sample;
        for (int i = 0; i < kOutcomeCount; ++i) {
            sample.outcome = *outcomeFromNumber(i);
            QVERIFY(!answerWord(sample).isEmpty());
            QVERIFY2(answerWord(sample).size() <= 9, "does not fit a small tile");
        }
        sample.httpStatus = 503;
        QCOMPARE(answerWord(sample), u"503"_s);
    }

    void zones()
    {
        const UtcMs summer = *parseTimestamp(u"2026-07-01T12:00:00Z");
        QCOMPARE(zoneText(summer, QTimeZone("Europe/Berlin")), u"CEST (UTC+02:00)"_s);
        QCOMPARE(zoneText(summer, QTimeZone::utc()), u"UTC"_s);
        QCOMPARE(zoneText(summer, QTimeZone(-12'600)), QString(u"UTC"_s + QChar(0x2212) + u"03:30"_s));
        QVERIFY(clockText(summer, QTimeZone("Europe/Berlin")).startsWith(u"14:00"_s));
    }

private:
    static QString plain(QString text) { return text.replace(QChar(QChar::Nbsp), u' '); }
};

QTEST_MAIN(TestFormat)
#include "tst_format.moc"
