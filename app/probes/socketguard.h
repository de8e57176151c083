// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace backwatch {

/// Ends connections that never let go of the thread that reads them. libcurl goes on reading one as long as
/// there is something to read that is no content, such as empty frames of HTTP/2: a server that sends them
/// faster than they are read would stop every other check. enter() and leave() belong to one thread.
class SocketGuard
{
public:
    /// So long may be worked on one socket without a pause.
    static constexpr std::chrono::milliseconds kPatience{1'000};

    SocketGuard();
    ~SocketGuard();
    SocketGuard(const SocketGuard &) = delete;
    SocketGuard &operator=(const SocketGuard &) = delete;

    /// @param socket below 0: none
    void enter(int socket);
    /// Whether the socket was shut down meanwhile.
    bool leave();

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    int m_socket = -1; ///< the one that is being worked on
    std::chrono::steady_clock::time_point m_since;
    bool m_hasShutDown = false;
    bool m_stopped = false;
    std::thread m_thread;
};

} // namespace backwatch
