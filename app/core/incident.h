// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/core/sample.h"

#include <QList>

namespace backwatch {

using IncidentId = qint64;

/// A mark in the answer that finds the same request in the server's own log, such as Varnish's XID.
struct Reference
{
    QString kind; ///< "xid", "cf-ray", …
    QString value;

    bool operator==(const Reference &) const = default;
};

/// A confirmed failure of one monitor, from its first failing sample to its first good one.
struct Incident
{
    IncidentId id = 0; ///< 0 until it is stored
    MonitorId monitor = 0;
    UtcMs openedAt = 0;                  ///< start of the first failing sample
    UtcMs confirmedAt = 0;               ///< start of the sample that made it Down
    std::optional<UtcMs> closedAt;       ///< start of the first good sample; absent while it lasts
    Outcome outcome = Outcome::Internal; ///< of the first failing sample
    int httpStatus = 0;
    QString detail;   ///< of the first failing sample
    QString producer; ///< fingerprint id of what made the page, empty when not recognised
    QList<Reference> references;

    milliseconds duration(UtcMs now) const { return milliseconds(closedAt.value_or(now) - openedAt); }
    bool operator==(const Incident &) const = default;
};

/// What an incident's pictures are made of.
struct Evidence
{
    ExchangePtr failed;   ///< the exchange that opened it
    ExchangePtr lastGood; ///< the one before, null when none was seen
};

} // namespace backwatch
