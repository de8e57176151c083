// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"

#include <QIcon>

class QPainter;
class QRectF;

namespace backwatch {

/// Paints the shape of a state into the largest square in the middle of `where`: a filled circle (Up), a
/// triangle (Degraded), a half circle (Suspect), a filled square (Down), a hollow diamond (Unreachable), a
/// spanner (Maintenance), a hatched square (Not observed), two bars (Paused).
void paintStateShape(QPainter &painter, const QRectF &where, State state, const QColor &colour);

/// The shape in its hue, for lists and menus.
QIcon stateIcon(State state, const Palette &palette, int size = 16);

/// Slanted lines over `where`: nothing was observed here, or not lately. `spacing` is the distance of two
/// lines.
void paintHatch(QPainter &painter, const QRectF &where, const QColor &colour, qreal spacing = 8);

} // namespace backwatch
