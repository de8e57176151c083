// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/checkspec.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QHash>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace backwatch {

/// What a name stands for.
struct NameAnswer
{
    enum class Status { Found, NotFound, Failed };

    Status status = Status::Failed;
    QByteArrayList addresses; ///< numeric, in the order to be tried; only with Found
    QByteArray reason;        ///< the system's own words; only with Failed
};

using NameLookup = std::function<NameAnswer(const QByteArray &host, AddressFamily family)>;

/// getaddrinfo(): blocks, for seconds where a name server is silent.
NameAnswer lookUpName(const QByteArray &host, AddressFamily family);

/// Looks names up in a bounded pool of threads of its own, so that neither libcurl nor anybody else waits.
/// Answers are shared: by checks that ask at the same time, and for a minute afterwards. Names without an
/// answer are asked for anew each time. Belongs to one thread, except that the lookup runs in the pool's.
class NameResolver
{
public:
    using Moment = std::chrono::steady_clock::time_point;
    using Task = std::function<void()>;
    using Deliver = std::function<void(Task)>; ///< has a task run in the thread that this belongs to
    using Callback = std::function<void(const NameAnswer &)>;
    using Ticket = quint64;

    static constexpr std::chrono::seconds kKeepFor{60};
    /// Lookups at a time. A name server that hangs holds its threads until the system gives up on it.
    static constexpr int kThreads = 16;

    NameResolver(NameLookup lookup, Deliver deliver, int threads = kThreads);
    /// Does not wait for lookups that hang: their threads end by themselves, and call nobody.
    ~NameResolver();

    std::optional<NameAnswer> cached(const QByteArray &host, AddressFamily family, Moment now) const;
    /// Calls back once, never from within, unless forget() comes first.
    Ticket ask(const QByteArray &host, AddressFamily family, Callback callback);
    void forget(Ticket ticket);

private:
    struct Pool;
    using Key = std::pair<QByteArray, int>;
    struct Kept
    {
        NameAnswer answer;
        Moment until;
    };

    static void work(const std::shared_ptr<Pool> &pool);
    void enqueue(const Key &key);
    void answer(const Key &key, const NameAnswer &answer);
    void keep(const Key &key, const NameAnswer &answer, Moment now);

    std::shared_ptr<Pool> m_pool;
    QHash<Key, Kept> m_kept;
    QHash<Key, QList<std::pair<Ticket, Callback>>> m_waiting;
    QHash<Ticket, Key> m_tickets;
    Ticket m_lastTicket = 0;
};

} // namespace backwatch
