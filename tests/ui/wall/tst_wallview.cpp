// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/wall/wallscenes.h"
#include "ui/theme/applicationstyle.h"
#include "ui/wall/walltiles.h"
#include "ui/wall/wallview.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace backwatch;

class TestWallView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<MonitorId>();
        applyTheme(*qApp, Theme::Light);
    }

    void init()
    {
        m_watch = std::make_unique<FakeWatch>();
        putBusy(*m_watch, 24);
        m_view = std::make_unique<WallView>();
        m_view->resize(1300, 640);
        fill();
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void cleanup()
    {
        m_view.reset();
        m_watch.reset();
    }

    void clickOpensTheMonitor()
    {
        QSignalSpy opened(m_view.get(), &WallView::monitorActivated);
        QSignalSpy incidents(m_view.get(), &WallView::incidentActivated);
        const int index = static_cast<int>(m_view->tiles().size()) - 1;
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->tileRect(index).center());
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().value<MonitorId>(), m_view->tiles().at(index).monitor);
        QCOMPARE(incidents.count(), 0);
    }

    void clickOnTroubleOpensTheIncident()
    {
        QSignalSpy incidents(m_view.get(), &WallView::incidentActivated);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->tileRect(0).center());
        QCOMPARE(incidents.count(), 1);
        QCOMPARE(incidents.first().first().value<IncidentId>(), *m_view->tiles().first().incident);
    }

    void releaseElsewhereOpensNothing()
    {
        QSignalSpy opened(m_view.get(), &WallView::monitorActivated);
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, m_view->tileRect(5).center());
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, m_view->tileRect(6).center());
        QCOMPARE(opened.count(), 0);
    }

    void keysReachAndOpenEveryTile()
    {
        QSignalSpy opened(m_view.get(), &WallView::monitorActivated);
        QSignalSpy incidents(m_view.get(), &WallView::incidentActivated);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QSet<int> reached{m_view->current()};
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        for (int i = 0; i < 400 && m_view->current() < m_view->tiles().size() - 1; ++i) {
            QTest::keyClick(m_view.get(), Qt::Key_Right);
            reached.insert(m_view->current());
        }
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(reached.size(), m_view->tiles().size());
        QCOMPARE(incidents.count(), 1);
        QCOMPARE(opened.count(), 1);
    }

    void arrowsMoveAsTheyPoint()
    {
        m_view->setCurrent(static_cast<int>(m_view->tiles().size()) - 1);
        const QRect from = m_view->tileRect(m_view->current());
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QVERIFY(m_view->tileRect(m_view->current()).bottom() < from.top());
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->tileRect(m_view->current()), from);
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QVERIFY(m_view->tileRect(m_view->current()).right() < from.left());
    }

    void focusFrameIsSeen()
    {
        m_view->setFocus(Qt::OtherFocusReason);
        const QImage before = m_view->grab().toImage();
        m_view->activateWindow();
        QTRY_VERIFY(m_view->hasFocus());
        m_view->setCurrent(4);
        QCoreApplication::processEvents();
        QVERIFY(m_view->grab().toImage() != before);
    }

    void onlyTheChangedTileIsPainted()
    {
        QCoreApplication::processEvents();
        const int before = m_view->tilesPainted();
        const MonitorId id = m_view->tiles().last().monitor;
        MonitorStatus status = m_watch->statuses.value(id);
        status.last->phases.total = microseconds(777'000);
        m_watch->statuses.insert(id, status);
        fill();
        QTRY_COMPARE(m_view->tilesPainted(), before + 1);
    }

    void nothingChangedPaintsNothing()
    {
        QCoreApplication::processEvents();
        const int before = m_view->tilesPainted();
        fill();
        m_view->setNow(m_watch->nowValue);
        QCoreApplication::processEvents();
        QCOMPARE(m_view->tilesPainted(), before);
    }

    void theCurrentTileStaysTheSameMonitor()
    {
        const MonitorId id = m_view->tiles().last().monitor;
        m_view->setCurrent(static_cast<int>(m_view->tiles().size()) - 1);
        m_watch->statuses.insert(id,
                                 troubleStatus(m_watch->nowValue, State::Down, 1'000, 503, u"It fails"_s));
        fill();
        QCOMPARE(m_view->tiles().at(m_view->current()).monitor, id);
        QCOMPARE(m_view->current(), 0);
        QVERIFY(m_view->accessibleDescription().contains(u"It fails"_s));
    }

    void fewerTilesThanTheCurrentOne()
    {
        m_view->setCurrent(static_cast<int>(m_view->tiles().size()) - 1);
        m_view->setTiles({}, m_watch->nowValue);
        QCOMPARE(m_view->current(), -1);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        m_view->grab();
    }

    void pagesTurnByKey()
    {
        putWell(*m_watch, 276);
        m_view->resize(1300, 500);
        fill();
        QVERIFY(m_view->pages() > 1);
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        QCOMPARE(m_view->page(), 1);
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        QCOMPARE(m_view->page(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QCOMPARE(m_view->page(), m_view->pages() - 1);
    }

    void rightToLeftIsMirrored()
    {
        const QRect leftToRight = m_view->tileRect(0);
        m_view->setLayoutDirection(Qt::RightToLeft);
        QCOMPARE(m_view->tileRect(0).right(), m_view->width() - 1 - leftToRight.left());
    }

    void staleTilesAreHatched()
    {
        // A calm tile: apart from the hatch nothing but the age changes on it.
        const QRect tile = m_view->tileRect(static_cast<int>(m_view->tiles().size()) - 1);
        const QRect corner(tile.right() - 30, tile.top() + 6, 24, 10);
        const QImage fresh = m_view->grab(corner).toImage();
        m_view->setNow(m_watch->nowValue + 120'000);
        QVERIFY(m_view->grab(corner).toImage() != fresh);
    }

    void fadedHasNoHue()
    {
        m_view->setFaded(true);
        const QImage picture = m_view->grab(m_view->tileRect(0).adjusted(12, 12, -12, -12)).toImage();
        for (int y = 0; y < picture.height(); y += 5)
            for (int x = 0; x < picture.width(); x += 5)
                QCOMPARE(picture.pixelColor(x, y).hslSaturation(), 0);
    }

private:
    void fill() { m_view->setTiles(arrangedTiles(m_watch->monitorList, *m_watch), m_watch->nowValue); }

    std::unique_ptr<FakeWatch> m_watch;
    std::unique_ptr<WallView> m_view;
};

QTEST_MAIN(TestWallView)
#include "tst_wallview.moc"
