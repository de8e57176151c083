// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/sparkline.h"

#include <QPainter>
#include <QTest>

using namespace backwatch;

namespace {

constexpr UtcMs kNow = 1'790'000'000'000;

StoredSample answer(UtcMs at, int code, int ms)
{
    StoredSample stored;
    stored.sample.startedAt = at;
    stored.sample.httpStatus = code;
    stored.sample.outcome = code == 0     ? Outcome::ConnectTimeout
                            : code >= 400 ? Outcome::HttpStatus
                                          : Outcome::Ok;
    stored.sample.phases.total = microseconds(ms * 1'000);
    return stored;
}

} // namespace

class TestSparkline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingSeenIsNothingDrawn()
    {
        const QList<SparkBar> bars = sparkBars({}, milliseconds(30'000), kNow, 60);
        QCOMPARE(bars.size(), 60);
        QCOMPARE(bars.count(SparkBar{}), 60);
    }

    void gapsStayOpen()
    {
        const QList<StoredSample> samples{answer(kNow - 30 * 60'000, 200, 50), answer(kNow - 1'000, 200, 50)};
        const QList<SparkBar> bars = sparkBars(samples, milliseconds(60'000), kNow, 60);
        int seen = 0;
        for (const SparkBar &bar : bars)
            seen += bar.observed;
        QVERIFY2(seen >= 2 && seen <= 4, qPrintable(QString::number(seen)));
        QVERIFY(bars.last().observed);
        QVERIFY(!bars.at(45).observed);
    }

    void slowIntervalsFillTheirTime()
    {
        QList<StoredSample> samples;
        for (int i = 12; i > 0; --i)
            samples.append(answer(kNow - i * 300'000, 200, 50));
        const QList<SparkBar> bars = sparkBars(samples, milliseconds(300'000), kNow, 60);
        for (int i = 0; i < 59; ++i)
            QVERIFY(bars.at(i).observed);
    }

    void worstCodeHasTheBar_data()
    {
        QTest::addColumn<int>("one");
        QTest::addColumn<int>("other");
        QTest::addColumn<int>("shown");
        QTest::newRow("failure over success") << 200 << 404 << 404;
        QTest::newRow("503 over its neighbours") << 503 << 504 << 503;
        QTest::newRow("no answer over all") << 0 << 503 << 0;
    }

    void worstCodeHasTheBar()
    {
        QFETCH(int, one);
        QFETCH(int, other);
        QFETCH(int, shown);
        const UtcMs start = kNow / 60'000 * 60'000;
        for (const auto &[first, second] : {std::pair(one, other), std::pair(other, one)}) {
            const QList<StoredSample> samples{answer(start + 1'000, first, 50),
                                              answer(start + 2'000, second, 50)};
            QCOMPARE(sparkBars(samples, milliseconds(30'000), start + 3'000, 60).last().code, shown);
        }
    }

    void failuresReachTheTop()
    {
        const QList<StoredSample> samples{answer(kNow - 600'000, 200, 900), answer(kNow - 300'000, 503, 5)};
        double good = 0;
        double bad = 0;
        for (const SparkBar &bar : sparkBars(samples, milliseconds(30'000), kNow, 60)) {
            good = bar.code == 200 ? bar.height : good;
            bad = bar.code == 503 ? bar.height : bad;
        }
        QCOMPARE(bad, 1.0);
        QVERIFY(good > 0.5 && good < 0.9);
    }

    void neutralAnswersSayNothing()
    {
        StoredSample own = answer(kNow - 1'000, 0, 0);
        own.sample.outcome = Outcome::LocalNetwork;
        QVERIFY(!sparkBars({own}, milliseconds(30'000), kNow, 60).last().observed);
    }

    void futureAndOldSamplesAreHarmless()
    {
        const QList<StoredSample> samples{answer(kNow - 9'000'000, 200, 50), answer(kNow + 90'000, 200, 50)};
        const QList<SparkBar> bars = sparkBars(samples, milliseconds(30'000), kNow, 20);
        QCOMPARE(bars.count(SparkBar{}), 20);
    }

    void paintsInside()
    {
        QImage image(100, 40, QImage::Format_ARGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        QList<SparkBar> bars(20, SparkBar{true, 503, 1});
        paintSparkline(painter, QRectF(20, 10, 60, 20), bars, lightPalette());
        painter.end();
        QCOMPARE(image.pixelColor(21, 15), lightPalette().code(503));
        for (const QPoint &outside : {QPoint(19, 20), QPoint(80, 20), QPoint(50, 9), QPoint(50, 30)})
            QCOMPARE(image.pixelColor(outside), QColor(Qt::white));
    }
};

QTEST_MAIN(TestSparkline)
#include "tst_sparkline.moc"
