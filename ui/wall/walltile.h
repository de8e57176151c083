// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QStringList>

namespace backwatch {

/// One tile of the wall: a monitor's status in the words and figures that stand on it.
struct WallTile
{
    MonitorId monitor = 0;
    QString name;            ///< with its service in front where it would not be unique on the wall
    bool endMatters = false; ///< another name begins alike, so that shortening has to keep the end
    QString service;         ///< empty: stands alone
    State state = State::NotObserved;
    UtcMs since = 0;          ///< of the state; 0: unknown
    UtcMs lastAt = 0;         ///< 0: no answer yet
    milliseconds interval{0}; ///< two of them without an answer make the tile stale
    QString answer;           ///< "200", "timeout"; empty without a sample
    int httpStatus = 0;       ///< of the newest sample, or what stands for it
    QString latency;          ///< empty when nothing answered
    QString availability;     ///< of 24 h; empty when unknown
    QString cause;            ///< one sentence while in trouble
    std::optional<IncidentId> incident;
    QStringList consequences;        ///< names of what cannot be reached because of this one
    QList<MonitorId> consequenceIds; ///< the same in the same order
    QList<StoredSample> lastHour;    ///< oldest first

    // What depends on the moment; age() keeps it up to date.
    QString age;      ///< "4 s ago"
    QString duration; ///< "Down for 4 min"
    bool stale = false;
};

WallTile wallTile(const Monitor &monitor, const MonitorStatus &status, UtcMs now);

/// Brings the texts that depend on the moment up to date; true when something to be seen changed.
bool age(WallTile &tile, UtcMs now);

/// Whether the two would be painted alike at the same moment.
bool looksLike(const WallTile &a, const WallTile &b);

/// Down, Suspect or Degraded: grows and comes first.
bool isProblem(State state);

/// A problem, or out of reach through one.
bool isTrouble(State state);

/// The tile as one spoken sentence.
QString spokenTile(const WallTile &tile);

} // namespace backwatch
