// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"

class QPainter;
class QRectF;
class QString;

namespace backwatch {

/// The shape of a state, drawn into the largest square in the middle of `where`.
void paintStateGlyph(QPainter &painter, const QRectF &where, State state, const QColor &colour);
/// "Up", "Not observed", …
QString stateGlyphWord(State state);

} // namespace backwatch
