// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/sample.h"

#include <optional>
#include <random>
#include <vector>

namespace backwatch {

struct HistoryLoad
{
    int monitors = 0;
    int days = 0;
    qint64 interval = 60'000;
    int burst = 167; ///< samples a commit
};

struct WritingCost
{
    qint64 samples = 0;
    double seconds = 0;
    double cpuSeconds = 0;   ///< without making the samples
    double bytesWritten = 0; ///< by write() to the file and its log, fsync or not
    double longestStepMs = 0;
    double usualStepMs = 0;
    UtcMs end = 0;
};

/// Latencies around a level of each monitor's own, with a daily rhythm, one spike and a third of a failure in
/// a hundred, and about one outage a week of each monitor; always the same.
class SampleSource
{
public:
    explicit SampleSource(int monitors);
    StoredSample at(int monitor, UtcMs time);

private:
    std::mt19937_64 m_random{503};
    std::vector<std::array<double, 6>> m_levels;
    std::vector<int> m_failuresLeft; ///< of the outage that a monitor is in
};

/// Writes a history as the program does, in simulated time, and packs what is due after each commit. Ends a
/// few hours after the last day, so that all of them are packed.
std::optional<WritingCost> writeHistory(const QString &path, const HistoryLoad &load);

/// Of this process, as the kernel counts it.
double bytesWrittenSoFar();

} // namespace backwatch
