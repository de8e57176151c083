// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace backwatch {

/// A value axis from 0 to a round number, with round marks. `top` and the marks are in the unit of the
/// values.
struct ValueScale
{
    double top = 1;
    QList<double> marks; ///< ascending, from 0 to top

    /// Pixels below the top edge of a plot of this height; values above `top` lie outside, below zero.
    double yAt(double value, double height) const { return height - value / top * height; }
};

/// The smallest round axis that holds `largest` and has at most `most` steps. Whole: marks are whole numbers.
ValueScale valueScale(double largest, int most, bool whole);

} // namespace backwatch
