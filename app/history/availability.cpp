// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/availability.h"

#include "app/history/stateintervals.h"

#include <algorithm>
#include <array>
#include <vector>

namespace backwatch {

namespace {

milliseconds &partOf(Availability &sum, State state)
{
    switch (state) {
    case State::Up:
    case State::Suspect: // never settles; until it is confirmed the state before holds
        return sum.up;
    case State::Degraded:
        return sum.degraded;
    case State::Down:
        return sum.down;
    case State::Unreachable:
        return sum.unreachable;
    case State::Maintenance:
        return sum.maintenance;
    case State::Paused:
        return sum.paused;
    case State::NotObserved:
        break;
    }
    return sum.notObserved;
}

/// What a service is called when its monitors differ, strongest first.
constexpr std::array kStrongestFirst{State::Down,        State::Unreachable, State::Degraded,   State::Up,
                                     State::Maintenance, State::Paused,      State::NotObserved};

struct Turn
{
    UtcMs at;
    State state;
    int change; ///< +1 begins, -1 ends
};

std::vector<Turn> turnsOf(const QList<QList<StateInterval>> &monitors)
{
    std::vector<Turn> turns;
    for (const auto &intervals : monitors)
        for (qsizetype i = 0; i < intervals.size(); ++i) {
            const auto &interval = intervals[i];
            const UtcMs to =
                i + 1 < intervals.size() ? std::min(interval.to, intervals[i + 1].from) : interval.to;
            if (interval.from >= to)
                continue;
            turns.push_back({interval.from, interval.state, 1});
            turns.push_back({to, interval.state, -1});
        }
    std::sort(turns.begin(), turns.end(), [](const Turn &a, const Turn &b) { return a.at < b.at; });
    return turns;
}

} // namespace

milliseconds Availability::period() const
{
    return counted() + maintenance + paused + notObserved;
}

std::optional<double> Availability::share() const
{
    if (counted().count() == 0)
        return std::nullopt;
    return static_cast<double>((up + degraded).count()) / static_cast<double>(counted().count());
}

double Availability::coverage() const
{
    if (period().count() == 0)
        return 0;
    return static_cast<double>((counted() + maintenance).count()) / static_cast<double>(period().count());
}

Availability &Availability::operator+=(const Availability &other)
{
    up += other.up;
    degraded += other.degraded;
    down += other.down;
    unreachable += other.unreachable;
    maintenance += other.maintenance;
    paused += other.paused;
    notObserved += other.notObserved;
    return *this;
}

Availability availabilityIn(const QList<StateInterval> &intervals, const TimeSpan &period)
{
    Availability sum;
    UtcMs at = period.from;
    const auto first =
        std::upper_bound(intervals.cbegin(), intervals.cend(), period.from,
                         [](UtcMs moment, const StateInterval &interval) { return moment < interval.from; });
    auto i = std::max<qsizetype>(0, first - intervals.cbegin() - 1);
    for (; i < intervals.size() && intervals[i].from < period.to; ++i) {
        const UtcMs next = i + 1 < intervals.size() ? intervals[i + 1].from : period.to;
        const UtcMs start = std::clamp(intervals[i].from, at, period.to);
        const UtcMs end = std::clamp(std::min(intervals[i].to, next), start, period.to);
        sum.notObserved += milliseconds(start - at);
        partOf(sum, intervals[i].state) += milliseconds(end - start);
        at = end;
    }
    sum.notObserved += milliseconds(std::max<UtcMs>(0, period.to - at));
    return sum;
}

QList<StateInterval> combined(const QList<QList<StateInterval>> &monitors)
{
    std::array<int, kStateCount> standing{};
    const auto strongest = [&standing] {
        const auto found = std::find_if(kStrongestFirst.begin(), kStrongestFirst.end(), [&](State state) {
            return standing[static_cast<std::size_t>(state)] > 0;
        });
        return found == kStrongestFirst.end() ? State::NotObserved : *found;
    };
    QList<StateInterval> result;
    UtcMs since = 0;
    for (const auto &turn : turnsOf(monitors)) {
        if (turn.at > since && strongest() != State::NotObserved)
            appendJoined(result, strongest(), since, turn.at);
        standing[static_cast<std::size_t>(turn.state)] += turn.change;
        since = turn.at;
    }
    return result;
}

QList<StateInterval> withReclassified(const QList<StateInterval> &intervals,
                                      const QList<Reclassified> &outages)
{
    if (outages.isEmpty())
        return intervals;
    QList<StateInterval> result;
    for (const auto &interval : intervals) {
        UtcMs at = interval.from;
        if (interval.state == State::Down || interval.state == State::Unreachable)
            for (const auto &outage : outages) {
                const UtcMs from = std::clamp(outage.span.from, at, interval.to);
                const UtcMs to = std::clamp(outage.span.to, from, interval.to);
                appendJoined(result, interval.state, at, from);
                appendJoined(result, outage.counted, from, to);
                at = to;
            }
        appendJoined(result, interval.state, at, interval.to);
    }
    return result;
}

} // namespace backwatch
