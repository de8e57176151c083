// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <vector>

namespace backwatch {

constexpr int kPhaseCount = 6; ///< dns, connect, tls, send, wait, receive

/// A sample as numbers, as the log and the blocks have them; whose it is stands beside it.
struct SampleRow
{
    qint64 id = 0; ///< grows in the order in which samples came in
    qint64 startedAt = 0;
    qint64 outcome = 0;
    qint64 state = 0;
    qint64 httpStatus = 0;
    qint64 address = 0;                       ///< phrase; 0: none
    qint64 detail = 0;                        ///< phrase; 0: none
    qint64 retryAfter = -1;                   ///< seconds; -1: none
    quint8 present = 0;                       ///< one bit a phase, the first lowest
    std::array<qint64, kPhaseCount> phases{}; ///< µs; 0 where absent
    qint64 total = 0;                         ///< µs

    bool has(int phase) const { return (present >> phase & 1) != 0; }
    bool operator==(const SampleRow &) const = default;
};

using SampleRows = std::vector<SampleRow>;

} // namespace backwatch
