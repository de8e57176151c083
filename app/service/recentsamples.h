// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sample.h"

namespace backwatch {

/// The last hour of one monitor, thinned for a sparkline: one sample for each half minute, the one that ended
/// worse where there are several. At most 121 samples, whatever the interval.
class RecentSamples
{
public:
    static constexpr qint64 kSlotMs = 30'000;
    static constexpr qint64 kSpanMs = 3'600'000;

    void add(const StoredSample &sample);
    /// Oldest first, nothing older than an hour before the newest.
    const QList<StoredSample> &list() const { return m_samples; }

private:
    QList<StoredSample> m_samples;
};

} // namespace backwatch
