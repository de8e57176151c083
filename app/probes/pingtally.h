// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/probes/verdict.h"

#include <QList>

#include <optional>

namespace backwatch {

/// What came of some pings.
struct PingTally
{
    int sent = 0;
    QList<microseconds> roundTrips; ///< of those that came back
    int error = 0;                  ///< errno of the last failure that the system or a router reported

    /// The middle one; of an even number the lower of both.
    std::optional<microseconds> median() const;
};

/// @param waited for how long answers were waited for
Verdict pingVerdict(const PingTally &tally, const QString &address, std::optional<milliseconds> slowAfter,
                    milliseconds waited);

} // namespace backwatch
