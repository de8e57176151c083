// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/socketguard.h"

#include <sys/socket.h>

#include <utility>

namespace backwatch {

SocketGuard::SocketGuard() : m_thread([this] { run(); }) {}

SocketGuard::~SocketGuard()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void SocketGuard::enter(int socket)
{
    const std::lock_guard lock(m_mutex);
    m_socket = socket;
    m_since = std::chrono::steady_clock::now();
}

bool SocketGuard::leave()
{
    const std::lock_guard lock(m_mutex);
    m_socket = -1;
    return std::exchange(m_hasShutDown, false);
}

void SocketGuard::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, kPatience / 2, [this] { return m_stopped; })) {
        if (m_socket < 0 || m_hasShutDown || std::chrono::steady_clock::now() - m_since < kPatience)
            continue;
        // What has come in is read to its end, and that is the end. The lock keeps the socket from becoming
        // another one's meanwhile.
        ::shutdown(m_socket, SHUT_RDWR);
        m_hasShutDown = true;
    }
}

} // namespace backwatch
