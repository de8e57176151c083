// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace backwatch {

/// What a piece of text is for; its size follows from the application's own font.
enum class TextRole {
    Caption, ///< axis labels, footnotes
    Body,
    Strong,   ///< body, set off
    Lead,     ///< what a page says first below its heading
    Subtitle, ///< the heading of a card
    Title,    ///< the heading of a page
    Display,  ///< one figure or sentence that fills a page
};

/// The application's font in the size and weight of a role, with figures of one width.
QFont textFont(TextRole role);

/// The application's font in a size of its own, for what scales with its widget.
QFont sizedFont(qreal pixels, QFont::Weight weight = QFont::Normal);

/// Asks for figures of one width where the font offers a choice (Qt 6.7); elsewhere returns the font as it
/// is.
QFont withTabularFigures(QFont font);

} // namespace backwatch
