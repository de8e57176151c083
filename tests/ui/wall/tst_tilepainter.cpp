// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/palette.h"
#include "ui/wall/tilepainter.h"

#include <QImage>
#include <QPainter>
#include <QtTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kNow = 1'774'566'000'000;

QImage painted(const QString &cause, QSize size)
{
    WallTile tile;
    tile.name = u"Front page"_s;
    tile.state = State::Down;
    tile.answer = u"503"_s;
    tile.duration = u"Down for 4 min"_s;
    tile.age = u"2 s ago"_s;
    tile.availability = u"97.56 %"_s;
    tile.cause = cause;
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::black);
    QPainter painter(&image);
    TilePainter(painter, darkPalette(), kNow).paint(tile, QRectF(QPointF(), size), size);
    return image;
}

} // namespace

class TestTilePainter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheCauseToItsEnd_data();
    void tellsTheCauseToItsEnd();
    void breaksWordsThatAreWiderThanTheTile();
};

void TestTilePainter::tellsTheCauseToItsEnd_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("one of two on a wall") << QSize(774, 430);
    QTest::newRow("one alone") << QSize(1'560, 900);
    QTest::newRow("one of six") << QSize(510, 290);
    QTest::newRow("one of twelve") << QSize(380, 250);
}

/// The most likely cause stands at the end of the sentence: two that differ there alone have to look
/// different.
void TestTilePainter::tellsTheCauseToItsEnd()
{
    QFETCH(QSize, size);
    const QString sentence =
        u"Varnish Cache answers 503 Backend fetch failed; failing part: the application; most "
        "likely cause: what should answer %1 connections."_s;
    QVERIFY(painted(sentence.arg(u"refuses"_s), size) != painted(sentence.arg(u"neglects"_s), size));
}

/// As German and the names of hosts have them.
void TestTilePainter::breaksWordsThatAreWiderThanTheTile()
{
    const QString sentence = u"Zertifikatsgültigkeitszeitraumüberschreitungswarnung für "
                             "donaudampfschifffahrtsgesellschaft-fahrplanauskunft-%1.example.org"_s;
    for (const QSize size : {QSize(480, 290), QSize(620, 372), QSize(700, 420)})
        QVERIFY(painted(sentence.arg(u"wien"_s), size) != painted(sentence.arg(u"linz"_s), size));
}

QTEST_MAIN(TestTilePainter)
#include "tst_tilepainter.moc"
