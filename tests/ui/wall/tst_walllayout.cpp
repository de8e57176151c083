// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/walllayout.h"

#include <QTest>

using namespace backwatch;

class TestWallLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sound_data()
    {
        QTest::addColumn<QSize>("area");
        QTest::addColumn<int>("problems");
        QTest::addColumn<int>("others");
        const QList<QSize> areas{{1334, 640}, {1888, 950}, {3808, 2000}, {1048, 1780}, {320, 200}, {900, 60}};
        const QList<QPair<int, int>> counts{{0, 0},   {0, 1},    {1, 0},   {0, 2},    {1, 1},   {2, 5},
                                            {7, 0},   {0, 7},    {3, 45},  {48, 0},   {20, 28}, {0, 300},
                                            {1, 299}, {60, 240}, {300, 0}, {0, 2'000}};
        for (const QSize &area : areas)
            for (const auto &[problems, others] : counts)
                QTest::addRow("%dx%d %d+%d", area.width(), area.height(), problems, others)
                    << area << problems << others;
    }

    void sound()
    {
        QFETCH(QSize, area);
        QFETCH(int, problems);
        QFETCH(int, others);
        const WallLayout layout = layOutWall(area, problems, others);
        QCOMPARE(layout.places.size(), problems + others);
        QCOMPARE(layOutWall(area, problems, others), layout);
        QVERIFY(layout.pages >= 1);
        for (qsizetype i = 0; i < layout.places.size(); ++i) {
            const TilePlace &place = layout.places.at(i);
            QVERIFY(QRect(QPoint(), area).contains(place.rect));
            QVERIFY(place.page >= 0 && place.page < layout.pages);
            for (qsizetype j = i + 1; j < std::min(layout.places.size(), i + 400); ++j)
                if (layout.places.at(j).page == place.page)
                    QVERIFY(!layout.places.at(j).rect.intersects(place.rect));
        }
        if (!layout.places.isEmpty())
            QCOMPARE(layout.places.first().rect.topLeft(), QPoint(0, 0));
    }

    void tilesStayReadable()
    {
        for (int count : {1, 2, 7, 48, 300, 1'000})
            for (const QSize &area : {QSize(1334, 640), QSize(1888, 950), QSize(1048, 1780)}) {
                const WallLayout layout = layOutWall(area, count / 20, count - count / 20);
                for (const TilePlace &place : layout.places) {
                    QVERIFY(place.rect.width() >= kMinimumTile.width());
                    QVERIFY(place.rect.height() >= kMinimumTile.height());
                }
            }
    }

    void problemsComeFirstAndGrow()
    {
        const WallLayout layout = layOutWall({1888, 950}, 3, 45);
        QCOMPARE(layout.pages, 1);
        QVERIFY(layout.problemTile.width() >= 2 * layout.calmTile.width());
        for (int i = 0; i < 3; ++i) {
            QVERIFY(layout.places.at(i).rect.width() >= 340);
            QVERIFY(layout.places.at(i).rect.top() <= layout.places.at(3).rect.top());
        }
    }

    void pages_data()
    {
        QTest::addColumn<QSize>("area");
        QTest::addColumn<int>("problems");
        QTest::addColumn<int>("others");
        QTest::addColumn<bool>("onePage");
        QTest::newRow("48 on a laptop") << QSize(1334, 640) << 3 << 45 << true;
        QTest::newRow("300 well at full HD") << QSize(1880, 950) << 0 << 300 << true;
        QTest::newRow("300 on a laptop") << QSize(1334, 640) << 0 << 300 << false;
        QTest::newRow("300 at 4K") << QSize(3808, 2000) << 6 << 294 << true;
        QTest::newRow("300 at full HD") << QSize(1880, 950) << 3 << 297 << true;
        QTest::newRow("problems would be too small") << QSize(1880, 950) << 60 << 240 << false;
    }

    void pages()
    {
        QFETCH(QSize, area);
        QFETCH(int, problems);
        QFETCH(int, others);
        QFETCH(bool, onePage);
        const WallLayout layout = layOutWall(area, problems, others);
        QCOMPARE(layout.pages == 1, onePage);
        if (problems > 0) {
            QCOMPARE(layout.places.first().page, 0);
            QVERIFY(layout.problemTile.width() >= 230);
        }
        // Pages fill in order.
        for (qsizetype i = 1; i < layout.places.size(); ++i)
            QVERIFY(layout.places.at(i).page >= layout.places.at(i - 1).page);
    }

    void fewTilesFillTheArea()
    {
        for (int count : {1, 2, 6, 12}) {
            const WallLayout layout = layOutWall({1334, 640}, 0, count);
            int used = 0;
            for (const TilePlace &place : layout.places)
                used += place.rect.width() * place.rect.height();
            QVERIFY2(used >= 1334 * 640 * 7 / 10, qPrintable(QString::number(count)));
        }
    }
};

QTEST_MAIN(TestWallLayout)
#include "tst_walllayout.moc"
