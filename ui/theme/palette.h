// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/state.h"

#include <QColor>

namespace backwatch {

/// The colours of one theme. Every pair of a text colour and what it stands on keeps WCAG AA; the hues come
/// from the palette of Okabe and Ito, which survives the three kinds of colour blindness.
struct Palette
{
    bool dark = false;
    QColor window;      ///< behind everything
    QColor surface;     ///< tiles, cards, charts
    QColor surfaceEdge; ///< a hairline around them
    QColor text;
    QColor mutedText; ///< still AA on surface and window
    QColor accent;    ///< links, the chosen range, keyboard focus
    QColor grid;      ///< chart lines
    QColor hatch;     ///< not observed

    /// The hue that a state is drawn in.
    QColor state(State state) const;
    /// Readable on state().
    QColor onState(State state) const;
    /// One hue per class; 503 has its own, 0 (no answer) is dark.
    QColor code(int httpStatus) const;
};

/// The palette that fits the application's own: dark where its window is dark.
Palette currentPalette();
Palette lightPalette();
Palette darkPalette();

} // namespace backwatch
