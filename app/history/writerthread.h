// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/history/historycommitter.h"
#include "app/history/historyqueue.h"

#include <QThread>

#include <future>

namespace backwatch {

/// The thread that writes the history. Its members may be called from any other thread.
class WriterThread final : public QThread
{
public:
    WriterThread(const QString &path, const Clock &clock, OnDamage onDamage);
    ~WriterThread() override;

    /// Starts the thread and waits until the file is open. Once.
    Result<void> open();
    /// Writes what is left and waits for the end.
    void stop();

    void put(HistoryEntry entry, bool urgent = false) { m_queue.put(std::move(entry), urgent); }
    IncidentId nextIncidentId() { return ++m_newestIncident; }
    quint64 commits() const { return m_committer.commits(); }
    void foundDamage() { m_committer.foundDamage(); }

    QString fault() const;
    /// Called in the writing thread with every change of the fault.
    void setFaultHandler(std::function<void(const QString &)> handler);

private:
    void run() override;
    Result<void> openFile();
    void faultChanged(const QString &sentence);

    HistoryQueue m_queue;
    HistoryCommitter m_committer;
    std::promise<Result<void>> m_opened;
    std::atomic<IncidentId> m_newestIncident = 0;

    mutable std::mutex m_faultMutex;
    QString m_fault;
    std::function<void(const QString &)> m_faultHandler;
};

} // namespace backwatch
