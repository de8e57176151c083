// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is on the pixels: that plots line up, that gaps stay empty, and what a repaint costs.
#include "ui/charts/chartadapter.h"
#include "ui/charts/chartstack.h"
#include "ui/charts/chartstyle.h"
#include "ui/charts/codechart.h"
#include "ui/charts/latencychart.h"
#include "ui/charts/statestrip.h"
#include "ui/charts/timeaxis.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace backwatch {

namespace {

constexpr UtcMs kFrom = 1'774'566'000'000;

ChartData evenly(int buckets, milliseconds width)
{
    ChartData data;
    data.width = width;
    data.loaded = {kFrom, kFrom + buckets * width.count()};
    for (int i = 0; i < buckets; ++i) {
        Rollup rollup;
        rollup.start = kFrom + i * width.count();
        rollup.width = width;
        rollup.checks = 60;
        rollup.codes = {{0, i % 7 == 0}, {200, 55}, {301, 1}, {404, 1}, {500, 1}, {503, i % 3}};
        rollup.p50 = microseconds(50'000 + (i * 7'919) % 20'000);
        rollup.p95 = *rollup.p50 + 30ms;
        rollup.max = *rollup.p50 + microseconds((i * 104'729) % 400'000);
        data.rollups.append(rollup);
    }
    data.states = {{State::Up, data.loaded.from, data.loaded.to}};
    return data;
}

bool near(QColor a, QColor b, int by = 3)
{
    return std::abs(a.red() - b.red()) <= by && std::abs(a.green() - b.green()) <= by &&
           std::abs(a.blue() - b.blue()) <= by;
}

int blueness(QColor colour)
{
    return colour.blue() - colour.red();
}

} // namespace

class TestChartPaint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plotsLineUp();
    void linesStandOnTheSamePixelsAsColumns();
    void paintsColumnsByClass();
    void neverBridgesAGap();
    void marksWhatIsSlowerThanTheAxis();
    void survivesExtremes_data();
    void survivesExtremes();
    void repaints_data();
    void repaints();
};

void TestChartPaint::plotsLineUp()
{
    TimeAxis axis;
    ChartStack stack(axis);
    stack.resize(1'366, 640);
    ChartData data = evenly(10, 5min);
    data.load = {{u"host.cpu.busy"_s, {{kFrom, 0.5, 0.5, 0.5}}, {}}};
    stack.setData(data);
    stack.show();
    QList<QRect> plots;
    for (auto *chart : stack.findChildren<TimeChart *>())
        plots.append(QRect(chart->mapTo(&stack, chart->plotArea().topLeft()), chart->plotArea().size()));
    QCOMPARE(plots.size(), 4);
    for (const QRect &plot : plots) {
        QCOMPARE(plot.left(), plots.first().left());
        QCOMPARE(plot.width(), stack.plotWidth());
    }
}

void TestChartPaint::linesStandOnTheSamePixelsAsColumns()
{
    // A needle at each of these moments must show in the very column that the shared scale says.
    const QSize plot(1'000, 120);
    const qint64 span = 86'400'000;
    ChartAdapter adapter;
    for (const int x : {0, 1, 250, 499, 500, 777, 998}) {
        const double time = (x + 0.5) / 1'000 * double(span);
        const QImage image =
            adapter.render(plot, 1, span, 100, {{{{time, 0}, {time, 100}}, QColor(Qt::black), 1}});
        QCOMPARE(image.size(), plot);
        for (int column = 0; column < plot.width(); ++column)
            QCOMPARE(qAlpha(image.pixel(column, 60)) > 128, column == x);
    }
    const QImage level =
        adapter.render(plot, 2, span, 100, {{{{0, 50}, {double(span), 50}}, QColor(Qt::black), 2}});
    QCOMPARE(level.size(), 2 * plot);
    QVERIFY(qAlpha(level.pixel(0, 120)) > 128);
    QVERIFY(qAlpha(level.pixel(1'999, 120)) > 128);
    QVERIFY(qAlpha(level.pixel(1'000, 60)) == 0);
}

void TestChartPaint::paintsColumnsByClass()
{
    TimeAxis axis;
    ChartData data = evenly(10, 1min);
    data.rollups[4].codes = {{503, 60}};
    data.rollups[6].codes = {{502, 60}};
    axis.setHome(data.loaded);
    CodeChart chart(axis);
    chart.resize(1'096, 200);
    chart.setData(data);
    const QImage image = chart.grab().toImage();
    const Palette palette = currentPalette();
    const int foot = chart.plotArea().bottom() - 4;
    const auto colourAt = [&](double bucket) {
        return image.pixelColor(qRound(chart.timeScale().xAt(kFrom + qRound64(bucket * 60'000))), foot);
    };
    QVERIFY(near(colourAt(4.5), palette.code(503)));
    QVERIFY(near(colourAt(6.5), palette.code(502)));
    QVERIFY(!near(colourAt(3.5), palette.code(503), 40));
}

void TestChartPaint::neverBridgesAGap()
{
    TimeAxis axis;
    ChartData data = evenly(100, 1min);
    data.rollups.remove(40, 20);
    data.gaps = {{kFrom + 40 * 60'000, kFrom + 60 * 60'000}};
    data.rollups[70].p50.reset(); // at minute 90 no check got an answer
    axis.setHome(data.loaded);
    LatencyChart chart(axis);
    chart.resize(1'096, 200);
    chart.setData(data);
    const QImage image = chart.grab().toImage();
    const QRect plot = chart.plotArea();
    const auto bluest = [&](double minute) {
        int most = 0;
        const int x = qRound(chart.timeScale().xAt(kFrom + qRound64(minute * 60'000)));
        for (int y = plot.top() + 1; y < plot.bottom(); ++y)
            most = std::max(most, blueness(image.pixelColor(x, y)));
        return most;
    };
    const int line = bluest(20.5);
    QVERIFY(line > 80);
    for (const double minute : {40.2, 45.0, 50.0, 55.0, 59.8, 90.5})
        QVERIFY2(bluest(minute) < 40, qPrintable(QString::number(minute)));
    QVERIFY(bluest(39.7) > 80);
    QVERIFY(bluest(60.3) > 80);
}

void TestChartPaint::marksWhatIsSlowerThanTheAxis()
{
    TimeAxis axis;
    ChartData data = evenly(100, 1min);
    for (auto &rollup : data.rollups)
        rollup.max = *rollup.p95;
    axis.setHome(data.loaded);
    LatencyChart chart(axis);
    chart.resize(1'096, 200);
    chart.setData(data);
    const double calm = chart.valueAxis().top;
    const QImage before = chart.grab().toImage();
    data.rollups[50].max = 30s;
    chart.setData(data);
    QCOMPARE(chart.valueAxis().top, calm); // one spike flattens nothing
    const QImage after = chart.grab().toImage();
    const int x = qRound(chart.timeScale().xAt(data.rollups[50].start + 30'000));
    const int y = chart.plotArea().top() - 3;
    QVERIFY(before.pixel(x, y) != after.pixel(x, y));
    QVERIFY(chart.accessibleDescription().contains(u"slowest 30 s"_s));
}

void TestChartPaint::survivesExtremes_data()
{
    QTest::addColumn<int>("buckets");
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QSize>("size");
    QTest::newRow("nothing") << 0 << qint64(0) << QSize(800, 200);
    QTest::newRow("one bucket") << 1 << qint64(50'000) << QSize(800, 200);
    QTest::newRow("zero latency") << 10 << qint64(0) << QSize(800, 200);
    QTest::newRow("1 ms") << 10 << qint64(1'000) << QSize(800, 200);
    QTest::newRow("30 s") << 10 << qint64(30'000'000) << QSize(800, 200);
    QTest::newRow("2,000 buckets") << 2'000 << qint64(50'000) << QSize(800, 200);
    QTest::newRow("no room") << 10 << qint64(50'000) << QSize(20, 20);
    QTest::newRow("4K") << 2'000 << qint64(50'000) << QSize(3'840, 900);
}

void TestChartPaint::survivesExtremes()
{
    QFETCH(int, buckets);
    QFETCH(qint64, us);
    QFETCH(QSize, size);
    TimeAxis axis;
    ChartData data = evenly(buckets, 1min);
    for (auto &rollup : data.rollups)
        rollup.p50 = rollup.p95 = rollup.max = microseconds(us);
    axis.setHome({kFrom, kFrom + std::max(1, buckets) * 60'000});
    CodeChart codes(axis);
    LatencyChart latency(axis);
    StateStrip states(axis);
    for (TimeChart *chart : QList<TimeChart *>{&codes, &latency, &states}) {
        chart->setMinimumSize(0, 0);
        chart->resize(size);
        chart->setData(data);
        QVERIFY(!chart->grab().isNull());
        QVERIFY(!chart->accessibleDescription().isEmpty());
    }
    axis.zoom(0.01, axis.home().from);
    QVERIFY(!latency.grab().isNull());
}

void TestChartPaint::repaints_data()
{
    QTest::addColumn<int>("buckets");
    QTest::newRow("400") << 400;
    QTest::newRow("2000") << 2'000;
}

// No limit is checked here, machines differ; the figures are printed.
void TestChartPaint::repaints()
{
    QFETCH(int, buckets);
    TimeAxis axis;
    const ChartData data = evenly(buckets, 1min);
    axis.setHome(data.loaded);
    CodeChart codes(axis);
    LatencyChart latency(axis);
    StateStrip states(axis);
    QImage target(1'872, 400, QImage::Format_ARGB32_Premultiplied);
    for (TimeChart *chart : QList<TimeChart *>{&codes, &latency, &states}) {
        chart->resize(target.size());
        chart->setData(data);
        chart->render(&target);
        QList<double> whole;
        QList<double> crosshair;
        for (int i = 0; i < 9; ++i) {
            QElapsedTimer timer;
            chart->setData(data);
            timer.start();
            chart->render(&target);
            whole.append(double(timer.nsecsElapsed()) / 1e6);
            axis.setCrosshair(kFrom + i * 60'000);
            timer.start();
            chart->render(&target);
            crosshair.append(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(whole.begin(), whole.end());
        std::sort(crosshair.begin(), crosshair.end());
        qInfo("%s, %d buckets: %.1f ms anew, %.1f ms with another crosshair", qPrintable(chart->objectName()),
              buckets, whole.at(4), crosshair.at(4));
        QVERIFY(!target.isNull());
    }
}

} // namespace backwatch

QTEST_MAIN(backwatch::TestChartPaint)
#include "tst_chartpaint.moc"
