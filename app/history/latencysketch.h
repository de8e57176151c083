// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace backwatch {

/// How many durations fell into each step of valuecode.h. Percentiles out of it are within half a percent of
/// the exact ones, and sketches of parts merge to exactly the sketch of the whole.
class LatencySketch
{
public:
    /// What is negative counts as 0.
    void add(microseconds duration);
    void merge(const LatencySketch &other);
    void clear(); ///< keeps the room

    quint64 count() const { return m_count; }
    /// Nearest rank; absent when nothing was added.
    std::optional<microseconds> percentile(unsigned percent) const;

    QByteArray packed() const;
    /// Absent when the bytes are damaged.
    static std::optional<LatencySketch> unpacked(QByteArrayView bytes);
    /// The same as merging unpacked(), and faster. Whether they are sound; damaged ones change nothing.
    bool mergePacked(QByteArrayView bytes);

    bool operator==(const LatencySketch &other) const;

private:
    /// The counts of these codes; made room for, so both have to be counted.
    quint64 *countsFrom(quint32 first, quint32 last);
    quint32 firstCode() const; ///< of those that were seen; not when empty

    quint64 m_count = 0;
    quint32 m_first = 0;           ///< code of the first of m_counts
    std::vector<quint64> m_counts; ///< a code each, zeros at both ends among them
};

} // namespace backwatch
