// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/guide/playbooks.h"
#include "app/history/historyqueries.h"
#include "app/history/historywriter.h"
#include "app/probes/probe.h"
#include "app/schedule/scheduler.h"
#include "app/schedule/sleepwatch.h"
#include "app/service/checkrunner.h"
#include "app/service/configurationkeeper.h"
#include "app/service/incidentinquiry.h"
#include "app/service/livemonitor.h"
#include "app/service/loadwatch.h"
#include "app/service/monitorlinks.h"
#include "app/service/ownmachine.h"
#include "app/service/watch.h"

#include <QHash>
#include <QTimer>

namespace backwatch {

/// What MonitoringService is made of. All of it must outlive the service.
struct MonitoringParts
{
    Clock &clock;
    Probe &probes;
    HistoryWriter &writer;
    HistoryQueries &queries;
    const Fingerprints &fingerprints;
    const Playbooks &playbooks;
    SecretStore &secrets;
    const NetworkPaths &networkPaths;
    SleepWatch &sleep;
};

struct MonitoringOptions
{
    int maxInFlight = 500;     ///< checks under way at once
    bool keepRecent = true;    ///< the last hour in memory, for sparklines; not needed without a screen
    bool asksQuestions = true; ///< about incidents, where the admin's settings do not say otherwise
};

/// The whole way of one datum: configuration → scheduler → probe → sample → state → incident → history and
/// screen. Lives in the main thread and never waits there.
class MonitoringService final : public Watch
{
    Q_OBJECT

public:
    MonitoringService(const MonitoringParts &parts, const MonitoringOptions &options);
    ~MonitoringService() override;

    /// Takes up what the history knows: configuration, incidents that last, the last day's states. Called
    /// once, before start(); reads the disk.
    Result<void> restore(HistoryReader &reader);
    void start();
    /// This machine slept, or stood still, between these moments: nobody watched.
    void slept(UtcMs from, UtcMs to);

    QList<Monitor> monitors() const override;
    std::optional<Monitor> monitor(MonitorId id) const override;
    MonitorStatus status(MonitorId id) const override;
    WatchHealth health() const override;
    UtcMs now() const override;
    QFuture<Result<MonitorId>> addMonitor(const Monitor &monitor) override;
    QFuture<Result<MonitorId>> addWebsite(const QString &address) override;
    QFuture<Result<void>> removeMonitor(MonitorId id) override;
    QFuture<Result<void>> setPaused(MonitorId id, bool paused) override;
    void checkNow(MonitorId id) override;
    QFuture<Result<void>> setSecret(const QString &name, const QString &value) override;
    void keepSecretsForThisSession() override;
    QFuture<Result<QList<Rollup>>> rollups(MonitorId id, UtcMs from, UtcMs to, milliseconds width) override;
    QFuture<Result<QList<StateInterval>>> stateIntervals(MonitorId id, UtcMs from, UtcMs to) override;
    QFuture<Result<QList<Incident>>> incidents(MonitorId id, UtcMs from, UtcMs to) override;
    QFuture<Result<IncidentFile>> incidentFile(IncidentId id) override;
    QFuture<Result<void>> countOutageAs(IncidentId id, OutageClass countsAs, const QString &reason) override;
    QFuture<Result<QList<LoadSeries>>> loadSeries(const QString &service, UtcMs from, UtcMs to) override;
    QStringList loadFaults(const QString &service) const override;
    QFuture<Result<HistoryAccount>> historyAccount() override;
    QFuture<Result<ExpiringPart>> expiringPart(HistoryTier tier, KeptDays days) override;
    QFuture<Result<void>> keepHistory(HistoryTier tier, KeptDays days) override;

private:
    void onDue(const QList<MonitorId> &ids);
    void onChecked(MonitorId id, const CheckResult &result);
    void checkGroup(MonitorId id);
    void takeIn(LiveMonitor &live, const CheckResult &result);
    void askOthers(MonitorId id, const WatchedStep &step);
    void tellLater(MonitorId id);
    void openIncident(LiveMonitor &live);
    void closeIncident(const Incident &incident);
    void diagnoseIncident(LiveMonitor &live);
    void askAbout(const LiveMonitor &live);
    void reviseNeighbours(const LiveMonitor &changed);
    void reviseForLoad(const QString &service);
    void adoptConfiguration();
    void adoptMonitor(const Monitor &monitor);
    void retire(MonitorId id);
    void enter(LiveMonitor &live, State state);
    void reschedule();
    void tellChanged();
    void watchHealth();
    HistoryQueries &longQueries();
    QFuture<void> adoptWhatWasSaid();
    void adoptExcuses(MonitorId id, const QList<TimeSpan> &outages);

    MonitoringParts m_parts;
    const MonitoringOptions m_options;
    Scheduler m_scheduler;
    CheckRunner m_runner;
    IncidentInquiry m_inquiry;
    OwnMachine m_machine;
    LoadWatch m_load;
    ConfigurationKeeper m_configuration;
    QHash<MonitorId, LiveMonitor> m_live;
    MonitorLinks m_links;
    std::unique_ptr<HistoryQueries> m_longQueries;
    UtcMs m_lastSampleAt = 0;
    bool m_wasAlive = true;
    qint64 m_saidUpTo = 0;  ///< of what outages count as, the newest row that is taken in
    UtcMs m_lastLooked = 0; ///< for newer ones
    QSet<MonitorId> m_changed;
    QTimer m_tellTimer;
    QTimer m_healthTimer;
};

} // namespace backwatch
