// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/service/watch.h"

#include <QHash>
#include <QMap>
#include <QPair>

#include <functional>

namespace backwatch {

/// A watch that knows what a test told it. Everything is a plain value; the set…() functions also emit the
/// signal that the real one would. Futures are ready at once, unless holdAnswers() keeps them back.
class FakeWatch final : public Watch
{
    Q_OBJECT

public:
    // What the read functions give back.
    QList<Monitor> monitorList;
    QHash<MonitorId, MonitorStatus> statuses;
    WatchHealth healthValue{0, true, {}};
    UtcMs nowValue = 1'790'000'000'000;
    QList<Incident> incidentList; ///< incidents() filters these by monitor and time
    QHash<IncidentId, IncidentFile> incidentFiles;
    QHash<MonitorId, QList<StateInterval>> intervals;
    /// Answers rollups(); by default there are none.
    std::function<Result<QList<Rollup>>(MonitorId, UtcMs, UtcMs, milliseconds)> rollupsFor;
    /// When set, every question that gives a future fails with it.
    std::optional<Error> failWith;

    // What was asked for.
    struct RollupRequest
    {
        MonitorId id;
        UtcMs from, to;
        milliseconds width;
    };
    mutable QList<RollupRequest> rollupRequests;
    QList<Monitor> added;
    QStringList addresses; ///< given to addWebsite()
    QList<MonitorId> removed;
    QList<QPair<MonitorId, bool>> pausedCalls;
    QList<MonitorId> checkedNow;
    QList<IncidentId> filesAsked;
    QList<QPair<QString, QString>> secretsSet; ///< name and value
    QHash<QString, QList<LoadSeries>> loads;   ///< by service; loadSeries() gives them whatever the range
    std::optional<Error> loadFailure;          ///< of loadSeries() alone
    QHash<QString, QStringList> loadFaultsOf;
    QList<QString> loadsAsked;
    HistoryAccount account;
    QHash<HistoryTier, ExpiringPart> expiring; ///< when any number of days is asked about
    QList<QPair<HistoryTier, KeptDays>> expiringAsked;
    QList<QPair<HistoryTier, KeptDays>> kept;
    int sessionChoices = 0;

    using Watch::Watch;

    // Moves of the test.
    MonitorId putMonitor(Monitor monitor, MonitorStatus status = {}); ///< gives it an id when it has none
    void setStatus(MonitorId id, const MonitorStatus &status);
    void setHealth(const WatchHealth &health);
    void openIncident(const Incident &incident);
    void closeIncident(const Incident &incident);
    void holdAnswers() { m_hold = true; }
    void releaseAnswers(); ///< finishes what was held back, and holds no more

    QList<Monitor> monitors() const override { return monitorList; }
    std::optional<Monitor> monitor(MonitorId id) const override;
    MonitorStatus status(MonitorId id) const override { return statuses.value(id); }
    WatchHealth health() const override { return healthValue; }
    UtcMs now() const override { return nowValue; }

    QFuture<Result<MonitorId>> addMonitor(const Monitor &monitor) override;
    /// Makes a monitor of that name, whatever the address.
    QFuture<Result<MonitorId>> addWebsite(const QString &address) override;
    QFuture<Result<void>> removeMonitor(MonitorId id) override;
    QFuture<Result<void>> setPaused(MonitorId id, bool paused) override;
    void checkNow(MonitorId id) override { checkedNow.append(id); }
    QFuture<Result<void>> setSecret(const QString &name, const QString &value) override;
    void keepSecretsForThisSession() override { ++sessionChoices; }

    QFuture<Result<QList<Rollup>>> rollups(MonitorId id, UtcMs from, UtcMs to, milliseconds width) override;
    QFuture<Result<QList<StateInterval>>> stateIntervals(MonitorId id, UtcMs from, UtcMs to) override;
    QFuture<Result<QList<Incident>>> incidents(MonitorId id, UtcMs from, UtcMs to) override;
    QFuture<Result<IncidentFile>> incidentFile(IncidentId id) override;
    /// Adds it to what is said in the incident's file.
    QFuture<Result<void>> countOutageAs(IncidentId id, OutageClass countsAs, const QString &reason) override;
    QFuture<Result<QList<LoadSeries>>> loadSeries(const QString &service, UtcMs from, UtcMs to) override;
    QStringList loadFaults(const QString &service) const override { return loadFaultsOf.value(service); }
    QFuture<Result<HistoryAccount>> historyAccount() override;
    QFuture<Result<ExpiringPart>> expiringPart(HistoryTier tier, KeptDays days) override;
    QFuture<Result<void>> keepHistory(HistoryTier tier, KeptDays days) override;

private:
    template <typename T>
    QFuture<Result<T>> answer(Result<T> result);

    bool m_hold = false;
    QList<std::function<void()>> m_held;
};

} // namespace backwatch
