// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/flapping.h"

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kChecks = 21;
constexpr double kOldestWeight = 0.8;
constexpr double kNewestWeight = 1.2;
constexpr double kBegins = 0.20;
constexpr double kEnds = 0.05;
constexpr quint64 kMask = (quint64(1) << (2 * kChecks)) - 1;

quint64 bitsOf(Judgement judgement)
{
    switch (judgement) {
    case Judgement::Good:
        return 1;
    case Judgement::Degraded:
        return 2;
    default:
        return 3;
    }
}

/// Of all 20 possible changes; checks that never were made count as none.
double shareOfChanges(const Flapping &history)
{
    constexpr int kChanges = kChecks - 1;
    constexpr double kStep = (kNewestWeight - kOldestWeight) / (kChanges - 1);
    double weight = 0;
    for (int age = 0; age + 1 < history.count; ++age) {
        const auto newer = (history.recent >> (2 * age)) & 3;
        const auto older = (history.recent >> (2 * (age + 1))) & 3;
        if (newer != older)
            weight += kNewestWeight - age * kStep;
    }
    return weight / kChanges;
}

} // namespace

Flapping withCheck(Flapping history, Judgement judgement)
{
    if (judgement == Judgement::Neutral)
        return history;
    history.recent = ((history.recent << 2) | bitsOf(judgement)) & kMask;
    history.count = std::min(history.count + 1, kChecks);
    history.share = shareOfChanges(history);
    history.flapping = history.flapping ? history.share >= kEnds : history.share >= kBegins;
    return history;
}

} // namespace backwatch
