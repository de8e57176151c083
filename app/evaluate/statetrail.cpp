// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/statetrail.h"

#include <algorithm>

namespace backwatch {

namespace {

enum class Share { Available, Unavailable, Unobserved };

Share shareOf(State state)
{
    switch (state) {
    case State::Up:
    case State::Degraded:
    case State::Suspect:
        return Share::Available;
    case State::Down:
    case State::Unreachable:
        return Share::Unavailable;
    case State::NotObserved:
    case State::Maintenance:
    case State::Paused:
        break;
    }
    return Share::Unobserved;
}

} // namespace

StateTrail::StateTrail(const QList<StateInterval> &intervals)
{
    for (const auto &interval : intervals) {
        settle(interval.state, interval.from);
        m_turns.append({State::NotObserved, interval.to});
    }
}

void StateTrail::settle(State state, UtcMs at)
{
    while (!m_turns.isEmpty() && m_turns.last().at >= at)
        m_turns.removeLast();
    m_turns.append({state, at});
}

void StateTrail::outageEnded(UtcMs at)
{
    for (auto &outage : m_excused)
        outage.to = std::min(outage.to, at);
}

/// Two incidents of one monitor never overlap.
qint64 StateTrail::excusedIn(UtcMs from, UtcMs to) const
{
    qint64 excused = 0;
    for (const auto &outage : m_excused)
        excused += std::max<qint64>(0, std::min(outage.to, to) - std::max(outage.from, from));
    return excused;
}

void StateTrail::forgetBefore(UtcMs moment)
{
    // The turn before the moment still says what the state was at it.
    while (m_turns.size() > 1 && m_turns[1].at <= moment)
        m_turns.removeFirst();
}

std::optional<double> StateTrail::availability(UtcMs from, UtcMs now) const
{
    qint64 available = 0;
    qint64 unavailable = 0;
    for (qsizetype i = 0; i < m_turns.size(); ++i) {
        const UtcMs begin = std::max(m_turns[i].at, from);
        const UtcMs end = i + 1 < m_turns.size() ? std::min(m_turns[i + 1].at, now) : now;
        if (end <= begin)
            continue;
        const Share share = shareOf(m_turns[i].state);
        if (share == Share::Available)
            available += end - begin;
        else if (share == Share::Unavailable)
            unavailable += end - begin - excusedIn(begin, end);
    }
    if (available + unavailable == 0)
        return std::nullopt;
    return static_cast<double>(available) / static_cast<double>(available + unavailable);
}

} // namespace backwatch
