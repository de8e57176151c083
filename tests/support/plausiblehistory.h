// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/rollup.h"
#include "app/core/state.h"

namespace backwatch {

/// A website as one sees it over a month: a daily rhythm, a 503 outage of 40 minutes five hours ago and a
/// short one in the last hour, timeouts, a slow answer, three hours in which nothing was observed. The same
/// for the same `now`, one check every 30 seconds.
class PlausibleHistory
{
public:
    explicit PlausibleHistory(UtcMs now) : m_now(now) {}

    QList<Rollup> rollups(UtcMs from, UtcMs to, milliseconds width) const;
    QList<StateInterval> states() const;
    QList<Incident> incidents(MonitorId monitor) const;

private:
    struct Answer
    {
        bool checked = false;
        int code = 0;
        microseconds latency{0};
    };
    Answer at(UtcMs time) const;

    UtcMs m_now;
};

} // namespace backwatch
