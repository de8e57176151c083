// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/chartwidth.h"

#include "app/history/daynumber.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

// Each divides a coarser one, so that stretches begin on whole minutes, hours and days.
constexpr std::array<qint64, 31> kRound{
    1,           2,           5,           10,           20,        50,         100,         200,
    500,         1'000,       2'000,       5'000,        10'000,    15'000,     30'000,      60'000,
    120'000,     300'000,     600'000,     900'000,      1'800'000, kHourMs,    2 * kHourMs, 3 * kHourMs,
    4 * kHourMs, 6 * kHourMs, 8 * kHourMs, 12 * kHourMs, kDayMs,    2 * kDayMs, 7 * kDayMs};

} // namespace

milliseconds chartWidth(UtcMs from, UtcMs to, int pixels, int mostPoints)
{
    // One more may be cut at each end.
    const qint64 points = std::max(std::min(2 * qint64(pixels), qint64(mostPoints)) - 2, qint64(1));
    const auto span = static_cast<quint64>(to) - static_cast<quint64>(from);
    const auto least = static_cast<qint64>(span / static_cast<quint64>(points)) + 1;
    const auto *round = std::lower_bound(kRound.begin(), kRound.end(), least);
    if (round != kRound.end())
        return milliseconds(*round);
    return milliseconds((least + kRound.back() - 1) / kRound.back() * kRound.back());
}

} // namespace backwatch
