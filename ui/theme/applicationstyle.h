// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"

#include <QPalette>
#include <QStringView>

#include <optional>

class QApplication;

namespace backwatch {

enum class Theme { System, Light, Dark };

QStringView themeId(Theme theme); ///< "system", "light", "dark": what --theme takes
std::optional<Theme> themeFromId(QStringView id);

/// Gives the whole application the look of a theme: the style, Qt's own palette and the style sheet. May be
/// called again at any time; widgets learn of it by QEvent::PaletteChange.
void applyTheme(QApplication &application, Theme theme);

QPalette qtPalette(const Palette &palette);

/// What a widget sets as its object name to be drawn in a special way.
inline constexpr auto kPrimaryButton = "primary"; ///< a QPushButton: the one thing to do on a page
inline constexpr auto kQuietButton = "quiet";     ///< a QPushButton or QToolButton without a frame
inline constexpr auto kLargeField = "largeField"; ///< a QLineEdit that a page is about

} // namespace backwatch
