// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/databaseprobe.h"

#include "app/core/clock.h"
#include "app/probes/databaselogin.h"
#include "app/probes/databaseverdict.h"
#include "app/probes/httpoutcome.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QTimer>

#include <mutex>
#include <thread>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

struct DatabaseProbeText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::DatabaseProbe)
};

} // namespace

struct DatabaseProbe::Login
{
    ProbeRequest request;
    DatabaseCheck check;
    UtcMs startedAt = 0;
    steady_clock::time_point begin = steady_clock::now();
    std::shared_ptr<std::atomic<LoginStage>> stage =
        std::make_shared<std::atomic<LoginStage>>(LoginStage::Queued); // the thread may outlive the login
    QTimer deadline;
    QTimer halfTime;
    QTcpSocket listener; ///< tells a database that hangs from one that is not there

    microseconds elapsed() const { return std::chrono::floor<microseconds>(steady_clock::now() - begin); }
};

/// Where threads leave their answers; closed when the probe is gone.
struct DatabaseProbe::Mailbox
{
    std::mutex mutex;
    DatabaseProbe *probe = nullptr;
};

DatabaseProbe::DatabaseProbe(const Clock &clock) : m_clock(clock), m_mailbox(std::make_shared<Mailbox>())
{
    m_mailbox->probe = this;
}

DatabaseProbe::~DatabaseProbe()
{
    const std::scoped_lock lock(m_mailbox->mutex);
    m_mailbox->probe = nullptr;
}

void DatabaseProbe::start(const ProbeRequest &request)
{
    const auto login = std::make_shared<Login>();
    login->request = request;
    login->check = std::get<DatabaseCheck>(request.check);
    login->startedAt = m_clock.utcMs();
    const quint64 token = request.token;
    login->deadline.setSingleShot(true);
    login->deadline.setTimerType(Qt::PreciseTimer);
    login->halfTime.setSingleShot(true);
    connect(&login->deadline, &QTimer::timeout, this, [this, token] { expired(token); });
    connect(&login->halfTime, &QTimer::timeout, this, [this, token] { lookForListener(token); });
    login->deadline.start(request.timeout);
    login->halfTime.start(request.timeout / 2);
    m_logins.insert(token, login);
    m_queue.append(token);
    beginNext();
}

void DatabaseProbe::beginNext()
{
    while (m_running < kThreads && !m_queue.isEmpty())
        if (const auto login = m_logins.value(m_queue.takeFirst()))
            begin(login);
}

void DatabaseProbe::begin(const std::shared_ptr<Login> &login)
{
    ++m_running;
    const auto left = login->request.timeout - std::chrono::ceil<milliseconds>(login->elapsed());
    std::thread([mailbox = m_mailbox, check = login->check, token = login->request.token, left,
                 stage = login->stage] {
        const DatabaseAnswer answer = askDatabase(check, left, *stage);
        const std::scoped_lock lock(mailbox->mutex);
        if (DatabaseProbe *probe = mailbox->probe)
            QMetaObject::invokeMethod(
                probe, [probe, token, answer] { probe->ended(token, answer); }, Qt::QueuedConnection);
    }).detach();
}

/// Half of the time without a login is long: is anybody there at all?
void DatabaseProbe::lookForListener(quint64 token)
{
    const auto login = m_logins.value(token);
    if (!login || *login->stage != LoginStage::Opening || !login->check.server.socket.isEmpty())
        return;
    login->listener.connectToHost(login->check.server.host, login->check.server.port);
}

void DatabaseProbe::expired(quint64 token)
{
    const auto login = m_logins.value(token);
    if (!login)
        return;
    DatabaseAnswer answer;
    answer.open = login->elapsed();
    const QString server = shownServer(login->check.server);
    const QString time = readableTime(answer.open);
    const bool listens =
        !login->check.server.socket.isEmpty() || login->listener.state() == QAbstractSocket::ConnectedState;
    if (*login->stage == LoginStage::Queued)
        answer.verdict = {
            Outcome::Internal,
            DatabaseProbeText::tr("This computer did not get to the login within %1: too many other "
                                  "databases hang. Check them less often or with a shorter timeout.")
                .arg(time)};
    else if (*login->stage == LoginStage::Asking)
        answer.verdict = {
            Outcome::FirstByteTimeout,
            DatabaseProbeText::tr("%1 let the login in, but the answer to the query did not come "
                                  "within %2.")
                .arg(server, time)};
    else if (listens)
        answer.verdict = {
            Outcome::FirstByteTimeout,
            DatabaseProbeText::tr("%1 took the connection, but the login was not answered within %2.")
                .arg(server, time)};
    else
        answer.verdict = {Outcome::ConnectTimeout,
                          DatabaseProbeText::tr("%1 took no connection within %2.").arg(server, time)};
    finish(token, answer);
}

void DatabaseProbe::cancel(quint64 token)
{
    if (!m_logins.contains(token))
        return;
    DatabaseAnswer answer;
    answer.verdict = {Outcome::Cancelled, DatabaseProbeText::tr("The check was cancelled.")};
    // An answer never comes from within a call.
    QMetaObject::invokeMethod(
        this, [this, token, answer] { finish(token, answer); }, Qt::QueuedConnection);
}

void DatabaseProbe::ended(quint64 token, const DatabaseAnswer &answer)
{
    --m_running;
    beginNext();
    finish(token, answer);
}

void DatabaseProbe::finish(quint64 token, const DatabaseAnswer &answer)
{
    const auto login = m_logins.take(token);
    if (!login)
        return; // answered before
    login->listener.abort();
    m_queue.removeOne(token);
    ProbeAnswer reply;
    reply.token = token;
    Sample &sample = reply.result.sample;
    sample.monitor = login->request.monitor;
    sample.startedAt = login->startedAt;
    sample.outcome = answer.verdict.outcome;
    sample.detail = answer.verdict.detail;
    sample.phases.connect = answer.open;
    sample.phases.wait = answer.waiting;
    sample.phases.total = answer.open + answer.waiting.value_or(microseconds(0));
    const auto &slowAfter = login->check.slowAfter;
    if (sample.outcome == Outcome::Ok && slowAfter && sample.phases.total > *slowAfter) {
        sample.outcome = Outcome::Slow;
        sample.detail = DatabaseProbeText::tr("%1 That took %2; expected within %3.")
                            .arg(sample.detail, readableTime(sample.phases.total), readableTime(*slowAfter));
    }
    // Its timers may be what brought us here.
    QMetaObject::invokeMethod(
        this, [login] {}, Qt::QueuedConnection);
    Q_EMIT answered({reply});
}

} // namespace backwatch
