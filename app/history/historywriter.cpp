// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historywriter.h"

#include "app/history/writerthread.h"

#include <QMetaObject>

namespace backwatch {

HistoryWriter::HistoryWriter(std::unique_ptr<WriterThread> thread) : m_thread(std::move(thread))
{
    m_thread->setFaultHandler([this](const QString &sentence) {
        QMetaObject::invokeMethod(
            this, [this, sentence] { Q_EMIT faultChanged(sentence); }, Qt::QueuedConnection);
    });
}

HistoryWriter::~HistoryWriter()
{
    m_thread->stop();
}

Result<std::unique_ptr<HistoryWriter>> HistoryWriter::open(const QString &path, const Clock &clock,
                                                           OnDamage onDamage)
{
    auto thread = std::make_unique<WriterThread>(path, clock, onDamage);
    if (auto opened = thread->open(); !opened)
        return tl::make_unexpected(opened.error());
    return std::unique_ptr<HistoryWriter>(new HistoryWriter(std::move(thread)));
}

void HistoryWriter::append(const StoredSample &sample)
{
    m_thread->put(sample);
}

void HistoryWriter::append(const LoadValues &values)
{
    m_thread->put(values);
}

void HistoryWriter::settle(MonitorId monitor, State state, UtcMs at)
{
    m_thread->put(StateEntry{monitor, state, at});
}

void HistoryWriter::interrupted(UtcMs from, UtcMs to)
{
    m_thread->put(GapEntry{from, to});
}

IncidentId HistoryWriter::nextIncidentId()
{
    return m_thread->nextIncidentId();
}

void HistoryWriter::store(const Incident &incident)
{
    m_thread->put(incident);
}

void HistoryWriter::store(IncidentId incident, const Evidence &evidence)
{
    m_thread->put(EvidenceEntry{incident, evidence});
}

QFuture<Result<void>> HistoryWriter::change(Change change)
{
    QPromise<Result<void>> promise;
    promise.start();
    auto future = promise.future();
    m_thread->put(ChangeEntry{std::move(change), std::move(promise)}, true);
    return future;
}

QFuture<Result<void>> HistoryWriter::flush()
{
    QPromise<Result<void>> promise;
    promise.start();
    auto future = promise.future();
    m_thread->put(FlushEntry{std::move(promise)}, true);
    return future;
}

void HistoryWriter::foundDamage()
{
    m_thread->foundDamage();
    static_cast<void>(flush()); // wakes the thread
}

QString HistoryWriter::fault() const
{
    return m_thread->fault();
}

quint64 HistoryWriter::commits() const
{
    return m_thread->commits();
}

} // namespace backwatch
