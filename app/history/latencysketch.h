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

    quint64 count() const { return m_count; }
    /// Nearest rank; absent when nothing was added.
    std::optional<microseconds> percentile(unsigned percent) const;

    QByteArray packed() const;
    /// Absent when the bytes are damaged.
    static std::optional<LatencySketch> unpacked(QByteArrayView bytes);

    bool operator==(const LatencySketch &) const = default;

private:
    struct Step
    {
        quint32 code = 0;
        quint64 count = 0;

        bool operator==(const Step &) const = default;
    };

    quint64 m_count = 0;
    std::vector<Step> m_steps; ///< ascending, none empty
};

} // namespace backwatch
