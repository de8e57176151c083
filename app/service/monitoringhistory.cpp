// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/changeaudit.h"
#include "app/core/logging.h"
#include "app/history/daynumber.h"
#include "app/history/outageclass.h"
#include "app/history/retention.h"
#include "app/service/historyaccount.h"
#include "app/service/incidentfilereader.h"
#include "app/service/monitoringservice.h"
#include "app/service/restoredmonitor.h"

namespace backwatch {

namespace {

/// What was said of outages lately, as the history has it.
struct NewlySaid
{
    qint64 newest = 0;
    QHash<MonitorId, QList<TimeSpan>> excused;
};

Result<NewlySaid> newlySaid(const HistoryReader &reader, qint64 seen, UtcMs now)
{
    const auto said = saidSince(reader.database(), seen);
    if (!said)
        return tl::make_unexpected(said.error());
    NewlySaid news{said->newest, {}};
    for (const MonitorId monitor : said->monitors) {
        const auto outages = excusedOutages(reader, monitor, now);
        if (!outages)
            return tl::make_unexpected(outages.error());
        news.excused.insert(monitor, *outages);
    }
    return news;
}

} // namespace

QFuture<Result<QList<Rollup>>> MonitoringService::rollups(MonitorId id, UtcMs from, UtcMs to,
                                                          milliseconds width)
{
    return m_parts.queries.ask([=](HistoryReader &reader) { return reader.rollups(id, from, to, width); });
}

QFuture<Result<QList<StateInterval>>> MonitoringService::stateIntervals(MonitorId id, UtcMs from, UtcMs to)
{
    return m_parts.queries.ask([=](HistoryReader &reader) { return reader.stateIntervals(id, from, to); });
}

QFuture<Result<QList<Incident>>> MonitoringService::incidents(MonitorId id, UtcMs from, UtcMs to)
{
    return m_parts.queries.ask([=](HistoryReader &reader) { return reader.incidents(id, from, to); });
}

QFuture<Result<IncidentFile>> MonitoringService::incidentFile(IncidentId id)
{
    // Only what is committed can be read; an incident that lasts is at hand, however young it is.
    IncidentFile live;
    for (const auto &candidate : std::as_const(m_live)) {
        if (candidate.incident && candidate.incident->id == id) {
            live.incident = *candidate.incident;
            live.evidence = {candidate.firstFailureExchange, candidate.lastGood};
            live.diagnosis = candidate.diagnosis;
        }
    }
    return m_parts.queries.ask([parts = m_parts, id, live, moment = now()](HistoryReader &reader) {
        return readIncidentFile(reader, id, live, moment, {parts.fingerprints, parts.playbooks});
    });
}

QFuture<Result<void>> MonitoringService::countOutageAs(IncidentId id, OutageClass countsAs,
                                                       const QString &reason)
{
    const Classification said{countsAs, reason, currentAccount(), now()};
    const auto change = [id, said](const QSqlDatabase &database) { return classify(database, id, said); };
    return m_parts.writer.change(change)
        .then(qApp,
              [self = QPointer(this)](const Result<void> &stored) {
                  return stored && self ? self->adoptWhatWasSaid().then([stored] { return stored; })
                                        : QtFuture::makeReadyFuture(stored);
              })
        .unwrap();
}

/// Whoever said it: the window, or a command beside it.
QFuture<void> MonitoringService::adoptWhatWasSaid()
{
    m_lastLooked = now();
    const auto read = [seen = m_saidUpTo, moment = m_lastLooked](const HistoryReader &reader) {
        return newlySaid(reader, seen, moment);
    };
    return m_parts.queries.ask(read).then(qApp, [self = QPointer(this)](const Result<NewlySaid> &news) {
        if (!news) {
            qCWarning(lcService).noquote() << news.error().sentence; // asked again soon
            return;
        }
        if (!self)
            return;
        self->m_saidUpTo = news->newest;
        for (auto said = news->excused.cbegin(); said != news->excused.cend(); ++said)
            self->adoptExcuses(said.key(), said.value());
    });
}

void MonitoringService::adoptExcuses(MonitorId id, const QList<TimeSpan> &outages)
{
    const auto live = m_live.find(id);
    if (live == m_live.end())
        return;
    live->trail.excuse(outages);
    // It may have come to its end since that was stored.
    if (!live->incident)
        live->trail.outageEnded(now());
    tellLater(id);
}

QFuture<Result<QList<LoadSeries>>> MonitoringService::loadSeries(const QString &service, UtcMs from, UtcMs to)
{
    return m_parts.queries.ask([=](HistoryReader &reader) { return reader.loadSeries(service, from, to); });
}

QStringList MonitoringService::loadFaults(const QString &service) const
{
    return m_load.faults(service);
}

/// What reads all of the file has a thread of its own: charts shall not wait for it.
HistoryQueries &MonitoringService::longQueries()
{
    if (!m_longQueries)
        m_longQueries = std::make_unique<HistoryQueries>(m_parts.queries.path());
    return *m_longQueries;
}

QFuture<Result<HistoryAccount>> MonitoringService::historyAccount()
{
    return longQueries().ask([](HistoryReader &reader) { return readHistoryAccount(reader); });
}

QFuture<Result<ExpiringPart>> MonitoringService::expiringPart(HistoryTier tier, KeptDays days)
{
    const qint64 today = dayOf(now());
    return longQueries().ask(
        [=](HistoryReader &reader) { return backwatch::expiringPart(reader.database(), tier, days, today); });
}

QFuture<Result<void>> MonitoringService::keepHistory(HistoryTier tier, KeptDays days)
{
    return m_parts.writer.change([=](QSqlDatabase &database) { return setKeptDays(database, tier, days); });
}

} // namespace backwatch
