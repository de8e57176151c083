// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/loadhistory.h"
#include "app/core/result.h"
#include "app/core/sample.h"

#include <QPromise>
#include <QSqlDatabase>

#include <functional>
#include <variant>

namespace backwatch {

struct StateEntry
{
    MonitorId monitor = 0;
    State state = State::NotObserved;
    UtcMs at = 0;
};

/// Nobody watched between these moments although the program ran: this machine slept.
struct GapEntry
{
    UtcMs from = 0;
    UtcMs to = 0;
};

struct EvidenceEntry
{
    IncidentId incident = 0;
    Evidence evidence;
};

struct ChangeEntry
{
    std::function<Result<void>(QSqlDatabase &)> change;
    QPromise<Result<void>> promise;
};

struct FlushEntry
{
    QPromise<Result<void>> promise;
};

/// What is handed over to the thread that writes, in order.
using HistoryEntry = std::variant<StoredSample, StateEntry, GapEntry, Incident, EvidenceEntry, ChangeEntry,
                                  FlushEntry, LoadValues>;

/// Whether it is kept and tried again when the disk fails; the others are answered with the error.
inline bool isKept(const HistoryEntry &entry)
{
    return !std::holds_alternative<ChangeEntry>(entry) && !std::holds_alternative<FlushEntry>(entry);
}

} // namespace backwatch
