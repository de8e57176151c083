// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/applicationstyle.h"

#include <QApplication>
#include <QFontInfo>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace backwatch;

class TestApplicationStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsRoundTrip()
    {
        for (Theme theme : {Theme::System, Theme::Light, Theme::Dark})
            QCOMPARE(themeFromId(themeId(theme)), std::optional(theme));
        QVERIFY(!themeFromId(u"blue"));
    }

    void themesSetThePalette()
    {
        applyTheme(*qApp, Theme::Dark);
        QVERIFY(currentPalette().dark);
        QCOMPARE(QApplication::palette().color(QPalette::Window), darkPalette().window);
        applyTheme(*qApp, Theme::Light);
        QVERIFY(!currentPalette().dark);
        applyTheme(*qApp, Theme::Dark);
        applyTheme(*qApp, Theme::System);
        // The offscreen platform is light.
        QVERIFY(!currentPalette().dark);
    }

    void nothingIsSmallerThanThirteenPixels()
    {
        QFont tiny = QApplication::font();
        tiny.setPixelSize(9);
        QApplication::setFont(tiny);
        applyTheme(*qApp, Theme::Light);
        QVERIFY(QFontInfo(QApplication::font()).pixelSize() >= 13);
    }

    void styleSheetIsUnderstood()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("(?i)property|parse|stylesheet")));
        applyTheme(*qApp, Theme::Light);
        QPushButton button(QStringLiteral("Add"));
        button.setObjectName(kPrimaryButton);
        button.ensurePolished();
        const QImage picture = button.grab().toImage();
        QCOMPARE(picture.pixelColor(picture.width() / 2, 4), lightPalette().accent);
    }
};

QTEST_MAIN(TestApplicationStyle)
#include "tst_applicationstyle.moc"
