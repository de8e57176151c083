// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/incident.h"
#include "app/core/loadhistory.h"
#include "app/core/result.h"
#include "app/core/sample.h"
#include "app/history/beginanew.h"

#include <QFuture>
#include <QObject>
#include <QSqlDatabase>

#include <functional>
#include <memory>

namespace backwatch {

class Clock;
class WriterThread;

/// The only writer of the history file. Every call hands over a value and returns at once; a thread of its
/// own commits what has come in, one transaction a burst, at least once a second. When the disk fails, what
/// has come in is kept in memory (the oldest samples are given up first past a limit), tried again, and
/// faultChanged() says so. All members may be called from any thread; signals come in the thread that the
/// object lives in.
class HistoryWriter : public QObject
{
    Q_OBJECT

public:
    /// Opens or creates the file and brings its schema up to date. Fails with a sentence, and leaves the file
    /// as it is, when it is newer than this program, another program's, or cannot be written. A damaged one
    /// is refused as well, or set aside, now and when the damage shows later.
    static Result<std::unique_ptr<HistoryWriter>> open(const QString &path, const Clock &clock,
                                                       OnDamage onDamage = OnDamage::Refuse);
    /// Commits what is left.
    ~HistoryWriter() override;

    void append(const StoredSample &sample);
    /// What was read of a service's load. Given up before samples are while the disk fails.
    void append(const LoadValues &values);
    /// Ends the state that the monitor was in and begins another one at that moment.
    void settle(MonitorId monitor, State state, UtcMs at);
    /// Nobody watched between these moments: every state ends at the first one.
    void interrupted(UtcMs from, UtcMs to);
    /// Never given twice for one file, also over restarts.
    IncidentId nextIncidentId();
    /// Stores an incident, or what has become of it, under its id.
    void store(const Incident &incident);
    /// The exchanges are redacted and compressed before they are stored.
    void store(IncidentId incident, const Evidence &evidence);

    using Change = std::function<Result<void>(QSqlDatabase &)>;
    /// Runs a change of other tables (monitors) in a transaction of its own, after all that was handed over
    /// before.
    QFuture<Result<void>> change(Change change);
    /// Ready once everything handed over before is committed, or an error says why it cannot be.
    QFuture<Result<void>> flush();

    /// The file was found damaged, see OnDamage.
    void foundDamage();

    /// What is wrong with storing at the moment, in a sentence; empty when all is well.
    QString fault() const;

    /// Transactions committed so far; a burst takes one.
    quint64 commits() const;

Q_SIGNALS:
    void faultChanged(const QString &sentence);

private:
    explicit HistoryWriter(std::unique_ptr<WriterThread> thread);

    std::unique_ptr<WriterThread> m_thread;
};

} // namespace backwatch
