// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/streamsocket.h"

#include "app/probes/socketaddress.h"

#include <QFile>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace backwatch {

namespace {

using std::chrono::steady_clock;

constexpr quint32 kRead = EPOLLIN;
constexpr quint32 kWrite = EPOLLOUT;

} // namespace

void StreamSocket::connectTo(const QByteArrayList &addresses, quint16 port, Moment deadline)
{
    m_addresses = addresses;
    m_port = port;
    m_deadline = deadline;
    tryNext();
}

void StreamSocket::connectTo(const QString &unixSocket)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray path = QFile::encodeName(unixSocket);
    m_address = unixSocket;
    if (path.size() >= static_cast<qsizetype>(sizeof address.sun_path)) {
        m_systemError = ENAMETOOLONG;
        m_notify(Event::Failed);
        return;
    }
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    if (!open(reinterpret_cast<const sockaddr *>(&address), sizeof address))
        m_notify(Event::Failed);
}

void StreamSocket::tryNext()
{
    while (m_next < m_addresses.size()) {
        const QByteArray text = m_addresses[m_next++];
        m_address = QString::fromLatin1(text);
        const SocketAddress address = socketAddress(text, m_port);
        if (!open(address.get(), address.length))
            continue;
        if (const auto left = m_addresses.size() - m_next; left > 0) {
            const Moment now = steady_clock::now();
            m_timer = m_engine.callAt(now + (m_deadline - now) / (left + 1), [this] {
                m_timer.reset();
                m_systemError = ETIMEDOUT;
                closeSocket();
                tryNext();
            });
        }
        return;
    }
    m_notify(Event::Failed);
}

/// True when the connection is under way.
bool StreamSocket::open(const sockaddr *address, socklen_t length)
{
    m_socket = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (m_socket < 0) {
        // A family that this machine does not speak is the address's fault, the rest is this machine's own.
        (errno == EAFNOSUPPORT ? m_systemError : m_localError) = errno;
        return false;
    }
    const int yes = 1;
    if (address->sa_family != AF_UNIX)
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(m_socket, address, length) != 0 && errno != EINPROGRESS) {
        m_systemError = errno;
        closeSocket();
        return false;
    }
    m_stage = Stage::Connecting;
    if (!m_engine.watch(m_socket, kWrite, [this](quint32 events) { ready(events); })) {
        m_localError = errno;
        closeSocket();
        return false;
    }
    return true;
}

void StreamSocket::ready(quint32 events)
{
    switch (m_stage) {
    case Stage::Idle:
        break;
    case Stage::Connecting:
        connectionReady();
        break;
    case Stage::Securing:
        handshake();
        break;
    case Stage::Talking:
        if (events & (EPOLLOUT | EPOLLERR))
            flush();
        if (m_socket >= 0 && events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            readAll();
        break;
    }
}

void StreamSocket::connectionReady()
{
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &length);
    stopTimer();
    if (error != 0) {
        m_systemError = error;
        closeSocket();
        tryNext();
        return;
    }
    m_stage = Stage::Talking;
    watch();
    m_notify(Event::Connected);
}

Result<void> StreamSocket::secure(const QString &host, const TlsSettings &settings, const TrustStore &trust)
{
    auto tls = StreamTls::create(m_socket, host, settings, trust);
    if (!tls)
        return tl::make_unexpected(tls.error());
    m_tls = *std::move(tls);
    m_stage = Stage::Securing;
    m_input.clear(); // what came in the clear must not be taken for what comes under protection
    handshake();
    return {};
}

void StreamSocket::handshake()
{
    const auto wanted = [this](quint32 events) {
        m_engine.watch(m_socket, events, [this](quint32 came) { ready(came); });
    };
    switch (m_tls->handshake()) {
    case StreamTls::Step::WantsRead:
        wanted(kRead);
        break;
    case StreamTls::Step::WantsWrite:
        wanted(kWrite);
        break;
    case StreamTls::Step::Failed:
        closeSocket();
        m_notify(Event::Failed);
        break;
    case StreamTls::Step::Done:
        m_stage = Stage::Talking;
        watch();
        m_notify(m_tls->namesHost() ? Event::Secured : Event::Failed);
        // What came along with the handshake waits in the library, not in the socket.
        if (m_socket >= 0)
            readAll();
        break;
    }
}

int StreamSocket::read(char *data, int size)
{
    if (m_tls)
        return m_tls->read(data, size);
    const auto count = ::recv(m_socket, data, static_cast<std::size_t>(size), 0);
    if (count < 0)
        return errno == EAGAIN || errno == EINTR ? -1 : 0;
    return static_cast<int>(count);
}

void StreamSocket::readAll()
{
    std::array<char, 16 * 1024> buffer;
    bool more = false;
    while (m_socket >= 0 && !inputIsFull()) {
        const int count = read(buffer.data(), static_cast<int>(buffer.size()));
        if (count < 0)
            break;
        if (count == 0) {
            if (more)
                m_notify(Event::Received);
            if (m_socket >= 0)
                m_notify(Event::Closed);
            return;
        }
        m_input.append(buffer.data(), count);
        more = true;
    }
    if (more)
        m_notify(Event::Received);
}

void StreamSocket::send(const QByteArray &bytes)
{
    m_output += bytes;
    flush();
}

void StreamSocket::flush()
{
    while (m_socket >= 0 && !m_output.isEmpty()) {
        const auto count =
            m_tls ? m_tls->write(m_output.constData(), static_cast<int>(m_output.size()))
                  : static_cast<int>(::send(m_socket, m_output.constData(),
                                            static_cast<std::size_t>(m_output.size()), MSG_NOSIGNAL));
        if (count <= 0)
            break;
        m_output.remove(0, count);
    }
    watch();
}

void StreamSocket::watch()
{
    if (m_socket >= 0 && m_stage == Stage::Talking)
        m_engine.watch(m_socket, kRead | (m_output.isEmpty() ? 0 : kWrite),
                       [this](quint32 events) { ready(events); });
}

void StreamSocket::leave()
{
    if (m_socket >= 0 && m_stage == Stage::Talking) {
        flush();
        if (m_tls)
            m_tls->farewell();
        ::shutdown(m_socket, SHUT_WR);
        // What is left unread would turn the farewell into a reset.
        std::array<char, 4'096> rest;
        for (int i = 0; i < 16 && ::recv(m_socket, rest.data(), rest.size(), 0) > 0; ++i) {
        }
    }
    drop();
}

void StreamSocket::drop()
{
    stopTimer();
    closeSocket();
    m_stage = Stage::Idle;
}

void StreamSocket::closeSocket()
{
    if (m_socket < 0)
        return;
    m_engine.unwatch(m_socket);
    ::close(m_socket);
    m_socket = -1;
}

void StreamSocket::stopTimer()
{
    if (m_timer)
        m_engine.cancelTimer(*m_timer);
    m_timer.reset();
}

} // namespace backwatch
