// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/stateshape.h"

#include <QPainter>
#include <QTest>

using namespace backwatch;

namespace {

QImage shape(State state, int size)
{
    QImage image(size, size, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintStateShape(painter, image.rect(), state, Qt::black);
    return image;
}

int pixelsApart(const QImage &a, const QImage &b)
{
    int apart = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            apart += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 96;
    return apart;
}

} // namespace

class TestStateShape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Black on white, so without any help of colour.
    void shapesDiffer_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("in a list") << 14;
        QTest::newRow("on a wall") << 96;
    }

    void shapesDiffer()
    {
        QFETCH(int, size);
        for (int a = 0; a < kStateCount; ++a)
            for (int b = a + 1; b < kStateCount; ++b) {
                const int apart =
                    pixelsApart(shape(*stateFromNumber(a), size), shape(*stateFromNumber(b), size));
                QVERIFY2(apart * 100 >= 9 * size * size,
                         qPrintable(QStringLiteral("%1 %2: %3").arg(a).arg(b).arg(apart)));
            }
    }

    void shapesStayInside()
    {
        QImage image(60, 40, QImage::Format_ARGB32);
        for (int i = 0; i < kStateCount; ++i) {
            image.fill(Qt::white);
            QPainter painter(&image);
            paintStateShape(painter, QRectF(20, 10, 20, 20), *stateFromNumber(i), Qt::black);
            painter.end();
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (!QRect(19, 9, 22, 22).contains(x, y))
                        QCOMPARE(image.pixelColor(x, y), QColor(Qt::white));
        }
    }

    void hatchStaysInside()
    {
        QImage image(60, 60, QImage::Format_ARGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintHatch(painter, QRectF(10, 10, 40, 40), Qt::black);
        painter.end();
        QCOMPARE(image.pixelColor(5, 30), QColor(Qt::white));
        QCOMPARE(image.pixelColor(55, 30), QColor(Qt::white));
        int dark = 0;
        for (int x = 10; x < 50; ++x)
            dark += qGray(image.pixel(x, 30)) < 128;
        QVERIFY(dark >= 3 && dark < 20);
    }

    void iconHasTheShape()
    {
        const QIcon icon = stateIcon(State::Down, lightPalette());
        QCOMPARE(icon.pixmap(16).toImage().pixelColor(8, 8), lightPalette().state(State::Down));
    }
};

QTEST_MAIN(TestStateShape)
#include "tst_stateshape.moc"
