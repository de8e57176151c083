// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loadchart.h"
#include "ui/charts/timeaxis.h"
#include "ui/theme/palette.h"

#include <QComboBox>
#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;

namespace {

constexpr UtcMs kFrom = 1'774'566'000'000;
constexpr qint64 kStep = 30'000;

QList<LoadPoint> level(double value, int count, UtcMs from = kFrom)
{
    QList<LoadPoint> points;
    for (int i = 0; i < count; ++i)
        points.append({from + i * kStep, value, value, value});
    return points;
}

LoadLine only(const LoadSeries &series)
{
    const auto lines = loadLines({series});
    return lines.isEmpty() ? LoadLine() : lines.first();
}

ChartData dataOf(const QList<LoadSeries> &load)
{
    ChartData data;
    data.loaded = {kFrom, kFrom + 100 * kStep};
    data.width = milliseconds(kStep);
    data.load = load;
    return data;
}

} // namespace

class TestLoadChart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void sharesAreOfWhatThereIs();
    void sharesAreOfTheLimitOfTheirTime();
    void whatHasNoLimitIsCounted();
    void whatIsNotKnownIsLeftOut();
    void breaksWhereNothingWasRead();
    void aReadingHoldsForAWhile();
    void offersTheFamiliesThatThereAre();
    void figuresFollowTheCrosshair();
    void theLegendKeepsToItsRoom();
    void drawsNoLineOverAHole();
};

void TestLoadChart::sharesAreOfWhatThereIs()
{
    QCOMPARE(only({u"host.cpu.busy"_s, level(0.25, 1), {}}).points.first().mean, 25.0);
    const LoadLine memory = only({u"host.memory.available"_s, {{kFrom, 0.25, 0.125, 0.5}}, {}});
    QCOMPARE(memory.family, LoadFamily::Use);
    QCOMPARE(memory.points.first(), (LoadPoint{kFrom, 75, 50, 87.5})); // what is used, not what is left
    const LoadLine load = only({u"host.load1"_s, level(6, 1), {{0, 4}}});
    QCOMPARE(load.family, LoadFamily::Use);
    QCOMPARE(load.points.first().mean, 150.0);
    QCOMPARE(only({u"php-fpm.workers.active"_s, level(5, 1), {{0, 20}}}).points.first().most, 25.0);
}

void TestLoadChart::sharesAreOfTheLimitOfTheirTime()
{
    const LoadLine workers =
        only({u"php-fpm.workers.active"_s, level(5, 4), {{kFrom + kStep, 10}, {kFrom + 2 * kStep + 1, 50}}});
    QCOMPARE(workers.points[0].mean, 50.0); // none is known yet: the first one
    QCOMPARE(workers.points[1].mean, 50.0);
    QCOMPARE(workers.points[2].mean, 50.0);
    QCOMPARE(workers.points[3].mean, 10.0);
    QCOMPARE(only({u"php-fpm.workers.active"_s, level(5, 4), {{kFrom, 10}, {kFrom + kStep, 0}}}).family,
             LoadFamily::Connections);
}

void TestLoadChart::whatHasNoLimitIsCounted()
{
    const LoadLine workers = only({u"apache.workers.busy"_s, level(5, 1), {}});
    QCOMPARE(workers.family, LoadFamily::Connections);
    QCOMPARE(workers.points.first().mean, 5.0);
    QCOMPARE(only({u"apache.workers.busy"_s, level(5, 1), {{0, 0}}}).family, LoadFamily::Connections);
    QCOMPARE(only({u"host.load1"_s, level(5, 1), {}}).family, LoadFamily::Waiting);
    QCOMPARE(only({u"php-fpm.queue"_s, level(5, 1), {{0, 511}}}).family, LoadFamily::Waiting);
    QCOMPARE(only({u"nginx.requests"_s, level(5, 1), {}}).family, LoadFamily::Requests);
    QCOMPARE(loadValueText(LoadFamily::Requests, 3.42), u"3.4/s"_s);
    QCOMPARE(loadValueText(LoadFamily::Use, 82.4), u"82 %"_s);
    QCOMPARE(loadValueText(LoadFamily::Waiting, 12.3), u"12"_s);
}

void TestLoadChart::whatIsNotKnownIsLeftOut()
{
    QVERIFY(loadLines({{u"redis.memory"_s, level(1, 3), {}}, {u"host.cpu.busy"_s, {}, {}}}).isEmpty());
}

void TestLoadChart::breaksWhereNothingWasRead()
{
    auto points = level(1, 10);
    points += level(1, 10, kFrom + 13 * kStep); // three readings are missing
    QCOMPARE(loadRuns(points), (QList<LatencyRun>{{0, 9}, {10, 19}}));
    points = level(1, 10);
    points += level(1, 10, kFrom + 11 * kStep); // one is
    QCOMPARE(loadRuns(points), (QList<LatencyRun>{{0, 19}}));
    QCOMPARE(loadRuns({}), QList<LatencyRun>());
    // A point may stand for many readings.
    QCOMPARE(loadRuns({{0, 1, 1, 1}, {900'000, 1, 1, 1}, {1'800'000, 1, 1, 1}}), (QList<LatencyRun>{{0, 2}}));
}

void TestLoadChart::aReadingHoldsForAWhile()
{
    const LoadLine line = only({u"host.cpu.busy"_s, level(0.5, 2), {}});
    QVERIFY(!loadAt(line, kFrom - 1));
    QCOMPARE(loadAt(line, kFrom), 50.0);
    QCOMPARE(loadAt(line, kFrom + 2 * kStep), 50.0);
    QVERIFY(!loadAt(line, kFrom + 10 * kStep));
}

void TestLoadChart::offersTheFamiliesThatThereAre()
{
    TimeAxis axis;
    axis.setHome({kFrom, kFrom + 20 * kStep});
    LoadChart chart(axis);
    chart.show();
    auto *choice = chart.findChild<QComboBox *>(u"loadFamily"_s);
    QVERIFY(!chart.hasLines());
    chart.setData(dataOf({{u"host.cpu.busy"_s, level(0.5, 3), {}}}));
    QVERIFY(chart.hasLines());
    QVERIFY(!choice->isVisible()); // nothing to choose
    QCOMPARE(chart.family(), LoadFamily::Use);

    const QList<LoadSeries> several{{u"host.cpu.busy"_s, level(0.5, 3), {}},
                                    {u"nginx.requests"_s, level(40, 3), {}},
                                    {u"php-fpm.queue"_s, level(7, 3), {}}};
    chart.setData(dataOf(several));
    QVERIFY(choice->isVisible());
    QVERIFY(!choice->accessibleName().isEmpty());
    QCOMPARE(choice->count(), 3);
    QTest::keyClick(choice, Qt::Key_Down);
    QCOMPARE(chart.family(), LoadFamily::Waiting);
    QCOMPARE(chart.legend(), QStringList{u"PHP-FPM 7"_s});
    QVERIFY2(chart.accessibleDescription().contains(u"PHP-FPM 7, at most 7"),
             qPrintable(chart.accessibleDescription()));
    chart.setData(dataOf(several)); // the same again: what was chosen stays
    QCOMPARE(chart.family(), LoadFamily::Waiting);
    chart.setData(dataOf({several.first()}));
    QCOMPARE(chart.family(), LoadFamily::Use);
}

void TestLoadChart::figuresFollowTheCrosshair()
{
    TimeAxis axis;
    axis.setHome({kFrom, kFrom + 20 * kStep});
    LoadChart chart(axis);
    auto points = level(0.25, 10);
    points += level(0.75, 10, kFrom + 10 * kStep);
    chart.setData(dataOf({{u"host.cpu.busy"_s, points, {}}}));
    QCOMPARE(chart.legend(), QStringList{u"CPU 75 %"_s});
    axis.setCrosshair(kFrom + 3 * kStep);
    QCOMPARE(chart.legend(), QStringList{u"CPU 25 %"_s});
    QCOMPARE(chart.valueAxis().top, 100.0);
}

void TestLoadChart::theLegendKeepsToItsRoom()
{
    TimeAxis axis;
    axis.setHome({kFrom, kFrom + 20 * kStep});
    LoadChart chart(axis);
    chart.setData(dataOf({{u"host.cpu.busy"_s, level(0.25, 10), {}},
                          {u"host.memory.available"_s, level(0.5, 10), {}},
                          {u"php-fpm.workers.active"_s, level(5, 10), {{0, 20}}},
                          {u"host.load1"_s, level(2, 10), {{0, 4}}}}));
    const QStringList all = chart.legend();
    QCOMPARE(all.size(), 4);
    QCOMPARE(chart.legendWithin(2'000), all + QStringList{QString()});
    qsizetype before = 0;
    for (int room = 20; room < 1'000; room += 20) {
        const QStringList shown = chart.legendWithin(room);
        const qsizetype left = all.size() - (shown.size() - 1);
        QCOMPARE(shown.last(), left > 0 ? u"+%1"_s.arg(left) : QString());
        QCOMPARE(shown.mid(0, shown.size() - 1), all.mid(0, shown.size() - 1));
        QVERIFY(shown.size() >= before); // more room, more of it
        before = shown.size();
    }
    QCOMPARE(chart.legendWithin(20), QStringList{u"+4"_s});

    // Left of it stands the title, at a width that has no room for the whole.
    chart.resize(420, 160);
    axis.setCrosshair(kFrom + 3 * kStep);
    QVERIFY(!chart.legendWithin(420 - 200).last().isEmpty());
    const QImage narrow = chart.grab().toImage();
    const QColor ground = narrow.pixelColor(2, 2);
    for (int y = 0; y < 34; ++y)
        for (int x = chart.plotArea().right() + 2; x < narrow.width(); ++x)
            QCOMPARE(narrow.pixelColor(x, y), ground);
}

void TestLoadChart::drawsNoLineOverAHole()
{
    TimeAxis axis;
    axis.setHome({kFrom, kFrom + 100 * kStep});
    LoadChart chart(axis);
    chart.resize(1'000, 160);
    auto points = level(0.5, 30);
    points += level(0.5, 30, kFrom + 70 * kStep);
    chart.setData(dataOf({{u"host.cpu.busy"_s, points, {}}}));
    const QImage picture = chart.grab().toImage();
    const QColor accent = currentPalette().accent;
    const auto hasLineAt = [&](UtcMs time) {
        const int x = qRound(chart.timeScale().xAt(time));
        for (int y = chart.plotArea().top(); y < chart.plotArea().bottom(); ++y)
            if (std::abs(picture.pixelColor(x, y).blue() - accent.blue()) < 60 &&
                std::abs(picture.pixelColor(x, y).red() - accent.red()) < 60)
                return true;
        return false;
    };
    QVERIFY(hasLineAt(kFrom + 15 * kStep));
    QVERIFY(!hasLineAt(kFrom + 49 * kStep));
    QVERIFY(hasLineAt(kFrom + 85 * kStep));
}

QTEST_MAIN(TestLoadChart)
#include "tst_loadchart.moc"
