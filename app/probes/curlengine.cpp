// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/curlengine.h"

#include "app/core/logging.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace backwatch {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kEventsPerTurn = 512;

void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
        return;
    constexpr rlim_t kEnough = 65'536;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, kEnough));
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        qCWarning(lcProbe, "The limit on open files cannot be raised: %s", strerror(errno));
}

/// Signals are the main thread's. SIGPIPE, which OpenSSL's writes can raise, is simply dropped.
void blockSignals()
{
    sigset_t signals;
    sigfillset(&signals);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP})
        sigdelset(&signals, fault);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

CURLcode initialiseCurlOnce()
{
    static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
    return result;
}

} // namespace

CurlEngine::CurlEngine()
{
    raiseFileLimit();
    if (initialiseCurlOnce() != CURLE_OK)
        return;
    m_epoll = epoll_create1(EPOLL_CLOEXEC);
    m_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_multi = curl_multi_init();
    if (!m_multi)
        return;
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlEngine::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlEngine::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    // Every check has its own connection; nothing is kept for a later one.
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
}

CurlEngine::~CurlEngine()
{
    stop();
    if (m_multi)
        curl_multi_cleanup(m_multi);
    if (m_wake >= 0)
        close(m_wake);
    if (m_epoll >= 0)
        close(m_epoll);
}

bool CurlEngine::start()
{
    if (m_epoll < 0 || m_wake < 0 || !m_multi)
        return false;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wake;
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event) != 0)
        return false;
    m_thread = std::thread([this] { run(); });
    return true;
}

void CurlEngine::stop()
{
    if (!m_thread.joinable())
        return;
    m_stop = true;
    eventfd_write(m_wake, 1);
    m_thread.join();
    const std::lock_guard lock(m_mutex);
    m_inbox.clear();
}

void CurlEngine::post(Task task)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        wake = m_inbox.empty();
        m_inbox.push_back(std::move(task));
    }
    if (wake)
        eventfd_write(m_wake, 1);
}

void CurlEngine::run()
{
    blockSignals();
    while (!m_stop) {
        const bool drained = serveSockets();
        serveTasks();
        serveCurlTimer();
        collectFinished();
        if (drained)
            serveTimers();
        if (m_turnDone)
            m_turnDone();
    }
}

int CurlEngine::waitTimeout() const
{
    std::optional<Moment> next = m_curlTimer;
    if (!m_timers.empty() && (!next || m_timers.begin()->first.first < *next))
        next = m_timers.begin()->first.first;
    if (!next)
        return -1;
    const auto left = std::chrono::ceil<milliseconds>(*next - steady_clock::now()).count();
    return static_cast<int>(std::clamp<qint64>(left, 0, 60'000));
}

bool CurlEngine::serveSockets()
{
    std::array<epoll_event, kEventsPerTurn> events;
    const int count = epoll_wait(m_epoll, events.data(), kEventsPerTurn, waitTimeout());
    m_readyAt = steady_clock::now();
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == m_wake) {
            eventfd_t value = 0;
            eventfd_read(m_wake, &value);
            continue;
        }
        if (const auto watched = m_watched.find(event.data.fd); watched != m_watched.end()) {
            const auto task = watched->second; // it may unwatch itself
            (*task)(event.events);
            continue;
        }
        const int what = ((event.events & (EPOLLIN | EPOLLHUP)) ? CURL_CSELECT_IN : 0) |
                         ((event.events & EPOLLOUT) ? CURL_CSELECT_OUT : 0) |
                         ((event.events & EPOLLERR) ? CURL_CSELECT_ERR : 0);
        act(event.data.fd, what);
    }
    return count < kEventsPerTurn;
}

void CurlEngine::act(curl_socket_t socket, int events)
{
    int running = 0;
    // With a timer libcurl goes on where it was last.
    if (socket >= 0)
        m_lastSocket = socket;
    auto *busy = transferAt(m_lastSocket);
    m_guard.enter(busy ? m_lastSocket : -1);
    curl_multi_socket_action(m_multi, socket, events, &running);
    if (m_guard.leave() && busy)
        busy->cutOff();
    if (auto *transfer = transferAt(socket))
        transfer->advanced(m_readyAt);
    for (auto *transfer : std::exchange(m_after, {}))
        transfer->advanced(m_readyAt);
}

CurlTransfer *CurlEngine::transferAt(curl_socket_t socket) const
{
    const auto index = static_cast<std::size_t>(socket);
    return socket >= 0 && index < m_bySocket.size() ? m_bySocket[index] : nullptr;
}

void CurlEngine::serveTasks()
{
    std::vector<Task> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_inbox);
    }
    for (auto &task : tasks)
        task();
}

void CurlEngine::serveCurlTimer()
{
    // A timer that libcurl sets meanwhile has its turn next time, so sockets are never kept waiting.
    if (!m_curlTimer || *m_curlTimer > steady_clock::now())
        return;
    m_curlTimer.reset();
    act(CURL_SOCKET_TIMEOUT, 0);
}

void CurlEngine::serveTimers()
{
    while (!m_timers.empty() && m_timers.begin()->first.first <= m_readyAt) {
        const Task task = std::move(m_timers.begin()->second);
        m_timers.erase(m_timers.begin());
        task();
    }
}

void CurlEngine::collectFinished()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        char *owner = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        auto *transfer = static_cast<CurlTransfer *>(static_cast<void *>(owner));
        remove(*transfer);
        transfer->finished(code);
    }
}

bool CurlEngine::add(CurlTransfer &transfer)
{
    curl_easy_setopt(transfer.easy(), CURLOPT_PRIVATE, static_cast<void *>(&transfer));
    return curl_multi_add_handle(m_multi, transfer.easy()) == CURLM_OK;
}

void CurlEngine::remove(CurlTransfer &transfer)
{
    curl_multi_remove_handle(m_multi, transfer.easy());
    std::replace(m_bySocket.begin(), m_bySocket.end(), &transfer, static_cast<CurlTransfer *>(nullptr));
    std::erase(m_after, &transfer);
}

bool CurlEngine::watch(int socket, quint32 wanted, SocketTask task)
{
    epoll_event event{};
    event.events = wanted;
    event.data.fd = socket;
    const bool known = m_watched.count(socket) > 0;
    if (epoll_ctl(m_epoll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event) != 0)
        return false;
    m_watched[socket] = std::make_shared<SocketTask>(std::move(task));
    return true;
}

void CurlEngine::unwatch(int socket)
{
    if (m_watched.erase(socket) > 0)
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, socket, nullptr);
}

void CurlEngine::lookAfter(CurlTransfer &transfer)
{
    m_after.push_back(&transfer);
}

CurlEngine::TimerId CurlEngine::callAt(Moment when, Task task)
{
    const TimerId id{when, ++m_lastTimer};
    m_timers.emplace(id, std::move(task));
    return id;
}

int CurlEngine::onSocket(CURL *easy, curl_socket_t socket, int what, void *self, void *known)
{
    auto &engine = *static_cast<CurlEngine *>(self);
    const auto index = static_cast<std::size_t>(socket);
    if (what == CURL_POLL_REMOVE) {
        // The socket may be closed already, which took it out of the epoll set.
        epoll_ctl(engine.m_epoll, EPOLL_CTL_DEL, socket, nullptr);
        if (index < engine.m_bySocket.size())
            engine.m_bySocket[index] = nullptr;
        curl_multi_assign(engine.m_multi, socket, nullptr);
        return 0;
    }
    epoll_event event{};
    event.events = ((what & CURL_POLL_IN) ? static_cast<uint32_t>(EPOLLIN) : 0U) |
                   ((what & CURL_POLL_OUT) ? static_cast<uint32_t>(EPOLLOUT) : 0U);
    event.data.fd = socket;
    if (epoll_ctl(engine.m_epoll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event) != 0) {
        const int retry = errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
        if (epoll_ctl(engine.m_epoll, retry, socket, &event) != 0)
            return -1;
    }
    curl_multi_assign(engine.m_multi, socket, self);
    if (index >= engine.m_bySocket.size())
        engine.m_bySocket.resize(index + 64, nullptr);
    char *owner = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    engine.m_bySocket[index] = static_cast<CurlTransfer *>(static_cast<void *>(owner));
    return 0;
}

int CurlEngine::onTimer(CURLM *, long timeoutMs, void *self)
{
    auto &engine = *static_cast<CurlEngine *>(self);
    if (timeoutMs < 0)
        engine.m_curlTimer.reset();
    else
        engine.m_curlTimer = steady_clock::now() + milliseconds(timeoutMs);
    return 0;
}

} // namespace backwatch
