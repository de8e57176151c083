// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/bucketwidth.h"

#include <array>

namespace backwatch {

milliseconds bucketWidth(milliseconds span, int plotPixels, milliseconds interval)
{
    using namespace std::chrono_literals;
    static constexpr std::array<milliseconds, 11> kWidths{1s,    10s, 30s, 1min, 5min, 15min,
                                                          30min, 1h,  3h,  6h,   24h};
    static constexpr qint64 kMostBuckets = 2'000;
    static constexpr qint64 kLeastPixels = 3;

    for (const auto width : kWidths) {
        const bool fewEnough = span.count() <= kMostBuckets * width.count();
        const bool wideEnough = qint64(plotPixels) * width.count() >= kLeastPixels * span.count();
        if (width >= interval && fewEnough && wideEnough)
            return width;
    }
    return kWidths.back();
}

} // namespace backwatch
