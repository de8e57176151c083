// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

#include <QtGlobal>

namespace backwatch {

/// A stretch of time, `to` exclusive.
struct TimeRange
{
    UtcMs from = 0;
    UtcMs to = 0;

    qint64 span() const { return to - from; }
    bool contains(UtcMs time) const { return time >= from && time < to; }
    bool overlaps(const TimeRange &other) const { return from < other.to && other.from < to; }
    bool operator==(const TimeRange &) const = default;
};

/// Linear mapping between a range of time and a stretch of pixels. Every chart of a stack uses the same one,
/// so that the same moment stands on the same pixel in all of them.
struct TimeScale
{
    TimeRange range;
    double left = 0;
    double width = 1;

    double xAt(UtcMs time) const
    {
        return range.span() <= 0 ? left : left + width * double(time - range.from) / double(range.span());
    }
    UtcMs timeAt(double x) const
    {
        return width <= 0 ? range.from : range.from + qRound64((x - left) / width * double(range.span()));
    }
};

} // namespace backwatch
