// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/recognition.h"

namespace backwatch {

/// How long the answer took to begin, or its body to end where it was cut short, in the words of the rules.
enum class Wait {
    NotMeasured,
    Instant,   ///< below 200 ms: nobody was waited for
    Some,      ///< between
    Long,      ///< 0.9 s and more, of no particular length
    Round,     ///< a whole number of seconds, as people set time-outs
    AtTimeout, ///< where a time-out of the product that made the page runs out
};

/// Who speaks: one that only hands on what stands behind it, or the one that makes the content.
enum class Role { Gateway, Application, Unknown };

/// What the rules look at, measured once.
struct Signs
{
    int status = 0;
    Outcome outcome = Outcome::Internal;
    bool truncated = false;
    Role role = Role::Unknown;
    Layer producerLayer = Layer::Unknown;
    QString producer; ///< for sentences: its name, or "the server"
    bool emptyBody = false;
    bool script = false; ///< the path asks for a script
    Wait wait = Wait::NotMeasured;
    milliseconds waited{0};
    std::optional<KnownTimeout> timeout; ///< the one that ran out
    bool timeoutIsConfigured = false;
    bool pausesWhenRefused = false; ///< its maker waits before it gives up on a connection that is refused
    std::optional<std::chrono::seconds> retryAfter;
    QString stored;                 ///< sentence with the field that says so; empty: no sign of it
    bool twoLengths = false;        ///< Content-Length fields that differ
    QString selfRedirect;           ///< Location, where it leads back to the same place
    Layer watched = Layer::Unknown; ///< what was asked, as the admin says
};

/// @param configured the time-out of the producer that the admin named, instead of the product's own
Signs signsOf(const Exchange &exchange, const Recognition &recognition,
              std::optional<milliseconds> configured);

} // namespace backwatch
