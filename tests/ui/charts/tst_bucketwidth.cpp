// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/bucketwidth.h"

#include <QTest>

using namespace std::chrono_literals;

namespace backwatch {

class TestBucketWidth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chooses_data();
    void chooses();
    void holdsItsLimits();
};

void TestBucketWidth::chooses_data()
{
    QTest::addColumn<milliseconds>("span");
    QTest::addColumn<int>("pixels");
    QTest::addColumn<milliseconds>("interval");
    QTest::addColumn<milliseconds>("width");
    const auto row = [](const char *name, milliseconds span, int pixels, milliseconds interval,
                        milliseconds width) { QTest::newRow(name) << span << pixels << interval << width; };
    row("1 h", 1h, 1'220, 1s, 10s);
    row("1 h, every 30 s", 1h, 1'220, 30s, 30s);
    row("1 h, every 45 s", 1h, 1'220, 45s, 1min);
    row("24 h", 24h, 1'220, 30s, 5min);
    row("24 h, narrow", 24h, 300, 30s, 15min);
    row("24 h, every 2 h", 24h, 1'220, 2h, 3h);
    row("7 d", 168h, 1'220, 30s, 30min);
    row("30 d", 720h, 1'220, 30s, 3h);
    row("1 y", 8'760h, 1'800, 30s, 24h);
    row("2,000 columns at most", 2'000s, 100'000, 0s, 1s);
    row("one more", 2'001s, 100'000, 0s, 10s);
    row("3 pixels exactly", 400s, 1'200, 0s, 1s);
    row("a little less", 401s, 1'200, 0s, 10s);
    row("no room", 24h, 0, 30s, 24h);
    row("a monitor that checks every week", 24h, 1'220, 168h, 24h);
}

void TestBucketWidth::chooses()
{
    QFETCH(milliseconds, span);
    QFETCH(int, pixels);
    QFETCH(milliseconds, interval);
    QTEST(bucketWidth(span, pixels, interval), "width");
}

void TestBucketWidth::holdsItsLimits()
{
    for (milliseconds span = 2min; span < 9'000h; span = span * 7 / 5) {
        for (const int pixels : {300, 1'220, 1'776, 3'700}) {
            const auto width = bucketWidth(span, pixels, 30s);
            QVERIFY(width >= 30s);
            if (width < 24h) {
                QVERIFY(span <= 2'000 * width);
                QVERIFY(double(pixels) * double(width.count()) / double(span.count()) >= 3);
            }
        }
    }
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestBucketWidth)
#include "tst_bucketwidth.moc"
