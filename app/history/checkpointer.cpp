// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/checkpointer.h"

#include "app/core/logging.h"
#include "app/history/rows.h"

#include <utility>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

Checkpointer::Checkpointer(QString path) : m_path(std::move(path)) {}

Checkpointer::~Checkpointer()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Checkpointer::written(int pages)
{
    m_pages += pages;
    if (m_pages < kPages)
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (m_wanted)
            return;
        m_wanted = true;
    }
    m_pages = 0;
    if (m_thread.joinable())
        m_changed.notify_all();
    else
        m_thread = std::thread([this] { work(); });
}

bool Checkpointer::isBehind(milliseconds waitAtMost)
{
    std::unique_lock lock(m_mutex);
    return !m_changed.wait_for(lock, waitAtMost, [this] { return !m_wanted; });
}

void Checkpointer::work()
{
    std::optional<Database> database;
    QString fault;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_wanted || m_stopped; });
        if (m_stopped)
            return;
        lock.unlock();
        auto done = carryOver(database);
        if (!done)
            database.reset(); // the disk may have gone away and come back
        const QString sentence = done ? QString() : done.error().sentence;
        if (sentence != fault && !sentence.isEmpty())
            qCWarning(lcHistory).noquote() << "the write-ahead log stays as it is:" << sentence;
        fault = sentence;
        lock.lock();
        m_wanted = false;
        m_changed.notify_all();
    }
}

// PASSIVE takes no lock that a writer or reader would wait for. SQLite begins the log anew only when all of
// it is carried over, and on a slow disk a commit comes meanwhile: what is left then is little and quickly
// done.
Result<void> Checkpointer::carryOver(std::optional<Database> &database) const
{
    if (!database) {
        auto opened = Database::open(m_path, Database::Access::ReadWrite);
        if (!opened)
            return tl::make_unexpected(opened.error());
        database.emplace(std::move(*opened));
    }
    constexpr int kRounds = 4;
    bool complete = false;
    for (int round = 0; round < kRounds && !complete; ++round) {
        auto done = eachRow(database->connection(), u"PRAGMA wal_checkpoint(PASSIVE)"_s, {},
                            [&complete](const QSqlQuery &row) { complete = row.value(2) == row.value(1); });
        if (!done)
            return done;
    }
    return {};
}

} // namespace backwatch
