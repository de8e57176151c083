// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What wheel, drag, double click and keys do, and what is found under a point.
#include "ui/charts/chartreadout.h"
#include "ui/charts/codechart.h"
#include "ui/charts/statestrip.h"
#include "ui/charts/timeaxis.h"

#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace backwatch {

namespace {

constexpr qint64 kMinute = 60'000;
constexpr qint64 kHour = 60 * kMinute;
constexpr UtcMs kFrom = 1'774'566'000'000;
constexpr TimeRange kDay{kFrom, kFrom + 24 * kHour};

ChartData hourly()
{
    ChartData data;
    data.loaded = kDay;
    data.width = 1h;
    for (int i = 0; i < 24; ++i) {
        if (i >= 10 && i < 14)
            continue;
        Rollup rollup;
        rollup.start = kFrom + i * kHour;
        rollup.width = 1h;
        rollup.checks = 10;
        rollup.codes = {{200, 9}, {503, 1}};
        rollup.p50 = 51ms;
        rollup.p95 = 90ms;
        rollup.max = 1'200ms;
        data.rollups.append(rollup);
    }
    data.gaps = {{kFrom + 10 * kHour, kFrom + 14 * kHour}};
    data.states = {{State::Up, kFrom, kFrom + 5 * kHour},
                   {State::Down, kFrom + 5 * kHour, kFrom + 7 * kHour},
                   {State::Up, kFrom + 7 * kHour, kFrom + 24 * kHour}};
    Incident incident;
    incident.id = 42;
    incident.openedAt = kFrom + 5 * kHour;
    incident.closedAt = kFrom + 7 * kHour;
    data.incidents = {incident};
    return data;
}

} // namespace

class TestTimeChart : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TimeAxis> m_axis;
    std::unique_ptr<CodeChart> m_chart;

    int xOf(double hour) const
    {
        return qRound(m_chart->timeScale().xAt(kFrom + qRound64(hour * double(kHour))));
    }
    QPoint at(double hour) const { return {xOf(hour), m_chart->plotArea().center().y()}; }
    void hover(QPoint where)
    {
        QMouseEvent event(QEvent::MouseMove, where, m_chart->mapToGlobal(where), Qt::NoButton, {}, {});
        QApplication::sendEvent(m_chart.get(), &event);
    }
    void turnWheel(QPoint where, QPoint angle)
    {
        QWheelEvent event(where, m_chart->mapToGlobal(where), {}, angle, {}, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_chart.get(), &event);
    }

private Q_SLOTS:
    void init();
    void wheelZoomsAtThePointer();
    void sidewaysWheelPans();
    void dragPans();
    void aSmallMoveIsAClick();
    void doubleClickResets();
    void hoverMovesTheCrosshair();
    void arrowsWalkTheBuckets();
    void arrowsPanToWhatIsOutOfView();
    void keysZoomAndReset();
    void readsOutWhatIsUnderTheCrosshair();
    void findsIncidents();
    void focusIsShownToTheKeyboard();
    void describesItself();
};

void TestTimeChart::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_chart.reset();
    m_axis = std::make_unique<TimeAxis>();
    m_axis->setZone(QTimeZone::utc());
    m_axis->setHome(kDay);
    m_chart = std::make_unique<CodeChart>(*m_axis);
    m_chart->resize(1'056, 200);
    m_chart->setData(hourly());
    m_chart->show();
}

void TestTimeChart::wheelZoomsAtThePointer()
{
    const UtcMs anchor = m_chart->timeScale().timeAt(xOf(6));
    const int x = xOf(6);
    turnWheel({x, 100}, {0, 120});
    QCOMPARE(m_axis->view().span(), qRound64(24 * double(kHour) * 0.8));
    QVERIFY(std::abs(m_chart->timeScale().xAt(anchor) - x) < 0.5);
    turnWheel({x, 100}, {0, -120});
    QCOMPARE(m_axis->view().span(), kDay.span());
}

void TestTimeChart::sidewaysWheelPans()
{
    turnWheel({500, 100}, {120, 0});
    QCOMPARE(m_axis->view().span(), kDay.span());
    QVERIFY(m_axis->view().from < kDay.from);
}

void TestTimeChart::dragPans()
{
    m_axis->zoom(0.5, kFrom + 12 * kHour);
    const TimeRange before = m_axis->view();
    const int width = m_chart->plotArea().width();
    const QPoint start(400, 100);
    QTest::mousePress(m_chart.get(), Qt::LeftButton, {}, start);
    QTest::mouseMove(m_chart.get(), start + QPoint(width / 4, 3));
    QTest::mouseRelease(m_chart.get(), Qt::LeftButton, {}, start + QPoint(width / 4, 3));
    QCOMPARE(m_axis->view().from, before.from - before.span() / 4);
    QCOMPARE(m_axis->view().span(), before.span());
    // Back where it was: no drift.
    QTest::mousePress(m_chart.get(), Qt::LeftButton, {}, start);
    QTest::mouseMove(m_chart.get(), start - QPoint(width / 4, 0));
    QTest::mouseRelease(m_chart.get(), Qt::LeftButton, {}, start - QPoint(width / 4, 0));
    QCOMPARE(m_axis->view(), before);
}

void TestTimeChart::aSmallMoveIsAClick()
{
    const QPoint start(400, 100);
    QTest::mousePress(m_chart.get(), Qt::LeftButton, {}, start);
    QTest::mouseMove(m_chart.get(), start + QPoint(2, 0));
    QTest::mouseRelease(m_chart.get(), Qt::LeftButton, {}, start + QPoint(2, 0));
    QCOMPARE(m_axis->view(), kDay);
    QCOMPARE(m_axis->crosshair(), m_chart->timeScale().timeAt(402));
}

void TestTimeChart::doubleClickResets()
{
    m_axis->zoom(0.1, kFrom + 3 * kHour);
    QTest::mouseDClick(m_chart.get(), Qt::LeftButton, {}, {400, 100});
    QCOMPARE(m_axis->view(), kDay);
}

void TestTimeChart::hoverMovesTheCrosshair()
{
    hover(at(3));
    QCOMPARE(m_axis->crosshair(), m_chart->timeScale().timeAt(xOf(3)));
    hover({10, 100}); // the value labels
    QVERIFY(!m_axis->crosshair());
}

void TestTimeChart::arrowsWalkTheBuckets()
{
    QTest::keyClick(m_chart.get(), Qt::Key_Left);
    QCOMPARE(m_axis->crosshair(), kFrom + 23 * kHour + kHour / 2);
    QTest::keyClick(m_chart.get(), Qt::Key_Right); // there is none after it
    QCOMPARE(m_axis->crosshair(), kFrom + 23 * kHour + kHour / 2);
    QTest::keyClick(m_chart.get(), Qt::Key_Home);
    QCOMPARE(m_axis->crosshair(), kFrom + kHour / 2);
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(m_chart.get(), Qt::Key_Right);
    QCOMPARE(m_axis->crosshair(), kFrom + 14 * kHour + kHour / 2); // over the gap
    QTest::keyClick(m_chart.get(), Qt::Key_Left);
    QCOMPARE(m_axis->crosshair(), kFrom + 9 * kHour + kHour / 2);
    QTest::keyClick(m_chart.get(), Qt::Key_End);
    QCOMPARE(m_axis->crosshair(), kFrom + 23 * kHour + kHour / 2);
    QTest::keyClick(m_chart.get(), Qt::Key_Escape);
    QVERIFY(!m_axis->crosshair());
}

void TestTimeChart::arrowsPanToWhatIsOutOfView()
{
    m_axis->zoom(0.25, kFrom + 20 * kHour);
    const TimeRange before = m_axis->view();
    QTest::keyClick(m_chart.get(), Qt::Key_Home);
    QTest::keyClick(m_chart.get(), Qt::Key_Left);
    QVERIFY(m_axis->view().from < before.from);
    QVERIFY(m_axis->view().contains(*m_axis->crosshair()));
    QTest::keyClick(m_chart.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(m_axis->view().span(), before.span());
}

void TestTimeChart::keysZoomAndReset()
{
    m_axis->setCrosshair(kFrom + 6 * kHour);
    QTest::keyClick(m_chart.get(), Qt::Key_Plus);
    QCOMPARE(m_axis->view(), (TimeRange{kFrom + 3 * kHour, kFrom + 15 * kHour}));
    QTest::keyClick(m_chart.get(), Qt::Key_Minus);
    QCOMPARE(m_axis->view(), kDay);
    QTest::keyClick(m_chart.get(), Qt::Key_Plus);
    QTest::keyClick(m_chart.get(), Qt::Key_0);
    QCOMPARE(m_axis->view(), kDay);
}

void TestTimeChart::readsOutWhatIsUnderTheCrosshair()
{
    ChartReadout readout(*m_axis);
    readout.setData(hourly());
    QCOMPARE(readout.text(), u"Thu 26 Mar, 23:00 – Fri 27 Mar, 23:00 · one column is 1 h"_s);
    m_axis->setCrosshair(kFrom + 2 * kHour); // the first moment of a bucket belongs to it
    QCOMPARE(readout.text(), u"Fri 27 Mar, 01:00 – 02:00 · 503: 1 · 200: 9 · "
                             "median 51 ms · 95th percentile 90 ms · slowest 1.2 s"_s);
    QCOMPARE(readout.accessibleName(), readout.text());
    m_axis->setCrosshair(kFrom + 2 * kHour - 1);
    QVERIFY(readout.text().startsWith(u"Fri 27 Mar, 00:00 – 01:00"_s));
    m_axis->setCrosshair(kFrom + 12 * kHour);
    QCOMPARE(readout.text(), u"Fri 27 Mar, 11:00 · not observed"_s);
    auto failing = hourly();
    failing.rollups[2].p50.reset();
    readout.setData(failing);
    m_axis->setCrosshair(kFrom + 2 * kHour);
    QVERIFY(readout.text().endsWith(u"no response time"_s));
}

void TestTimeChart::findsIncidents()
{
    StateStrip strip(*m_axis);
    strip.resize(1'056, strip.sizeHint().height());
    strip.setData(hourly());
    const auto x = [&](double hour) { return strip.timeScale().xAt(kFrom + qRound64(hour * double(kHour))); };
    const double band = strip.plotArea().center().y();
    QCOMPARE(strip.incidentAt({x(6), band}), std::optional<IncidentId>(42));
    QCOMPARE(strip.incidentAt({x(5) - 7, 6}), std::optional<IncidentId>(42)); // its mark
    QVERIFY(!strip.incidentAt({x(6), 6}));
    QVERIFY(!strip.incidentAt({x(8), band}));
    QVERIFY(!strip.incidentAt({x(6), strip.height() - 4.0})); // the time labels

    QSignalSpy activated(&strip, &StateStrip::incidentActivated);
    strip.show();
    QTest::mouseClick(&strip, Qt::LeftButton, {}, {qRound(x(6)), qRound(band)});
    QTest::mouseClick(&strip, Qt::LeftButton, {}, {qRound(x(12)), qRound(band)});
    QCOMPARE(activated.count(), 1);
    QTest::keyClick(&strip, Qt::Key_Home);
    QTest::keyClick(&strip, Qt::Key_Return); // at the start of the range there is none
    QTest::keyClick(&strip, Qt::Key_Right);
    QCOMPARE(m_axis->crosshair(), kFrom + 5 * kHour);
    QTest::keyClick(&strip, Qt::Key_Return);
    QCOMPARE(activated.count(), 2);
}

void TestTimeChart::focusIsShownToTheKeyboard()
{
    QVERIFY(QTest::qWaitForWindowActive(m_chart.get()));
    m_chart->clearFocus();
    const QImage without = m_chart->grab().toImage();
    m_chart->setFocus(Qt::TabFocusReason);
    QVERIFY(m_chart->grab().toImage() != without);
}

void TestTimeChart::describesItself()
{
    QCOMPARE(m_chart->accessibleName(), u"Responses"_s);
    QCOMPARE(m_chart->accessibleDescription(),
             u"Response codes, Thu 26 Mar, 23:00 – Fri 27 Mar, 23:00: 200: 180, 503: 20."_s);
    m_chart->setData({});
    QVERIFY(m_chart->accessibleDescription().endsWith(u"no answers in this range yet."_s));
}

} // namespace backwatch

QTEST_MAIN(backwatch::TestTimeChart)
#include "tst_timechart.moc"
