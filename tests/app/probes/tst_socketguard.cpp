// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/socketguard.h"

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

using namespace backwatch;

class TestSocketGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, m_sockets.data()), 0); }
    void cleanup()
    {
        for (const int socket : m_sockets)
            ::close(socket);
    }

    /// Who reads until nothing is left would read this for ever.
    void endsAFlood()
    {
        std::thread flood([socket = m_sockets[1]] {
            const std::array<char, 9'000> bytes{};
            while (::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0)
                ;
        });
        SocketGuard guard;
        guard.enter(m_sockets[0]);
        std::array<char, 32'768> bytes;
        while (::recv(m_sockets[0], bytes.data(), bytes.size(), 0) > 0)
            ;
        QVERIFY(guard.leave());
        flood.join();
        guard.enter(m_sockets[0]);
        QVERIFY(!guard.leave()); // said once
    }

    void leavesAloneWhatIsShort()
    {
        SocketGuard guard;
        const auto end = std::chrono::steady_clock::now() + 3 * SocketGuard::kPatience;
        while (std::chrono::steady_clock::now() < end) {
            guard.enter(m_sockets[0]);
            QVERIFY(!guard.leave());
            std::this_thread::yield();
        }
        QCOMPARE(::send(m_sockets[1], "x", 1, MSG_NOSIGNAL), 1);
        char byte = 0;
        QCOMPARE(::recv(m_sockets[0], &byte, 1, 0), 1);
    }

private:
    std::array<int, 2> m_sockets{};
};

QTEST_GUILESS_MAIN(TestSocketGuard)
#include "tst_socketguard.moc"
