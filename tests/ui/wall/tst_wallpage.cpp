// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/wall/wallscenes.h"
#include "ui/theme/applicationstyle.h"
#include "ui/wall/wallheadline.h"
#include "ui/wall/wallpage.h"
#include "ui/wall/wallview.h"

#include <QApplication>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace backwatch;

class TestWallPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }

    void sentenceFollowsTheWatch()
    {
        FakeWatch watch;
        putWell(watch, 4);
        WallPage page(watch);
        QCOMPARE(page.headline()->sentence(), u"All 4 are well"_s);
        watch.setStatus(2, troubleStatus(watch.nowValue, State::Down, 240'000, 503, u"It fails"_s));
        QCOMPARE(page.headline()->sentence(), u"1 of 4 in trouble"_s);
        QCOMPARE(page.view()->tiles().first().monitor, MonitorId(2));
        QCOMPARE(page.view()->tiles().first().cause, u"It fails"_s);
        watch.setStatus(2, wellStatus(watch.nowValue, 50, 1));
        QCOMPARE(page.headline()->sentence(), u"All 4 are well"_s);
    }

    void agesAndClockMoveOn()
    {
        FakeWatch watch;
        putWell(watch, 1);
        WallPage page(watch);
        page.setTimeZone(QTimeZone("Europe/Berlin"));
        const QString clock = page.headline()->clock();
        const QString details = page.headline()->details();
        watch.nowValue += 5'000;
        page.tick();
        QVERIFY(page.headline()->clock() != clock);
        QVERIFY(page.headline()->details() != details);
    }

    void stalledEngineIsSaid()
    {
        FakeWatch watch;
        putWell(watch, 4);
        WallPage page(watch);
        QVERIFY(page.stalledText().isEmpty());
        watch.setHealth({watch.nowValue - 1'000, false, {}});
        QVERIFY(page.stalledText().contains(u"not checking"_s));
        watch.setHealth({watch.nowValue - 1'000, true, {}});
        QVERIFY(page.stalledText().isEmpty());
        watch.nowValue += 300'000;
        page.tick();
        QVERIFY(page.stalledText().contains(u"not checking"_s));
    }

    void storageFaultIsSaid()
    {
        FakeWatch watch;
        putWell(watch, 4);
        WallPage page(watch);
        QVERIFY(page.faultText().isEmpty());
        watch.setHealth({watch.nowValue, true, u"The disk is full."_s});
        QCOMPARE(page.faultText(), u"The disk is full."_s);
        watch.setHealth({watch.nowValue, true, {}});
        QVERIFY(page.faultText().isEmpty());
    }

    void newProblemStopsTheTurningAndIsShown()
    {
        FakeWatch watch;
        putWell(watch, 300);
        WallPage page(watch);
        page.resize(1366, 700);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QVERIFY(page.view()->pages() > 1);
        QVERIFY(page.turnsPages());
        QVERIFY(page.pageText().startsWith(u"Page 1 of"_s));
        page.showNextPage();
        QCOMPARE(page.view()->page(), 1);
        watch.setStatus(250, troubleStatus(watch.nowValue, State::Down, 1'000, 503, u"It fails"_s));
        QVERIFY(!page.turnsPages());
        QCOMPARE(page.view()->page(), page.view()->pageOf(250));
        // What is known already does not turn the page back again.
        page.view()->setPage(1);
        watch.setStatus(3, wellStatus(watch.nowValue, 50, 1));
        QCOMPARE(page.view()->page(), 1);
        watch.setStatus(250, wellStatus(watch.nowValue, 50, 1));
        QVERIFY(page.turnsPages());
    }

    void afterTheLastPageComesTheFirst()
    {
        FakeWatch watch;
        putWell(watch, 300);
        WallPage page(watch);
        page.resize(1366, 700);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        for (int i = 0; i < page.view()->pages(); ++i)
            page.showNextPage();
        QCOMPARE(page.view()->page(), 0);
    }

    void fewMonitorsHaveNoPages()
    {
        FakeWatch watch;
        putWell(watch, 4);
        WallPage page(watch);
        page.resize(1366, 700);
        page.show();
        QVERIFY(!page.turnsPages());
        QVERIFY(page.pageText().isEmpty());
    }
};

QTEST_MAIN(TestWallPage)
#include "tst_wallpage.moc"
