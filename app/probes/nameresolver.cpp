// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/nameresolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

namespace backwatch {

namespace {

constexpr qsizetype kMostNames = 20'000;
constexpr qsizetype kAddressesTried = 16;

int familyHint(AddressFamily family)
{
    switch (family) {
    case AddressFamily::Any:
    case AddressFamily::Both:
        return AF_UNSPEC;
    case AddressFamily::Ipv4:
        return AF_INET;
    case AddressFamily::Ipv6:
        return AF_INET6;
    }
    return AF_UNSPEC;
}

QByteArrayList numericAddresses(const addrinfo *list)
{
    QByteArrayList addresses;
    for (const addrinfo *entry = list; entry && addresses.size() < kAddressesTried; entry = entry->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (getnameinfo(entry->ai_addr, entry->ai_addrlen, text.data(), static_cast<socklen_t>(text.size()),
                        nullptr, 0, NI_NUMERICHOST) != 0)
            continue;
        const QByteArray address(text.data());
        if (!addresses.contains(address))
            addresses.append(address);
    }
    return addresses;
}

} // namespace

NameAnswer lookUpName(const QByteArray &host, AddressFamily family)
{
    addrinfo hints{};
    hints.ai_family = familyHint(family);
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *list = nullptr;
    const int error = getaddrinfo(host.constData(), nullptr, &hints, &list);
    const int systemError = errno;
    if (error == EAI_NONAME)
        return {NameAnswer::Status::NotFound, {}, {}};
    if (error != 0)
        return {NameAnswer::Status::Failed,
                {},
                QByteArray(error == EAI_SYSTEM ? strerror(systemError) : gai_strerror(error))};
    const QByteArrayList addresses = numericAddresses(list);
    freeaddrinfo(list);
    if (addresses.isEmpty())
        return {NameAnswer::Status::Failed, {}, QByteArrayLiteral("no usable address")};
    return {NameAnswer::Status::Found, addresses, {}};
}

/// Shared with the threads, so that one whose lookup hangs can outlive the resolver.
struct NameResolver::Pool
{
    using Answered = std::function<void(const Key &, const NameAnswer &)>;

    NameLookup lookup;
    Answered answered; ///< called with the mutex held; empty once the resolver is gone
    int limit = 0;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Key> queue;
    int threads = 0;
    int idle = 0;
    bool stop = false;
};

NameResolver::NameResolver(NameLookup lookup, Deliver deliver, int threads) : m_pool(std::make_shared<Pool>())
{
    m_pool->lookup = std::move(lookup);
    m_pool->limit = threads;
    m_pool->answered = [this, deliver = std::move(deliver)](const Key &key, const NameAnswer &found) {
        deliver([this, key, found] { answer(key, found); });
    };
}

NameResolver::~NameResolver()
{
    std::unique_lock lock(m_pool->mutex);
    m_pool->stop = true;
    m_pool->answered = nullptr;
    m_pool->queue.clear();
    m_pool->changed.notify_all();
    m_pool->changed.wait(lock, [this] { return m_pool->idle == 0; });
}

std::optional<NameAnswer> NameResolver::cached(const QByteArray &host, AddressFamily family, Moment now) const
{
    const auto found = m_kept.constFind({host, static_cast<int>(family)});
    if (found == m_kept.cend() || found->until <= now)
        return std::nullopt;
    return found->answer;
}

NameResolver::Ticket NameResolver::ask(const QByteArray &host, AddressFamily family, Callback callback)
{
    const Key key{host, static_cast<int>(family)};
    const Ticket ticket = ++m_lastTicket;
    m_tickets.insert(ticket, key);
    // An entry, even one that nobody waits for any more, means that the question is queued or being asked.
    // So a name whose lookup hangs holds one thread, however often it is checked.
    const bool asked = m_waiting.contains(key);
    m_waiting[key].append({ticket, std::move(callback)});
    if (!asked)
        enqueue(key);
    return ticket;
}

void NameResolver::enqueue(const Key &key)
{
    const std::lock_guard lock(m_pool->mutex);
    m_pool->queue.push_back(key);
    if (static_cast<std::size_t>(m_pool->idle) < m_pool->queue.size() && m_pool->threads < m_pool->limit) {
        try {
            std::thread([pool = m_pool] { work(pool); }).detach();
            ++m_pool->threads;
        } catch (const std::system_error &error) {
            if (m_pool->threads == 0) {
                m_pool->queue.pop_back();
                m_pool->answered(key, {NameAnswer::Status::Failed, {}, error.what()});
                return;
            }
        }
    }
    m_pool->changed.notify_one();
}

void NameResolver::forget(Ticket ticket)
{
    const auto found = m_tickets.constFind(ticket);
    if (found == m_tickets.cend())
        return;
    const Key key = *found;
    m_tickets.erase(found);
    auto &waiting = m_waiting[key];
    waiting.removeIf([ticket](const auto &one) { return one.first == ticket; });
    if (!waiting.isEmpty())
        return;

    // Nobody wants it any more: what no thread has taken up yet need not be asked. A lookup that runs goes
    // on, and may then serve a later question or the cache.
    const std::lock_guard lock(m_pool->mutex);
    const auto queued = std::find(m_pool->queue.begin(), m_pool->queue.end(), key);
    if (queued == m_pool->queue.end())
        return;
    m_pool->queue.erase(queued);
    m_waiting.remove(key);
}

void NameResolver::work(const std::shared_ptr<Pool> &pool)
{
    sigset_t signals;
    sigfillset(&signals);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    std::unique_lock lock(pool->mutex);
    while (!pool->stop) {
        if (pool->queue.empty()) {
            ++pool->idle;
            pool->changed.wait(lock, [&pool] { return pool->stop || !pool->queue.empty(); });
            --pool->idle;
            continue;
        }
        const Key key = std::move(pool->queue.front());
        pool->queue.pop_front();
        lock.unlock();
        const NameAnswer found = pool->lookup(key.first, static_cast<AddressFamily>(key.second));
        lock.lock();
        if (pool->answered)
            pool->answered(key, found);
    }
    pool->changed.notify_all();
}

void NameResolver::answer(const Key &key, const NameAnswer &answer)
{
    keep(key, answer, std::chrono::steady_clock::now());
    const auto waiting = m_waiting.take(key);
    for (const auto &[ticket, callback] : waiting)
        if (m_tickets.remove(ticket) > 0)
            callback(answer);
}

void NameResolver::keep(const Key &key, const NameAnswer &answer, Moment now)
{
    if (answer.status != NameAnswer::Status::Found)
        return;
    if (m_kept.size() >= kMostNames) {
        m_kept.removeIf([now](const auto &entry) { return entry.value().until <= now; });
        if (m_kept.size() >= kMostNames)
            m_kept.clear();
    }
    m_kept.insert(key, {answer, now + kKeepFor});
}

} // namespace backwatch
