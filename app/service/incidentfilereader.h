// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/fingerprints.h"
#include "app/guide/playbooks.h"
#include "app/history/historyreader.h"
#include "app/service/watch.h"

namespace backwatch {

/// What makes sense of an incident's evidence. Both must outlive the answer.
struct Interpreters
{
    const Fingerprints &fingerprints;
    const Playbooks &playbooks;
};

/// Gathers all that an incident page shows; secrets are removed from it.
/// @param live the incident as it is at hand, with its evidence; without an id it is read from the history,
///             which only knows what is committed
Result<IncidentFile> readIncidentFile(HistoryReader &reader, IncidentId id, const IncidentFile &live,
                                      UtcMs now, const Interpreters &interpreters);

} // namespace backwatch
