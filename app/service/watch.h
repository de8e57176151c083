// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/configuration.h"
#include "app/core/historytier.h"
#include "app/core/incident.h"
#include "app/core/loadhistory.h"
#include "app/core/outageclass.h"
#include "app/core/result.h"
#include "app/core/rollup.h"
#include "app/core/sample.h"
#include "app/diagnosis/diagnosis.h"
#include "app/diagnosis/exchangedifference.h"
#include "app/guide/guide.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace backwatch {

/// What the wall shows of one monitor.
struct MonitorStatus
{
    MonitorState state;
    std::optional<Sample> last;            ///< the newest sample
    QList<StoredSample> lastHour;          ///< oldest first, for the sparkline
    std::optional<double> availability24h; ///< 0 to 1 of the observed time
    std::optional<Incident> incident;      ///< the open one
    QString cause; ///< a short sentence while in trouble: "Varnish answers 503 Backend fetch failed"
};

/// How the watching itself is.
struct WatchHealth
{
    UtcMs lastSampleAt = 0;     ///< when the newest answer of any monitor came in; 0: none yet
    bool alive = false;         ///< the engine starts checks when they are due
    QString historyFault;       ///< a sentence when storing fails, otherwise empty
    QString ownNetworkFault{};  ///< a sentence while this machine's own network is lost, otherwise empty
    UtcMs ownNetworkLostAt = 0; ///< since when; 0 while it is there
    QString secretsTrouble{}; ///< a sentence while the keychain keeps passwords from checks, otherwise empty
};

/// All that an incident page shows.
struct IncidentFile
{
    Incident incident;
    Evidence evidence;
    QList<ExchangeChange> differences; ///< of the failed answer from the last good one, where there are both
    Diagnosis diagnosis{};
    Guide guide;
    QList<StoredSample> around;         ///< samples from a little before the start to a little after the end
    QList<Classification> said;         ///< of what it counts as, oldest first; nothing said: an outage
    std::optional<double> availability; ///< as it counts, 0 to 1, over kAvailabilitySpan up to its end
};
constexpr milliseconds kAvailabilitySpan = std::chrono::hours(30 * 24);

/// What the history file is made of, and how it is.
struct HistoryAccount
{
    QString file;
    qint64 bytes = 0;
    QList<TierSize> tiers;
    UtcMs checkedAt = 0;  ///< when all of it was last found undamaged; 0: not yet
    UtcMs copiedAt = 0;   ///< when the last backup was made; 0: none
    QString copy;         ///< where to
    QStringList setAside; ///< damaged files beside it
};

/// The only door that a screen uses. Lives in the GUI thread; nothing here waits for disk or network.
class Watch : public QObject
{
    Q_OBJECT

public:
    virtual QList<Monitor> monitors() const = 0;
    virtual std::optional<Monitor> monitor(MonitorId id) const = 0;
    virtual MonitorStatus status(MonitorId id) const = 0;
    virtual WatchHealth health() const = 0;
    /// This program's idea of now; screens compute ages from it, so that a test can stop the clock.
    virtual UtcMs now() const = 0;

    /// Starts watching; id, or a sentence (a name used twice, a bad address).
    virtual QFuture<Result<MonitorId>> addMonitor(const Monitor &monitor) = 0;
    /// The same from what a person typed into the one field: an address, with or without its scheme.
    virtual QFuture<Result<MonitorId>> addWebsite(const QString &address) = 0;
    virtual QFuture<Result<void>> removeMonitor(MonitorId id) = 0;
    virtual QFuture<Result<void>> setPaused(MonitorId id, bool paused) = 0;
    virtual void checkNow(MonitorId id) = 0;
    /// Stores a password, token or passphrase that monitors name; where, see WatchHealth::secretsTrouble.
    virtual QFuture<Result<void>> setSecret(const QString &name, const QString &value) = 0;
    /// The person's answer to secretsTrouble: from now on secrets live in memory until the program ends.
    virtual void keepSecretsForThisSession() = 0;

    virtual QFuture<Result<QList<Rollup>>> rollups(MonitorId id, UtcMs from, UtcMs to,
                                                   milliseconds width) = 0;
    virtual QFuture<Result<QList<StateInterval>>> stateIntervals(MonitorId id, UtcMs from, UtcMs to) = 0;
    /// Newest first; monitor 0 means every one.
    virtual QFuture<Result<QList<Incident>>> incidents(MonitorId id, UtcMs from, UtcMs to) = 0;
    virtual QFuture<Result<IncidentFile>> incidentFile(IncidentId id) = 0;
    /// From now on the outage counts as that in figures of availability; what was measured stays. In the
    /// name of whoever is logged in, and never without a reason.
    virtual QFuture<Result<void>> countOutageAs(IncidentId id, OutageClass countsAs,
                                                const QString &reason) = 0;

    /// What was read of the load of the machines behind a service, see HistoryReader::loadSeries().
    virtual QFuture<Result<QList<LoadSeries>>> loadSeries(const QString &service, UtcMs from, UtcMs to) = 0;
    /// Why sources of the service's load cannot be read at the moment, a sentence each; none when all is
    /// well.
    virtual QStringList loadFaults(const QString &service) const = 0;

    /// Takes as long as reading the whole file does; other questions do not wait for it.
    virtual QFuture<Result<HistoryAccount>> historyAccount() = 0;
    /// What would go, were a tier kept for so long.
    virtual QFuture<Result<ExpiringPart>> expiringPart(HistoryTier tier, KeptDays days) = 0;
    virtual QFuture<Result<void>> keepHistory(HistoryTier tier, KeptDays days) = 0;

Q_SIGNALS:
    /// Monitors were added, changed or removed.
    void monitorsChanged();
    /// A sample came in for these, or their state changed; at most a few times a second.
    void statusChanged(const QList<backwatch::MonitorId> &ids);
    void incidentOpened(const backwatch::Incident &incident);
    void incidentClosed(const backwatch::Incident &incident);
    void healthChanged();
};

} // namespace backwatch
