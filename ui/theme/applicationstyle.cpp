// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/applicationstyle.h"

#include <QApplication>
#include <QFontInfo>
#include <QStyleFactory>
#include <QStyleHints>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace backwatch {

namespace {

constexpr std::array<QStringView, 3> kThemeIds{u"system", u"light", u"dark"};

/// What the desktop asked for before this program set anything of its own.
bool desktopIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
#endif
}

// %1 surface, %2 edge, %3 text, %4 muted, %5 accent, %6 text on accent, %7 hovered, %8 window, %9 edge of
// what can be acted on
constexpr QStringView kSheet = uR"(
QPushButton {
    background: %1; color: %3; border: 1px solid %9; border-radius: 6px; padding: 6px 14px; min-height: 20px;
}
QPushButton:hover { background: %7; }
QPushButton:pressed { background: %2; }
QPushButton:disabled { color: %4; background: %8; }
QPushButton:focus { border: 2px solid %5; padding: 5px 13px; }
QPushButton#primary { background: %5; color: %6; border-color: %5; font-weight: bold; }
QPushButton#primary:focus { border: 2px solid %3; }
QPushButton#primary:disabled { background: %2; color: %4; border-color: %2; }
QPushButton#quiet, QToolButton#quiet {
    background: transparent; color: %3; border: 2px solid transparent; border-radius: 6px; padding: 5px 10px;
}
QPushButton#quiet:hover, QToolButton#quiet:hover { background: %7; }
QPushButton#quiet:focus, QToolButton#quiet:focus { border: 2px solid %5; }
QToolButton#quiet:disabled { color: %4; }
QToolButton#quiet::menu-indicator { image: none; width: 0; }
QLineEdit {
    background: %1; border: 1px solid %9; border-radius: 6px; padding: 6px 8px;
    selection-background-color: %5; selection-color: %6;
}
QLineEdit:focus { border: 2px solid %5; padding: 5px 7px; }
QLineEdit#largeField { padding: 9px 12px; }
QLineEdit#largeField:focus { padding: 8px 11px; }
QCheckBox::indicator:unchecked, QRadioButton::indicator:unchecked {
    background: %1; border: 1px solid %9; width: 13px; height: 13px;
}
QCheckBox::indicator:unchecked { border-radius: 2px; }
QRadioButton::indicator { border-radius: 7px; width: 13px; height: 13px; }
QRadioButton::indicator:checked { background: %6; border: 4px solid %5; width: 7px; height: 7px; }
QMenu { background: %1; color: %3; border: 1px solid %2; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 24px; border-radius: 4px; }
QMenu::item:selected { background: %5; color: %6; }
QMenu::item:disabled { color: %4; }
QMenu::separator { height: 1px; background: %2; margin: 4px 8px; }
QToolTip { background: %3; color: %8; border: 1px solid %2; padding: 4px; }
)";

QString styleSheet(const Palette &palette)
{
    const QColor onAccent = palette.dark ? palette.window : QColor(Qt::white);
    const QColor hovered = blended(palette.surface, palette.accent, 0.12);
    return kSheet.toString().arg(palette.surface.name(), palette.surfaceEdge.name(), palette.text.name(),
                                 palette.mutedText.name(), palette.accent.name(), onAccent.name(),
                                 hovered.name(), palette.window.name(), palette.controlEdge().name());
}

} // namespace

QStringView themeId(Theme theme)
{
    return kThemeIds[static_cast<std::size_t>(theme)];
}

std::optional<Theme> themeFromId(QStringView id)
{
    for (std::size_t i = 0; i < kThemeIds.size(); ++i)
        if (kThemeIds[i] == id)
            return static_cast<Theme>(i);
    return std::nullopt;
}

QPalette qtPalette(const Palette &palette)
{
    QPalette qt;
    const QColor onAccent = palette.dark ? palette.window : QColor(Qt::white);
    qt.setColor(QPalette::Window, palette.window);
    qt.setColor(QPalette::WindowText, palette.text);
    qt.setColor(QPalette::Base, palette.surface);
    qt.setColor(QPalette::AlternateBase, blended(palette.surface, palette.window, 0.6));
    qt.setColor(QPalette::Text, palette.text);
    qt.setColor(QPalette::PlaceholderText, palette.mutedText);
    qt.setColor(QPalette::Button, palette.surface);
    qt.setColor(QPalette::ButtonText, palette.text);
    qt.setColor(QPalette::BrightText, Qt::white);
    qt.setColor(QPalette::Highlight, palette.accent);
    qt.setColor(QPalette::HighlightedText, onAccent);
    qt.setColor(QPalette::Link, palette.accent);
    qt.setColor(QPalette::LinkVisited, palette.accent);
    qt.setColor(QPalette::ToolTipBase, palette.text);
    qt.setColor(QPalette::ToolTipText, palette.window);
    qt.setColor(QPalette::Light, palette.surface.lighter(palette.dark ? 130 : 100));
    qt.setColor(QPalette::Midlight, palette.grid);
    qt.setColor(QPalette::Mid, palette.surfaceEdge);
    qt.setColor(QPalette::Dark, palette.surfaceEdge.darker(palette.dark ? 150 : 120));
    qt.setColor(QPalette::Shadow, palette.dark ? QColor(Qt::black) : palette.surfaceEdge.darker(150));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        qt.setColor(QPalette::Disabled, role, palette.mutedText);
    return qt;
}

void applyTheme(QApplication &application, Theme theme)
{
    const bool systemDark = desktopIsDark();
    const bool dark = theme == Theme::System ? systemDark : theme == Theme::Dark;
    const Palette palette = dark ? darkPalette() : lightPalette();
    // Some desktops, and all screens without one, still ask for 9 points, which is 12 pixels.
    constexpr int kSmallestFont = 13;
    QFont font = QApplication::font();
    if (QFontInfo(font).pixelSize() < kSmallestFont) {
        font.setPixelSize(kSmallestFont);
        QApplication::setFont(font);
    }
    application.setStyle(QStyleFactory::create(u"Fusion"_s));
    application.setPalette(qtPalette(palette));
    application.setStyleSheet(styleSheet(palette));
}

} // namespace backwatch
