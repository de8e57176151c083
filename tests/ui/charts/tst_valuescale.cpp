// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/valuescale.h"

#include <QTest>

#include <cmath>
#include <limits>

namespace backwatch {

class TestValueScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRound_data();
    void isRound();
    void holdsEverything();
    void survivesNonsense();
};

void TestValueScale::isRound_data()
{
    QTest::addColumn<double>("largest");
    QTest::addColumn<int>("most");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<double>("top");
    QTest::addColumn<int>("marks");
    QTest::newRow("51 ms") << 51.0 << 4 << false << 60.0 << 4;
    QTest::newRow("1 ms") << 1.0 << 4 << false << 1.0 << 3;
    QTest::newRow("30 s") << 30'000.0 << 4 << false << 30'000.0 << 4;
    QTest::newRow("one check") << 1.0 << 4 << true << 1.0 << 2;
    QTest::newRow("three checks") << 3.0 << 4 << true << 3.0 << 4;
    QTest::newRow("ten checks") << 10.0 << 2 << true << 10.0 << 3;
    QTest::newRow("hardly any room") << 51.0 << 1 << false << 100.0 << 2;
}

void TestValueScale::isRound()
{
    QFETCH(double, largest);
    QFETCH(int, most);
    QFETCH(bool, whole);
    QFETCH(int, marks);
    const ValueScale scale = valueScale(largest, most, whole);
    QTEST(scale.top, "top");
    QCOMPARE(scale.marks.size(), marks);
    QCOMPARE(scale.marks.first(), 0.0);
    QCOMPARE(scale.marks.last(), scale.top);
}

void TestValueScale::holdsEverything()
{
    for (double largest = 0.01; largest < 1e6; largest *= 1.37) {
        for (const int most : {1, 2, 3, 5, 8}) {
            const ValueScale scale = valueScale(largest, most, false);
            QVERIFY(scale.top >= largest * (1 - 1e-6));
            QVERIFY(scale.marks.size() <= most + 1);
            QVERIFY(scale.yAt(largest, 100) > -0.001);
        }
    }
    QCOMPARE(valueScale(100, 4, false).yAt(0, 200), 200.0);
}

void TestValueScale::survivesNonsense()
{
    for (const double value :
         {0.0, -5.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        QCOMPARE(valueScale(value, 0, true).top, 1.0);
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestValueScale)
#include "tst_valuescale.moc"
