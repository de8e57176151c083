// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyqueries.h"

#include <QFile>
#include <QThread>

#include <sys/stat.h>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace backwatch {

class HistoryQueries::Worker final : public QThread
{
public:
    explicit Worker(const QString &path) : m_path(path) { setObjectName(QStringLiteral("history-reader")); }

    ~Worker() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopped = true;
        }
        requestInterruption();
        m_wake.notify_one();
        wait();
    }

    const QString &path() const { return m_path; }

    void post(Job job)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_jobs.push_back(std::move(job));
        }
        m_wake.notify_one();
    }

private:
    void run() override
    {
        while (auto job = next())
            answer(job);
        m_reader.reset(); // in the thread that opened it
    }

    /// Null when there is nothing more to do.
    Job next()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_stopped || !m_jobs.empty(); });
        if (m_stopped)
            return {};
        Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        return job;
    }

    /// A damaged file may have been set aside meanwhile; asked without opening it.
    bool standsThere() const
    {
        struct stat now
        {
        };
        return ::stat(QFile::encodeName(m_path).constData(), &now) == 0 && now.st_ino == m_file.st_ino &&
               now.st_dev == m_file.st_dev;
    }

    void answer(const Job &job)
    {
        if (m_reader && !standsThere())
            m_reader.reset();
        if (!m_reader) {
            auto opened = HistoryReader::open(m_path);
            if (!opened) {
                job(tl::make_unexpected(opened.error()));
                return;
            }
            m_reader = std::move(*opened);
            ::stat(QFile::encodeName(m_path).constData(), &m_file);
        }
        // A connection that has seen an error may see it for ever; a new one finds a file that was replaced.
        const auto error = job(m_reader.get());
        if (error && *error != Error::Kind::NotFound && *error != Error::Kind::Invalid)
            m_reader.reset();
    }

    const QString m_path;
    std::unique_ptr<HistoryReader> m_reader; ///< only used by the thread
    struct stat m_file
    {
    }; ///< that the reader has open
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stopped = false;
};

HistoryQueries::HistoryQueries(const QString &path) : m_worker(std::make_unique<Worker>(path))
{
    m_worker->start();
}

HistoryQueries::~HistoryQueries() = default;

QString HistoryQueries::path() const
{
    return m_worker->path();
}

void HistoryQueries::post(Job job)
{
    m_worker->post(std::move(job));
}

} // namespace backwatch
