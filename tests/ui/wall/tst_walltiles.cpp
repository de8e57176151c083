// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/wall/wallscenes.h"
#include "ui/wall/walltiles.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace backwatch;

namespace {

QStringList names(const QList<WallTile> &tiles)
{
    QStringList list;
    for (const WallTile &tile : tiles)
        list.append(tile.name);
    return list;
}

QString plain(QString text)
{
    return text.replace(QChar(QChar::Nbsp), u' ');
}

} // namespace

class TestWallTiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problemsFirstThenTheConfigurationsOrder()
    {
        FakeWatch watch;
        const UtcMs now = watch.nowValue;
        watch.putMonitor(sceneMonitor(u"z"_s), wellStatus(now, 50, 1));
        watch.putMonitor(sceneMonitor(u"degraded"_s), troubleStatus(now, State::Degraded, 1'000, 200, {}));
        watch.putMonitor(sceneMonitor(u"old down"_s), troubleStatus(now, State::Down, 90'000, 503, {}));
        watch.putMonitor(sceneMonitor(u"a"_s), wellStatus(now, 50, 1));
        watch.putMonitor(sceneMonitor(u"suspect"_s), troubleStatus(now, State::Suspect, 2'000, 0, {}));
        watch.putMonitor(sceneMonitor(u"new down"_s), troubleStatus(now, State::Down, 60'000, 503, {}));
        watch.putMonitor(sceneMonitor(u"adrift"_s), troubleStatus(now, State::Unreachable, 2'000, 0, {}));
        const QList<WallTile> tiles = arrangedTiles(watch.monitorList, watch);
        QCOMPARE(names(tiles), (QStringList{u"new down"_s, u"old down"_s, u"suspect"_s, u"degraded"_s,
                                            u"adrift"_s, u"z"_s, u"a"_s}));
        QCOMPARE(problemCount(tiles), 4);
    }

    void consequencesStandOnTheirCause()
    {
        FakeWatch watch;
        const UtcMs now = watch.nowValue;
        Monitor far = sceneMonitor(u"far"_s, u"Shop"_s);
        far.dependsOn = {u"near"_s};
        Monitor near = sceneMonitor(u"near"_s, u"Shop"_s);
        near.dependsOn = {u"Network/gateway"_s};
        watch.putMonitor(far, troubleStatus(now, State::Unreachable, 1'000, 0, {}));
        watch.putMonitor(near, troubleStatus(now, State::Unreachable, 1'000, 0, {}));
        watch.putMonitor(sceneMonitor(u"gateway"_s, u"Network"_s),
                         troubleStatus(now, State::Down, 9'000, 0, {}));
        const QList<WallTile> tiles = arrangedTiles(watch.monitorList, watch);
        QCOMPARE(names(tiles), QStringList{u"gateway"_s});
        QCOMPARE(tiles.first().consequences, (QStringList{u"far"_s, u"near"_s}));
        QCOMPARE(tiles.first().consequenceIds, (QList<MonitorId>{1, 2}));
        const WallCounts counts = countsOf(tiles, watch);
        QCOMPARE(counts.all, 3);
        QCOMPARE(counts.trouble, 1);
        QCOMPARE(counts.consequences, 2);
    }

    void dependenciesInACircleEnd()
    {
        FakeWatch watch;
        Monitor one = sceneMonitor(u"one"_s);
        Monitor two = sceneMonitor(u"two"_s);
        one.dependsOn = {u"two"_s};
        two.dependsOn = {u"one"_s};
        watch.putMonitor(one, troubleStatus(watch.nowValue, State::Unreachable, 1'000, 0, {}));
        watch.putMonitor(two, troubleStatus(watch.nowValue, State::Unreachable, 1'000, 0, {}));
        QCOMPARE(arrangedTiles(watch.monitorList, watch).size(), 2);
    }

    void repeatedNamesCarryTheirService()
    {
        FakeWatch watch;
        watch.putMonitor(sceneMonitor(u"Front page"_s, u"Shop"_s));
        watch.putMonitor(sceneMonitor(u"Front page"_s, u"Blog"_s));
        watch.putMonitor(sceneMonitor(u"Feed"_s, u"Blog"_s));
        QCOMPARE(names(arrangedTiles(watch.monitorList, watch)),
                 (QStringList{u"Shop / Front page"_s, u"Blog / Front page"_s, u"Feed"_s}));
    }

    void namesThatBeginAlikeKeepTheirEnds()
    {
        FakeWatch watch;
        watch.putMonitor(sceneMonitor(u"Registration office, desk 1"_s));
        watch.putMonitor(sceneMonitor(u"Registration office, desk 2"_s));
        watch.putMonitor(sceneMonitor(u"Museum"_s));
        const QList<WallTile> tiles = arrangedTiles(watch.monitorList, watch);
        QVERIFY(tiles.at(0).endMatters);
        QVERIFY(tiles.at(1).endMatters);
        QVERIFY(!tiles.at(2).endMatters);
    }

    void tilesGrowStaleAtTwiceTheirInterval()
    {
        FakeWatch watch;
        const UtcMs now = watch.nowValue;
        WallTile tile = wallTile(sceneMonitor(u"a"_s), wellStatus(now, 50, 1, 0), now);
        QVERIFY(!age(tile, now));
        QVERIFY(age(tile, now + 60'000));
        QVERIFY(!tile.stale);
        QCOMPARE(plain(tile.age), u"1 min ago"_s);
        QVERIFY(age(tile, now + 60'001));
        QVERIFY(tile.stale);
    }

    void pausedIsNeverStale()
    {
        Monitor paused = sceneMonitor(u"a"_s);
        paused.paused = true;
        FakeWatch watch;
        const WallTile tile = wallTile(paused, wellStatus(watch.nowValue, 50, 1, 3'600'000), watch.nowValue);
        QCOMPARE(tile.state, State::Paused);
        QVERIFY(!tile.stale);
    }

    void causeIsOneLineOfPlainWords()
    {
        FakeWatch watch;
        MonitorStatus status =
            troubleStatus(watch.nowValue, State::Down, 240'000, 503, u"Backend\n fetch   failed"_s);
        const WallTile tile = wallTile(sceneMonitor(u"a"_s), status, watch.nowValue);
        QCOMPARE(tile.cause, u"Backend fetch failed"_s);
        QCOMPARE(plain(tile.duration), u"Down for 4 min"_s);
        QCOMPARE(tile.answer, u"503"_s);
        QVERIFY(tile.incident.has_value());
        status.cause.clear();
        status.last->detail = u"503 Service Unavailable"_s;
        QCOMPARE(wallTile(sceneMonitor(u"a"_s), status, watch.nowValue).cause, u"503 Service Unavailable"_s);
    }

    void spokenTileSaysEverything()
    {
        FakeWatch watch;
        const QString words = plain(spokenTile(wallTile(
            sceneMonitor(u"Shop"_s), troubleStatus(watch.nowValue, State::Down, 240'000, 503, u"It fails"_s),
            watch.nowValue)));
        for (const QString &part :
             {u"Shop"_s, u"Down for 4 min"_s, u"It fails"_s, u"503"_s, u"4 s ago"_s, u"99.81 %"_s})
            QVERIFY2(words.contains(part), qPrintable(words));
    }

    void sentences_data()
    {
        QTest::addColumn<WallCounts>("counts");
        QTest::addColumn<UtcMs>("lastSampleAt");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("details");
        const auto counts = [](int all, int trouble, int well) {
            WallCounts c;
            c.all = all;
            c.trouble = trouble;
            c.well = well;
            return c;
        };
        QTest::newRow("trouble") << counts(48, 2, 46) << UtcMs(6'000) << u"2 of 48 in trouble"_s
                                 << u"own network fine · last sweep 4 s ago"_s;
        QTest::newRow("well") << counts(48, 0, 48) << UtcMs(6'000) << u"All 48 are well"_s
                              << u"own network fine · last sweep 4 s ago"_s;
        QTest::newRow("one") << counts(1, 0, 1) << UtcMs(6'000) << u"All is well"_s
                             << u"own network fine · last sweep 4 s ago"_s;
        QTest::newRow("nothing yet") << counts(3, 0, 0) << UtcMs(0) << u"No answers yet"_s
                                     << u"3 being asked"_s;
        WallCounts mixed = counts(10, 0, 7);
        mixed.paused = 2;
        mixed.maintenance = 1;
        QTest::newRow("paused") << mixed << UtcMs(6'000) << u"7 of 10 are well"_s
                                << u"own network fine · 1 in maintenance · 2 paused · last sweep 4 s ago"_s;
        WallCounts offline = counts(10, 0, 0);
        offline.ownNetworkLost = true;
        offline.unobserved = 10;
        QTest::newRow("own network") << offline << UtcMs(6'000) << u"Own network lost"_s
                                     << u"10 not observed · last sweep 4 s ago"_s;
        WallCounts folded = counts(10, 1, 6);
        folded.consequences = 3;
        QTest::newRow("consequences")
            << folded << UtcMs(6'000) << u"1 of 10 in trouble"_s
            << u"own network fine · 3 unreachable because of that · last sweep 4 s ago"_s;
    }

    void sentences()
    {
        QFETCH(WallCounts, counts);
        QFETCH(UtcMs, lastSampleAt);
        const WatchHealth health{lastSampleAt, true, {}};
        QTEST(headlineSentence(counts, health, 10'000), "sentence");
        QTEST(plain(headlineDetails(counts, health, 10'000)), "details");
    }

    void stalls()
    {
        QList<Monitor> monitors{sceneMonitor(u"a"_s)};
        const UtcMs now = 1'000'000'000;
        QVERIFY(!isStalled({now - 60'000, true, {}}, monitors, now));
        QVERIFY(isStalled({now - 70'001, true, {}}, monitors, now));
        QVERIFY(isStalled({now, false, {}}, monitors, now));
        QVERIFY(!isStalled({0, true, {}}, monitors, now));
        monitors.first().paused = true;
        QVERIFY(!isStalled({now - 900'000, true, {}}, monitors, now));
    }
};

QTEST_MAIN(TestWallTiles)
#include "tst_walltiles.moc"
