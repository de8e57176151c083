// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timeaxis.h"

#include <QSignalSpy>
#include <QTest>

namespace backwatch {

namespace {

constexpr qint64 kHour = 3'600'000;
constexpr TimeRange kDay{1'000 * kHour, 1'024 * kHour};

} // namespace

class TestTimeAxis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsTimeToPixelsAndBack();
    void mapsNothingWithoutDividingByZero();
    void zoomsAtAMoment();
    void neverShowsMoreThanHomeNorLessThanTwoMinutes();
    void pansBackButNeverPastThePresent();
    void revealsWithTheLeastMove();
    void followsThePresentOnlyAtHome();
    void tellsOnlyChanges();
};

void TestTimeAxis::mapsTimeToPixelsAndBack()
{
    const TimeScale scale{kDay, 72, 1'200};
    QCOMPARE(scale.xAt(kDay.from), 72.0);
    QCOMPARE(scale.xAt(kDay.to), 1'272.0);
    QCOMPARE(scale.xAt(kDay.from + 6 * kHour), 372.0);
    for (int x = 72; x <= 1'272; x += 7)
        QVERIFY(std::abs(scale.xAt(scale.timeAt(x)) - x) < 0.001);
}

void TestTimeAxis::mapsNothingWithoutDividingByZero()
{
    const TimeScale empty{{5, 5}, 10, 0};
    QCOMPARE(empty.xAt(7), 10.0);
    QCOMPARE(empty.timeAt(40), UtcMs(5));
}

void TestTimeAxis::zoomsAtAMoment()
{
    TimeAxis axis;
    axis.setHome(kDay);
    const UtcMs anchor = kDay.from + 6 * kHour;
    const double before = TimeScale{axis.view(), 0, 1'000}.xAt(anchor);
    axis.zoom(0.5, anchor);
    QCOMPARE(axis.view().span(), 12 * kHour);
    QCOMPARE((TimeScale{axis.view(), 0, 1'000}.xAt(anchor)), before);
    QVERIFY(!axis.isHome());
    axis.reset();
    QCOMPARE(axis.view(), kDay);
}

void TestTimeAxis::neverShowsMoreThanHomeNorLessThanTwoMinutes()
{
    TimeAxis axis;
    axis.setHome(kDay);
    axis.zoom(1e-9, kDay.from + kHour);
    QCOMPARE(axis.view().span(), qint64(120'000));
    axis.zoom(1e9, kDay.from + kHour);
    QCOMPARE(axis.view().span(), kDay.span());
    QVERIFY(axis.view().to <= kDay.to);
    axis.setHome({0, 60'000});
    axis.zoom(0.1, 30'000);
    QCOMPARE(axis.view().span(), qint64(60'000));
}

void TestTimeAxis::pansBackButNeverPastThePresent()
{
    TimeAxis axis;
    axis.setHome(kDay);
    axis.pan(5 * kHour);
    QCOMPARE(axis.view(), kDay);
    axis.pan(-30 * kHour);
    QCOMPARE(axis.view(), (TimeRange{kDay.from - 30 * kHour, kDay.to - 30 * kHour}));
    axis.pan(-5'000 * kHour);
    QCOMPARE(axis.view().from, UtcMs(0));
}

void TestTimeAxis::revealsWithTheLeastMove()
{
    TimeAxis axis;
    axis.setHome(kDay);
    axis.zoom(0.25, kDay.from + 12 * kHour);
    const TimeRange view = axis.view();
    axis.reveal(view.from + kHour);
    QCOMPARE(axis.view(), view);
    axis.reveal(view.from - kHour);
    QVERIFY(axis.view().contains(view.from - kHour));
    QVERIFY(axis.view().contains(view.from));
    axis.reveal(view.to + kHour);
    QVERIFY(axis.view().contains(view.to + kHour));
}

void TestTimeAxis::followsThePresentOnlyAtHome()
{
    TimeAxis axis;
    axis.setHome(kDay);
    axis.advanceTo(kDay.to + kHour);
    QCOMPARE(axis.view(), (TimeRange{kDay.from + kHour, kDay.to + kHour}));
    axis.advanceTo(kDay.to); // a clock that went back changes nothing
    QCOMPARE(axis.home().to, kDay.to + kHour);
    axis.zoom(0.5, kDay.to);
    const TimeRange zoomed = axis.view();
    axis.advanceTo(kDay.to + 3 * kHour);
    QCOMPARE(axis.view(), zoomed);
    axis.reset();
    QCOMPARE(axis.view().to, kDay.to + 3 * kHour);
}

void TestTimeAxis::tellsOnlyChanges()
{
    TimeAxis axis;
    axis.setHome(kDay);
    QSignalSpy view(&axis, &TimeAxis::viewChanged);
    QSignalSpy crosshair(&axis, &TimeAxis::crosshairChanged);
    axis.reset();
    axis.pan(kHour);
    axis.setCrosshair(std::nullopt);
    QCOMPARE(view.count() + crosshair.count(), 0);
    axis.setCrosshair(kDay.from);
    axis.setCrosshair(kDay.from);
    QCOMPARE(crosshair.count(), 1);
    axis.setHome(kDay);
    QVERIFY(!axis.crosshair());
}

} // namespace backwatch

QTEST_GUILESS_MAIN(backwatch::TestTimeAxis)
#include "tst_timeaxis.moc"
