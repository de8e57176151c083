// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/valuescale.h"

#include <algorithm>
#include <cmath>

namespace backwatch {

namespace {

double roundStep(double least)
{
    const double decade = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * decade >= least * (1 - 1e-9))
            return factor * decade;
    }
    return 10 * decade;
}

} // namespace

ValueScale valueScale(double largest, int most, bool whole)
{
    const double wanted = largest > 0 && std::isfinite(largest) ? largest : 1;
    double step = roundStep(wanted / std::max(1, most));
    if (whole)
        step = std::max(1.0, step);
    const int steps = std::max(1, int(std::ceil(wanted / step - 1e-9)));
    ValueScale scale{steps * step, {}};
    for (int i = 0; i <= steps; ++i)
        scale.marks.append(i * step);
    return scale;
}

} // namespace backwatch
