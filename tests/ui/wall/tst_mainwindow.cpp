// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/wall/wallscenes.h"
#include "ui/editor/addwebsite.h"
#include "ui/editor/addwebsitedialog.h"
#include "ui/mainwindow.h"
#include "ui/wall/firststartpage.h"
#include "ui/wall/wallpage.h"
#include "ui/wall/wallview.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace backwatch;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void invitationUntilSomethingIsWatched()
    {
        FakeWatch watch;
        MainWindow window(watch);
        QCOMPARE(window.currentPage(), window.firstStartPage());
        AddWebsite *add = window.firstStartPage()->addWebsite();
        add->field()->setText(u"shop.example"_s);
        add->button()->click();
        QTRY_COMPARE(window.currentPage(), window.wallPage());
        watch.removeMonitor(watch.monitorList.first().id);
        QCOMPARE(window.currentPage(), window.firstStartPage());
    }

    void demonstrationIsAskedFor()
    {
        FakeWatch watch;
        MainWindow window(watch);
        QSignalSpy asked(&window, &MainWindow::demonstrationRequested);
        for (QPushButton *button : window.firstStartPage()->findChildren<QPushButton *>())
            if (button->text().contains(u"demonstration"_s))
                button->click();
        QCOMPARE(asked.count(), 1);
    }

    void pagesOpenAndBackReturns()
    {
        FakeWatch watch;
        putBusy(watch, 12);
        MainWindow window(watch);
        auto *monitorPage = new QWidget;
        auto *incidentPage = new QWidget;
        MonitorId monitor = 0;
        IncidentId incident = 0;
        window.setMonitorPage(monitorPage, [&](MonitorId id) { monitor = id; });
        window.setIncidentPage(incidentPage, [&](IncidentId id) { incident = id; });
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));

        WallView *view = window.wallPage()->view();
        QTest::mouseClick(view, Qt::LeftButton, {}, view->tileRect(0).center());
        QCOMPARE(window.currentPage(), incidentPage);
        QCOMPARE(incident, *view->tiles().first().incident);
        window.showMonitor(3);
        QCOMPARE(window.currentPage(), monitorPage);
        QCOMPARE(monitor, MonitorId(3));
        QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(window.currentPage(), incidentPage);
        QTest::keyClick(&window, Qt::Key_Escape);
        QCOMPARE(window.currentPage(), window.wallPage());
    }

    void changesDoNotTakeTheOpenPageAway()
    {
        FakeWatch watch;
        putWell(watch, 3);
        MainWindow window(watch);
        auto *monitorPage = new QWidget;
        window.setMonitorPage(monitorPage, [](MonitorId) {});
        window.showMonitor(1);
        watch.removeMonitor(2);
        QCOMPARE(window.currentPage(), monitorPage);
        watch.removeMonitor(1);
        watch.removeMonitor(3);
        QCOMPARE(window.currentPage(), window.firstStartPage());
    }

    void addWebsiteFromTheWall()
    {
        FakeWatch watch;
        putWell(watch, 3);
        MainWindow window(watch);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
        auto *dialog = window.findChild<AddWebsiteDialog *>();
        QVERIFY(dialog);
        dialog->addWebsite()->field()->setText(u"new.example"_s);
        dialog->addWebsite()->button()->click();
        QTRY_COMPARE(window.wallPage()->view()->tiles().size(), 4);
    }

    void wallIsFullScreenWithoutTheBar()
    {
        FakeWatch watch;
        putWell(watch, 3);
        MainWindow window(watch);
        window.showAsWall();
        QTRY_VERIFY(window.isFullScreen());
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_Escape);
        QTRY_VERIFY(!window.isFullScreen());
    }

    void chosenThemeIsAppliedAndTold()
    {
        FakeWatch watch;
        MainWindow window(watch);
        QSignalSpy chosen(&window, &MainWindow::themeChosen);
        for (QAction *action : window.findChildren<QAction *>())
            if (action->text() == u"Dark"_s)
                action->trigger();
        QCOMPARE(chosen.count(), 1);
        QVERIFY(currentPalette().dark);
        applyTheme(*qApp, Theme::Light);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
