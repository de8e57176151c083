// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/writerthread.h"

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr milliseconds kBurst{1'000}; ///< what a crash may lose

} // namespace

WriterThread::WriterThread(const QString &path, const Clock &clock)
    : m_committer(path, clock, [this](const QString &sentence) { faultChanged(sentence); })
{
    setObjectName(u"history"_s);
}

WriterThread::~WriterThread()
{
    stop();
}

Result<void> WriterThread::open()
{
    auto opened = m_opened.get_future();
    start();
    return opened.get();
}

void WriterThread::stop()
{
    m_queue.stop();
    wait();
}

Result<void> WriterThread::openFile()
{
    if (auto opened = m_committer.open(); !opened)
        return opened;
    const auto newest = m_committer.newestIncident();
    if (!newest)
        return tl::make_unexpected(newest.error());
    m_newestIncident = *newest;
    return {};
}

void WriterThread::run()
{
    const auto opened = openFile();
    m_opened.set_value(opened);
    bool stopped = !opened;
    while (!stopped) {
        auto taken = m_queue.take(m_committer.nextDue(), kBurst, [this] { return m_committer.pack(); });
        stopped = taken.stopped;
        m_committer.commit(std::move(taken.entries));
    }
    m_committer.finish();
}

QString WriterThread::fault() const
{
    const std::lock_guard lock(m_faultMutex);
    return m_fault;
}

void WriterThread::setFaultHandler(std::function<void(const QString &)> handler)
{
    const std::lock_guard lock(m_faultMutex);
    m_faultHandler = std::move(handler);
}

void WriterThread::faultChanged(const QString &sentence)
{
    const std::lock_guard lock(m_faultMutex);
    m_fault = sentence;
    if (m_faultHandler)
        m_faultHandler(sentence);
}

} // namespace backwatch
