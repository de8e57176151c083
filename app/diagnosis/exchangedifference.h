// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"

namespace backwatch {

/// One thing that is not as it was in the last good answer.
struct ExchangeChange
{
    enum class Kind {
        Status,
        HttpVersion,
        Address,
        Certificate,
        HeaderAdded,
        HeaderRemoved,
        HeaderChanged,
        Phase,
        BodySize,
    };

    Kind kind = Kind::Status;
    QString subject; ///< header name as on the wire, or phase: dns, connect, tls, send, wait, receive, total
    QString before;  ///< from the network; plain text. Empty where there was none.
    QString after;

    bool operator==(const ExchangeChange &) const = default;
};

/// What differs in a failed answer from the last good one, most telling first. Left out is what differs
/// between any two answers: Date, Age, request numbers, cookie values, and times that vary by less than twice
/// or 20 ms.
QList<ExchangeChange> exchangeDifference(const Exchange &good, const Exchange &failed);

} // namespace backwatch
