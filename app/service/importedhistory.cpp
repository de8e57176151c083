// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/importedhistory.h"

#include "app/evaluate/watchedstate.h"
#include "app/history/historyreader.h"
#include "app/history/historywriter.h"
#include "app/service/storedconfiguration.h"

#include <limits>

namespace backwatch {

namespace {

/// What may be in memory before it is waited for the disk.
constexpr int kMostWaiting = 20'000;

/// One monitor's samples on their way into the history.
class Replay
{
public:
    Replay(HistoryWriter &writer, const Monitor &monitor, ImportedHistory &result)
        : m_writer(writer), m_monitor(monitor), m_result(result)
    {
    }

    /// An outage that lasted when the history ended goes on.
    void resume(const Incident &incident)
    {
        m_watched.incident = incident;
        m_watched.state.state = State::Down;
        m_watched.state.failuresInARow = 1;
        m_watched.state.firstFailureAt = m_watched.state.since = incident.openedAt;
    }

    Result<void> take(const ImportedSample &imported)
    {
        for (const auto &gap : imported.unwatched)
            pass(gap, imported.sample.startedAt);
        Sample sample = imported.sample;
        sample.monitor = m_monitor.id;
        const auto open = m_watched.incident;
        const auto step = advance(m_watched, sample, rules(imported.verdict), around(imported.verdict));
        if (const auto &settled = step.evaluation.settled)
            m_writer.settle(m_monitor.id, settled->to, settled->at);
        if (step.incident.opened) {
            m_watched.incident->id = m_writer.nextIncidentId();
            m_writer.store(*m_watched.incident);
            ++m_result.incidents;
        }
        if (step.incident.closed) {
            Incident closed = *open;
            closed.closedAt = step.incident.closed->closedAt;
            m_writer.store(closed);
        }
        m_writer.append({sample, step.evaluation.next.state});
        m_last = sample.startedAt;
        ++m_result.samples;
        if (++m_waiting < kMostWaiting)
            return {};
        m_waiting = 0;
        return m_writer.flush().result();
    }

    /// Nobody watched from then on.
    void finish()
    {
        if (m_last == 0)
            return;
        ++m_result.monitors;
        m_writer.settle(m_monitor.id, State::NotObserved, m_last + m_monitor.interval.count());
    }

private:
    void pass(const TimeSpan &gap, UtcMs next)
    {
        const State before = m_watched.state.settled;
        if (gap.to >= next) {
            if (const auto change = interrupt(m_watched, gap.from))
                m_writer.settle(m_monitor.id, change->to, change->at);
        } else if (before != State::NotObserved) {
            // It watched again before anything changed.
            m_writer.settle(m_monitor.id, State::NotObserved, gap.from);
            m_writer.settle(m_monitor.id, before, gap.to);
        }
    }

    /// It confirmed in its own way: what it called down is down, and what it did not is not.
    static JudgingRules rules(ImportedSample::Verdict verdict)
    {
        return {verdict == ImportedSample::Verdict::Down ? 0 : std::numeric_limits<int>::max() / 2, {}};
    }

    static Surroundings around(ImportedSample::Verdict verdict)
    {
        Surroundings around;
        around.inMaintenance = verdict == ImportedSample::Verdict::Maintenance;
        return around;
    }

    HistoryWriter &m_writer;
    const Monitor &m_monitor;
    ImportedHistory &m_result;
    WatchedState m_watched;
    UtcMs m_last = 0;
    int m_waiting = 0;
};

struct KnownPast
{
    UtcMs until = 0; ///< start of the newest sample
    std::optional<Incident> open;
};

Result<KnownPast> knownPast(const HistoryReader &reader, MonitorId monitor)
{
    const auto last = reader.lastSample(monitor, std::numeric_limits<UtcMs>::max());
    if (!last)
        return tl::make_unexpected(last.error());
    const auto open = reader.openIncident(monitor);
    if (!open)
        return tl::make_unexpected(open.error());
    return KnownPast{*last ? (*last)->sample.startedAt : 0, *open};
}

Result<void> importOne(HistoryWriter &writer, const KumaDatabase &kuma, qint64 id, const Monitor &monitor,
                       const KnownPast &past, ImportedHistory &result)
{
    Replay replay(writer, monitor, result);
    if (past.open)
        replay.resume(*past.open);
    const auto read =
        eachHeartbeat(kuma, id, past.until, monitor.interval,
                      [&replay](const ImportedSample &imported) { return replay.take(imported); });
    replay.finish();
    return read;
}

} // namespace

Result<ImportedHistory> importHistory(const DataDirectory &directory, const Clock &clock,
                                      const KumaDatabase &kuma, const QHash<qint64, QString> &ids)
{
    const auto lock = directory.lock();
    if (!lock)
        return tl::make_unexpected(lock.error());
    const auto configuration = storedConfiguration(directory);
    if (!configuration)
        return tl::make_unexpected(configuration.error());
    const auto writer = HistoryWriter::open(directory.database(), clock);
    if (!writer)
        return tl::make_unexpected(writer.error());
    const auto reader = HistoryReader::open(directory.database());
    if (!reader)
        return tl::make_unexpected(reader.error());
    QList<qint64> ordered = ids.keys();
    std::sort(ordered.begin(), ordered.end());
    ImportedHistory result;
    for (const qint64 id : ordered) {
        const auto monitor = findMonitor(*configuration, ids.value(id));
        if (!monitor)
            return tl::make_unexpected(monitor.error());
        const auto past = knownPast(**reader, monitor->id);
        if (!past)
            return tl::make_unexpected(past.error());
        if (const auto done = importOne(**writer, kuma, id, *monitor, *past, result); !done)
            return tl::make_unexpected(done.error());
    }
    if (const auto flushed = (*writer)->flush().result(); !flushed)
        return tl::make_unexpected(flushed.error());
    return result;
}

} // namespace backwatch
