// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/probes/delayserver.h"

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <deque>
#include <vector>

namespace backwatch {

namespace {

constexpr qint64 kDelayNs = 50'000'000;

qint64 nowNs()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

struct Waiting
{
    int socket;
    qint64 asked;
    qint64 due;
};

struct Server
{
    int epoll = -1;
    int listener = -1;
    std::vector<qint64> accepted; ///< by socket
    std::deque<Waiting> waiting;  ///< in order of their moments

    void accept();
    void read(int socket);
    void answer(const Waiting &waiting);
    timespec untilNext() const;
};

void Server::accept()
{
    for (;;) {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0)
            return;
        if (accepted.size() <= static_cast<std::size_t>(socket))
            accepted.resize(static_cast<std::size_t>(socket) + 256);
        accepted[static_cast<std::size_t>(socket)] = nowNs();
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
    }
}

void Server::read(int socket)
{
    std::array<char, 8192> buffer;
    const auto size = ::recv(socket, buffer.data(), buffer.size() - 1, 0);
    if (size <= 0) {
        ::close(socket);
        return;
    }
    buffer[static_cast<std::size_t>(size)] = 0;
    const qint64 asked = nowNs();
    if (std::strncmp(buffer.data(), "GET /hang", 9) != 0)
        waiting.push_back({socket, asked, asked + kDelayNs});
}

void Server::answer(const Waiting &due)
{
    std::array<char, 512> text;
    const int size =
        std::snprintf(text.data(), text.size(),
                      "HTTP/1.1 200 OK\r\nX-Delay-Us: %lld\r\nX-Accepted-Us: %lld\r\nContent-Length: 2\r\n"
                      "Connection: close\r\n\r\nok",
                      static_cast<long long>((nowNs() - due.asked) / 1'000),
                      static_cast<long long>(accepted[static_cast<std::size_t>(due.socket)] / 1'000));
    if (::send(due.socket, text.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) < 0)
        std::perror("send");
    ::shutdown(due.socket, SHUT_WR);
}

timespec Server::untilNext() const
{
    const qint64 left = waiting.empty() ? 1'000'000'000 : std::max<qint64>(0, waiting.front().due - nowNs());
    return {left / 1'000'000'000, left % 1'000'000'000};
}

int listenOn(quint16 port)
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::listen(listener, 4'096) != 0)
        return -1;
    return listener;
}

} // namespace

int serveWithDelay(quint16 port)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    Server server;
    server.listener = listenOn(port);
    server.epoll = epoll_create1(EPOLL_CLOEXEC);
    if (server.listener < 0 || server.epoll < 0)
        return 1;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = server.listener;
    epoll_ctl(server.epoll, EPOLL_CTL_ADD, server.listener, &event);
    std::array<epoll_event, 512> events;
    for (;;) {
        const timespec wait = server.untilNext();
        const int count = epoll_pwait2(server.epoll, events.data(), events.size(), &wait, nullptr);
        for (int i = 0; i < count; ++i) {
            const int socket = events[static_cast<std::size_t>(i)].data.fd;
            if (socket == server.listener)
                server.accept();
            else
                server.read(socket);
        }
        while (!server.waiting.empty() && server.waiting.front().due <= nowNs()) {
            server.answer(server.waiting.front());
            server.waiting.pop_front();
        }
    }
}

} // namespace backwatch
