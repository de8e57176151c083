// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/kumadatabase.h"
#include "app/core/maintenancewindow.h"
#include "app/core/sample.h"

#include <functional>

namespace backwatch {

/// What another program measured once, and what it made of it.
struct ImportedSample
{
    enum class Verdict {
        Up,
        Pending,     ///< failed, not confirmed
        Down,        ///< failed, confirmed
        Maintenance, ///< planned
    };

    Sample sample; ///< without the monitor's id
    Verdict verdict = Verdict::Up;
    QList<TimeSpan> unwatched; ///< within the time since the sample before, ascending
};

/// What a failure was, from the words that Uptime Kuma kept of it.
Outcome outcomeFromMessage(const QString &message);
/// "503" of "Request failed with status code 503", "200" of "200 - OK"; 0 where there is none.
int statusFromMessage(const QString &message);

/// Hands over the beats of one monitor in the order of their times, a few at a time in memory.
/// @param after only later ones
/// @param interval of the monitor: how far apart beats are while it watches
Result<void> eachHeartbeat(const KumaDatabase &kuma, qint64 monitor, UtcMs after, milliseconds interval,
                           const std::function<Result<void>(const ImportedSample &)> &take);

} // namespace backwatch
