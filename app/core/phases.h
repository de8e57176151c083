// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"

#include <optional>

namespace backwatch {

/// Where the time of one check went. Phases are disjoint and those that happened sum to total; one that did
/// not happen is absent. Over redirects each phase is the sum over all hops.
struct Phases
{
    std::optional<microseconds> dns;
    std::optional<microseconds> connect; ///< TCP alone, without TLS
    std::optional<microseconds> tls;
    std::optional<microseconds> send;    ///< writing the request
    std::optional<microseconds> wait;    ///< request written to first byte of the answer
    std::optional<microseconds> receive; ///< first byte to last
    microseconds total{0};

    bool operator==(const Phases &) const = default;
};

} // namespace backwatch
