// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/phases.h"

namespace backwatch {

/// The moments of one hop (a request and its answer) that were reached, in this order.
struct HopTimes
{
    using Moment = std::chrono::steady_clock::time_point;

    Moment begin{};
    std::optional<Moment> named; ///< only when the name had to be waited for
    bool naming = false;         ///< the name was being waited for, answered or not
    bool connecting = false;
    std::optional<Moment> connected; ///< TCP
    bool secure = false;             ///< TLS comes next
    std::optional<Moment> ready;     ///< the request may be written
    bool talks = true;               ///< there is more to it than to connect
    bool asks = true;                ///< something is said before the other side is
    std::optional<Moment> sent;
    std::optional<Moment> firstByte;
    Moment end{};
};

/// Adds a hop's phases to those of the hops before. What is not a whole microsecond goes to the next phase,
/// so the sum stays exact; moments in the wrong order count as simultaneous.
void addHop(Phases &phases, const HopTimes &hop);

} // namespace backwatch
