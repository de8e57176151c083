// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historycommitter.h"

#include "app/core/clock.h"
#include "app/core/logging.h"
#include "app/history/historytext.h"
#include "app/history/lastalive.h"
#include "app/history/transaction.h"

#include <algorithm>
#include <iterator>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr milliseconds kFirstRetry{1'000};
constexpr milliseconds kLongestRetry{10'000};
// So that a long backlog gets ahead piece by piece on a disk that has little room.
constexpr std::size_t kEntriesPerTransaction = 20'000;

// What goes to the write-ahead log, about; only how often that is carried over depends on it.
constexpr int kPagesOfCommit = 6;
constexpr std::size_t kSamplesOfPage = 60;
constexpr int kPagesOfStep = 20;
constexpr milliseconds kPatience{2};
constexpr milliseconds kPatienceOfBacklog{1'000};

milliseconds retryAfter(int failures)
{
    return std::min(kLongestRetry, kFirstRetry * (1 << std::clamp(failures - 1, 0, 8)));
}

} // namespace

HistoryCommitter::HistoryCommitter(QString path, const Clock &clock,
                                   std::function<void(const QString &)> onFault, std::size_t keptAtMost,
                                   OnDamage onDamage)
    : m_path(std::move(path))
    , m_clock(clock)
    , m_onFault(std::move(onFault))
    , m_keptAtMost(keptAtMost)
    , m_watching(m_path + ".lock"_L1)
    , m_lastCommit(Steady::now())
    , m_onDamage(onDamage)
{
    m_watching.setStaleLockTime(0); // a program may watch for months; a dead one is told by its process
}

HistoryCommitter::~HistoryCommitter() = default;

Result<void> HistoryCommitter::openAsItIs()
{
    auto session = WriterSession::create(m_path);
    if (!session)
        return tl::make_unexpected(session.error());
    m_session = std::move(*session);

    const bool another = !m_watching.tryLock() && m_watching.error() == QLockFile::LockFailedError;
    auto transaction = Transaction::begin(m_session->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    if (!another)
        if (auto begun = m_session->states().beginRun(m_clock.utcMs()); !begun)
            return begun;
    if (auto done = transaction->commit(); !done)
        return done;
    m_run = m_session->states().run();
    copyConfiguration();
    return {};
}

Result<IncidentId> HistoryCommitter::newestIncident()
{
    return singleValue(m_session->connection(), u"SELECT ifnull(max(id), 0) FROM incident"_s)
        .map([](const QVariant &id) { return IncidentId(id.toLongLong()); });
}

milliseconds HistoryCommitter::nextDue() const
{
    if (m_salvage && !isFaulty())
        return milliseconds(0);
    const auto due = isFaulty() ? m_lastTry + retryAfter(m_failures) : m_lastCommit + kAliveEvery;
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(due - Steady::now()));
}

bool HistoryCommitter::isDue() const
{
    return nextDue() == milliseconds(0);
}

void HistoryCommitter::commit(std::vector<HistoryEntry> entries)
{
    commitPacking();
    const bool waitedFor =
        std::any_of(entries.cbegin(), entries.cend(), [](const auto &entry) { return !isKept(entry); });
    const bool idle = entries.empty();
    std::move(entries.begin(), entries.end(), std::back_inserter(m_backlog));
    if (isFaulty() && !waitedFor && !isDue())
        giveUpOldest();
    else if (!idle || isDue())
        writeBacklog();
}

void HistoryCommitter::writeBacklog()
{
    m_lastTry = Steady::now();
    if (m_damageFound)
        if (auto replaced = replaceDamaged(); !replaced)
            return fail(replaced.error());
    // The file may stand on a disk that went away and has come back; the old connection would not see that.
    if (m_failures > 1 || !m_session)
        if (auto connected = reconnect(); !connected)
            return fail(connected.error());
    if (m_backlog.empty())
        if (auto done = noteAlive(); !done)
            return fail(done.error());
    while (!m_backlog.empty())
        if (auto done = writeFront(); !done)
            return fail(done.error());
    if (auto saved = salvageMore(); !saved)
        return fail(saved.error());
    copyConfiguration();
    recovered();
}

Result<void> HistoryCommitter::writeFront()
{
    if (std::holds_alternative<ChangeEntry>(m_backlog.front()))
        runChange();
    else if (std::holds_alternative<FlushEntry>(m_backlog.front()))
        answerFlush();
    else
        return writeBatch();
    return {};
}

Result<void> HistoryCommitter::writeBatch()
{
    auto transaction = Transaction::begin(m_session->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    std::size_t count = 0;
    const std::size_t end = std::min(m_backlog.size(), kEntriesPerTransaction);
    for (; count < end && isKept(m_backlog[count]); ++count)
        if (auto written = m_session->write(m_backlog[count]); !written) {
            if (written.error().kind != Error::Kind::Invalid)
                return written;
            qCWarning(lcHistory).noquote() << written.error().sentence;
        }
    const bool onlySamples =
        std::all_of(m_backlog.cbegin(), m_backlog.cbegin() + static_cast<std::ptrdiff_t>(count),
                    [](const auto &entry) { return std::holds_alternative<StoredSample>(entry); });
    const bool seen = count == 0 || !onlySamples || Steady::now() - m_lastSeen >= kAliveEvery;
    if (seen)
        if (auto done = m_session->states().seen(m_clock.utcMs()); !done)
            return done;
    if (auto done = transaction->commit(); !done)
        return done;
    if (seen)
        m_lastSeen = Steady::now();
    m_run = m_session->states().run(); // another one after a gap
    m_backlog.erase(m_backlog.begin(), m_backlog.begin() + static_cast<std::ptrdiff_t>(count));
    m_lastCommit = Steady::now();
    ++m_commits;
    m_session->checkpointer().written(kPagesOfCommit + static_cast<int>(count / kSamplesOfPage));
    if (count == kEntriesPerTransaction) // a long backlog would make the log as long as itself
        static_cast<void>(m_session->checkpointer().isBehind(kPatienceOfBacklog));
    return {};
}

Result<void> HistoryCommitter::noteAlive()
{
    m_lastCommit = Steady::now();
    if (m_run.id == 0 && !isFaulty())
        return {};
    return writeBatch();
}

void HistoryCommitter::runChange()
{
    auto entry = std::get<ChangeEntry>(std::move(m_backlog.front()));
    m_backlog.pop_front();
    const auto result = [&]() -> Result<void> {
        auto transaction = Transaction::begin(m_session->connection());
        if (!transaction)
            return tl::make_unexpected(transaction.error());
        if (auto done = entry.change(m_session->connection()); !done)
            return done;
        if (auto done = transaction->commit(); !done)
            return done;
        ++m_commits;
        return {};
    }();
    entry.promise.addResult(result);
    entry.promise.finish();
}

void HistoryCommitter::answerFlush()
{
    auto entry = std::get<FlushEntry>(std::move(m_backlog.front()));
    m_backlog.pop_front();
    entry.promise.addResult(Result<void>());
    entry.promise.finish();
}

Result<void> HistoryCommitter::reconnect()
{
    m_session.reset();
    auto session = WriterSession::reopen(m_path, m_run);
    if (!session)
        return tl::make_unexpected(session.error());
    m_session = std::move(*session);
    return {};
}

void HistoryCommitter::fail(const Error &error)
{
    ++m_failures;
    if (m_session)
        m_session->rolledBack();
    if (mayReplace(error))
        foundDamage(); // set aside with the next try
    giveUpOldest();
    QString sentence =
        error.sentence + u' ' +
        HistoryText::tr("Until that is cured, what comes in is kept in memory and monitoring goes "
                        "on.");
    if (m_givenUp > 0)
        sentence += u' ' + HistoryText::tr("%n sample(s) had to be given up.", nullptr, m_givenUp);
    setFault(sentence);
    answerWaiting(error);
}

void HistoryCommitter::answerWaiting(const Error &error)
{
    std::deque<HistoryEntry> kept;
    for (auto &entry : m_backlog) {
        QPromise<Result<void>> *promise = nullptr;
        if (auto *change = std::get_if<ChangeEntry>(&entry))
            promise = &change->promise;
        else if (auto *flush = std::get_if<FlushEntry>(&entry))
            promise = &flush->promise;
        if (promise) {
            promise->addResult(tl::make_unexpected(error));
            promise->finish();
        } else {
            kept.push_back(std::move(entry));
        }
    }
    m_backlog = std::move(kept);
}

// States and incidents are few and worth more than any sample, so they are put back. Load is worth less.
void HistoryCommitter::giveUpOldest()
{
    if (m_backlog.size() > m_keptAtMost)
        std::erase_if(m_backlog, [](const auto &entry) { return std::holds_alternative<LoadValues>(entry); });
    std::vector<HistoryEntry> others;
    while (m_backlog.size() + others.size() > m_keptAtMost && !m_backlog.empty()) {
        if (std::holds_alternative<StoredSample>(m_backlog.front()))
            ++m_givenUp;
        else
            others.push_back(std::move(m_backlog.front()));
        m_backlog.pop_front();
    }
    m_backlog.insert(m_backlog.begin(), std::make_move_iterator(others.begin()),
                     std::make_move_iterator(others.end()));
}

void HistoryCommitter::recovered()
{
    m_failures = 0;
    if (!isFaulty())
        return;
    if (m_givenUp > 0)
        qCWarning(lcHistory) << "samples given up while the history could not be written:" << m_givenUp;
    m_givenUp = 0;
    setFault({});
}

void HistoryCommitter::setFault(const QString &sentence)
{
    if (m_fault == sentence)
        return;
    m_fault = sentence;
    if (!sentence.isEmpty())
        qCWarning(lcHistory).noquote() << sentence;
    m_onFault(sentence.isEmpty() ? m_notice : sentence);
}

// The program that watches packs; others add rows to other tables at most.
bool HistoryCommitter::pack()
{
    // What is still being salvaged would come to a day that is packed already.
    if (isFaulty() || !m_session || m_run.id == 0 || m_salvage)
        return false;
    if (m_session->checkpointer().isBehind(kPatience)) {
        commitPacking(); // others who write need not wait for the disk too
        return true;
    }
    const auto more = m_session->packer().step(m_clock.utcMs());
    if (!more)
        qCWarning(lcHistory).noquote() << "packing is put off:" << more.error().sentence;
    else if (*more)
        m_session->checkpointer().written(kPagesOfStep);
    return more.value_or(false);
}

void HistoryCommitter::commitPacking()
{
    if (!m_session)
        return;
    if (const auto done = m_session->packer().commit(); !done)
        qCWarning(lcHistory).noquote() << "packing is put off:" << done.error().sentence;
}

void HistoryCommitter::finish()
{
    commitPacking();
    if (!m_backlog.empty())
        writeBacklog();
    if (!m_backlog.empty())
        qCCritical(lcHistory) << "entries lost because the history could not be written:" << m_backlog.size();
    if (!isFaulty() && m_session && m_run.id != 0)
        if (auto ended = endRun(); !ended)
            qCWarning(lcHistory).noquote() << ended.error().sentence;
    m_session.reset(); // in the thread that opened it
    m_watching.unlock();
}

Result<void> HistoryCommitter::endRun()
{
    auto transaction = Transaction::begin(m_session->connection());
    if (!transaction)
        return tl::make_unexpected(transaction.error());
    if (auto done = m_session->states().endRun(m_clock.utcMs()); !done)
        return done;
    return transaction->commit();
}

} // namespace backwatch
