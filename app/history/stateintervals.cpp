// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/stateintervals.h"

namespace backwatch {

namespace {

bool isUp(State state)
{
    return state == State::Up || state == State::Degraded;
}

bool isObserved(State state)
{
    return state != State::NotObserved && state != State::Paused && state != State::Maintenance;
}

} // namespace

void appendJoined(QList<StateInterval> &intervals, State state, UtcMs from, UtcMs to)
{
    if (from >= to)
        return;
    if (!intervals.isEmpty() && intervals.last().state == state && intervals.last().to == from)
        intervals.last().to = to;
    else
        intervals.append({state, from, to});
}

QList<StateInterval> filled(const QList<StateInterval> &intervals, UtcMs from, UtcMs to)
{
    QList<StateInterval> result;
    UtcMs at = from;
    for (qsizetype i = 0; i < intervals.size(); ++i) {
        const UtcMs next = i + 1 < intervals.size() ? intervals[i + 1].from : to;
        const UtcMs start = qBound(at, intervals[i].from, to);
        const UtcMs end = qBound(start, qMin(intervals[i].to, next), to);
        appendJoined(result, State::NotObserved, at, start);
        appendJoined(result, intervals[i].state, start, end);
        at = end;
    }
    appendJoined(result, State::NotObserved, at, to);
    return result;
}

std::optional<double> availabilityOf(const QList<StateInterval> &intervals)
{
    UtcMs up = 0;
    UtcMs observed = 0;
    for (const auto &interval : intervals) {
        const UtcMs length = interval.to - interval.from;
        observed += isObserved(interval.state) ? length : 0;
        up += isUp(interval.state) ? length : 0;
    }
    if (observed == 0)
        return std::nullopt;
    return static_cast<double>(up) / static_cast<double>(observed);
}

} // namespace backwatch
