// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/replay.h"

namespace backwatch {

namespace {

class Replay
{
public:
    explicit Replay(const QHash<MonitorId, JudgedMonitor> &monitors) : m_monitors(monitors)
    {
        for (auto monitor = monitors.keyBegin(); monitor != monitors.keyEnd(); ++monitor)
            m_watched.insert(*monitor, {});
    }

    void take(const Sample &sample)
    {
        auto &watched = m_watched[sample.monitor];
        const JudgedMonitor monitor = m_monitors.value(sample.monitor);
        const auto around = surroundingsOf(monitor, watched.state, sample, [this](MonitorId id) {
            const auto found = m_watched.constFind(id);
            return found == m_watched.cend() ? nullptr : &*found;
        });
        const WatchedStep step = advance(watched, sample, monitor.rules, around);
        m_result.states += step.evaluation.next.state;
        if (step.evaluation.settled)
            m_result.changes[sample.monitor] += *step.evaluation.settled;
        if (step.incident.opened) {
            m_open.insert(sample.monitor, m_result.incidents.size());
            m_result.incidents += *step.incident.opened;
        }
        if (step.incident.closed)
            m_result.incidents[m_open.take(sample.monitor)].closedAt = step.incident.closed->closedAt;
    }

    void pass(const TimeSpan &gap)
    {
        for (auto watched = m_watched.begin(); watched != m_watched.end(); ++watched)
            if (const auto change = interrupt(*watched, gap.from))
                m_result.changes[watched.key()] += *change;
    }

    Replayed result() && { return std::move(m_result); }

private:
    const QHash<MonitorId, JudgedMonitor> &m_monitors;
    QHash<MonitorId, WatchedState> m_watched;
    QHash<MonitorId, qsizetype> m_open; ///< index of the incident that lasts
    Replayed m_result;
};

} // namespace

Replayed replay(const QHash<MonitorId, JudgedMonitor> &monitors, const QList<Sample> &samples,
                const QList<TimeSpan> &gaps)
{
    Replay replay(monitors);
    auto gap = gaps.begin();
    for (const auto &sample : samples) {
        for (; gap != gaps.end() && gap->to <= sample.startedAt; ++gap)
            replay.pass(*gap);
        replay.take(sample);
    }
    return std::move(replay).result();
}

} // namespace backwatch
