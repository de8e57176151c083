// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/beginanew.h"
#include "app/history/configurationcopy.h"
#include "app/history/writersession.h"

#include <QLockFile>

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace backwatch {

class Clock;

/// Writes entries in order, a transaction a burst, and keeps them while the disk fails. Everything but
/// commits() belongs to one thread.
class HistoryCommitter
{
public:
    static constexpr std::size_t kKeptAtMost = 500'000;

    /// @param onFault told when something goes wrong, and an empty sentence when all is stored again
    HistoryCommitter(QString path, const Clock &clock, std::function<void(const QString &)> onFault,
                     std::size_t keptAtMost = kKeptAtMost, OnDamage onDamage = OnDamage::Refuse);
    ~HistoryCommitter();
    HistoryCommitter(const HistoryCommitter &) = delete;
    HistoryCommitter &operator=(const HistoryCommitter &) = delete;

    Result<void> open();
    Result<IncidentId> newestIncident();

    /// Writes these; with none, does what is due: trying again, or noting that the program is alive.
    void commit(std::vector<HistoryEntry> entries);
    /// How long commit() may wait while nothing comes in.
    milliseconds nextDue() const;
    /// Keeps the log short, a few milliseconds of it. Whether there is more to do at once.
    bool pack();
    /// Writes what is left, once, ends this run and closes the file.
    void finish();

    /// The file was found damaged: with the next commit it is set aside, where that is wanted. Any thread.
    void foundDamage() { m_damageFound = m_onDamage == OnDamage::SetAside; }

    /// Transactions so far.
    quint64 commits() const { return m_commits; }

private:
    using Steady = std::chrono::steady_clock;

    bool isFaulty() const { return !m_fault.isEmpty(); }
    bool isDue() const;
    void writeBacklog();
    Result<void> writeFront();
    Result<void> writeBatch();
    Result<void> noteAlive();
    void commitPacking();
    Result<void> endRun();
    void runChange();
    void answerFlush();
    Result<void> reconnect();
    void fail(const Error &error);
    void answerWaiting(const Error &error);
    void giveUpOldest();
    void recovered();
    void setFault(const QString &sentence);

    Result<void> openAsItIs();
    bool mayReplace(const Error &error) const;
    Result<void> replaceDamaged();
    Result<void> continueRun();
    Result<void> salvageMore();
    void copyConfiguration();

    const QString m_path;
    const Clock &m_clock;
    const std::function<void(const QString &)> m_onFault;
    const std::size_t m_keptAtMost;
    QLockFile m_watching; ///< held by the one program that watches; others may change tables meanwhile
    std::unique_ptr<WriterSession> m_session;
    ObserverRun m_run;
    std::deque<HistoryEntry> m_backlog;
    std::atomic<quint64> m_commits = 0;
    Steady::time_point m_lastCommit;
    Steady::time_point
        m_lastSeen; ///< when that was noted; with samples alone not every second, it costs a page

    QString m_fault;
    int m_failures = 0; ///< in a row
    int m_givenUp = 0;  ///< samples since the fault began
    Steady::time_point m_lastTry;

    const OnDamage m_onDamage;
    std::atomic<bool> m_damageFound = false;
    QString m_notice; ///< of a file that was set aside in this run
    std::unique_ptr<Salvage> m_salvage;
    ConfigurationCopy m_configurationCopy;
    std::optional<Steady::time_point> m_copiedAt;
};

} // namespace backwatch
