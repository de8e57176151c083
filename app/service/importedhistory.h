// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/kumaheartbeats.h"
#include "app/core/clock.h"
#include "app/core/configuration.h"
#include "app/service/datadirectory.h"

namespace backwatch {

/// What came of taking over a history.
struct ImportedHistory
{
    qint64 samples = 0;
    int monitors = 0; ///< that had any
    int incidents = 0;
};

/// Takes over what an Uptime Kuma measured, drawing states and incidents from it as from our own checks;
/// where it had confirmed a failure, it is confirmed. Of a monitor with a history only what is newer than
/// that, so doing it twice changes nothing and one that was interrupted goes on. No Backwatch may run on the
/// folder.
/// @param ids of its monitors -> Service/Monitor, which are stored already
Result<ImportedHistory> importHistory(const DataDirectory &directory, const Clock &clock,
                                      const KumaDatabase &kuma, const QHash<qint64, QString> &ids);

} // namespace backwatch
