// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/socketguard.h"

#include <QtGlobal>

#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

namespace backwatch {

using Moment = std::chrono::steady_clock::time_point;

/// One easy handle while the engine drives it. All calls come in the engine's thread.
class CurlTransfer
{
public:
    virtual CURL *easy() const = 0;
    /// libcurl has worked on it; what woke it was ready at that moment.
    virtual void advanced(Moment readyAt) = 0;
    /// It is over and no longer in the engine. The transfer may be deleted from within.
    virtual void finished(CURLcode code) = 0;
    /// The other side sent without pause what is no content, and its connection was shut down.
    virtual void cutOff() = 0;

protected:
    ~CurlTransfer() = default;
};

/// libcurl's multi interface on a thread of its own with epoll, because a poll() over every open socket, as
/// the Qt event loop makes it, costs several times the work itself. No limit on connections.
///
/// post() and stop() may be called from any thread; everything else belongs to the engine's thread, and to
/// the caller of stop() afterwards.
class CurlEngine
{
public:
    using Task = std::function<void()>;
    using TimerId = std::pair<Moment, quint64>;

    /// Raises this process's soft limit on open files to its hard limit: every check needs a socket.
    CurlEngine();
    ~CurlEngine();
    CurlEngine(const CurlEngine &) = delete;
    CurlEngine &operator=(const CurlEngine &) = delete;

    /// After each turn of the loop; to be set before start().
    void setTurnDone(Task turnDone) { m_turnDone = std::move(turnDone); }
    /// False when the system gave no epoll, eventfd or multi handle.
    bool start();
    /// Returns when the thread has ended. Tasks and timers that are left never run.
    void stop();
    void post(Task task);

    bool add(CurlTransfer &transfer);
    void remove(CurlTransfer &transfer);
    /// Calls with EPOLLIN, EPOLLOUT, … when one of the wanted events comes on a socket that is not libcurl's.
    /// Called again it changes what is wanted. False when the system does not watch it.
    using SocketTask = std::function<void(quint32 events)>;
    bool watch(int socket, quint32 wanted, SocketTask task);
    /// To be called before the socket is closed; may be called from within the task.
    void unwatch(int socket);

    /// Asks for advanced() once libcurl returns from what it is doing now.
    void lookAfter(CurlTransfer &transfer);

    /// Due timers run after all sockets that were ready by then, so that this program's own delay never looks
    /// like a time-out of the other side.
    TimerId callAt(Moment when, Task task);
    void cancelTimer(const TimerId &timer) { m_timers.erase(timer); }

    /// When the running turn of the loop began: what is handled in it was ready at that moment.
    Moment readyAt() const { return m_readyAt; }

private:
    static int onSocket(CURL *easy, curl_socket_t socket, int what, void *self, void *known);
    static int onTimer(CURLM *multi, long timeoutMs, void *self);

    void run();
    int waitTimeout() const;
    bool serveSockets(); ///< false when more may be waiting
    void serveTasks();
    void serveCurlTimer();
    void serveTimers();
    void act(curl_socket_t socket, int events);
    CurlTransfer *transferAt(curl_socket_t socket) const;
    void collectFinished();

    int m_epoll = -1;
    int m_wake = -1;
    CURLM *m_multi = nullptr;
    std::thread m_thread;
    std::atomic<bool> m_stop = false;
    Task m_turnDone;

    std::mutex m_mutex;
    std::vector<Task> m_inbox; ///< guarded by m_mutex

    std::vector<CurlTransfer *> m_bySocket; ///< index: file descriptor
    std::vector<CurlTransfer *> m_after;
    std::unordered_map<int, std::shared_ptr<SocketTask>> m_watched; ///< by file descriptor
    std::map<TimerId, Task> m_timers;
    quint64 m_lastTimer = 0;
    std::optional<Moment> m_curlTimer;
    Moment m_readyAt{};
    curl_socket_t m_lastSocket = -1; ///< that was worked on
    SocketGuard m_guard;
};

} // namespace backwatch
