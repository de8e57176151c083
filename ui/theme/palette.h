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

    bool faded = false; ///< all hues are grey: what is shown is no longer true

    /// Around buttons and fields; 3:1 against surface and window.
    QColor controlEdge() const;
    /// The hue that a shape or an area of a state is drawn in.
    QColor state(State state) const;
    /// The same hue where it is text on surface or window.
    QColor stateText(State state) const;
    /// Readable on state().
    QColor onState(State state) const;
    /// One hue per class; 503 has its own, 0 (no answer) is set off from all. They differ in lightness too,
    /// so that small bars of them can be told apart with any kind of colour blindness.
    QColor code(int httpStatus) const;
};

/// The palette that fits the application's own: dark where its window is dark.
Palette currentPalette();
Palette lightPalette();
Palette darkPalette();
/// The same without any hue, and paler: for a picture that has stopped being current.
Palette fadedPalette(const Palette &palette);
/// `share` of 0 to 1 of `over` laid on `under`.
QColor blended(const QColor &under, const QColor &over, qreal share);
/// The contrast of two opaque colours as WCAG 2 defines it, 1 to 21.
double contrast(const QColor &a, const QColor &b);

} // namespace backwatch
