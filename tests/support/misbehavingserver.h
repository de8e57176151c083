// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testcertificates.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QUrl>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

namespace backwatch {

/// One connection as a script of a test sees it. Everything blocks, but ends when the server is stopped.
class ServerConnection
{
public:
    ServerConnection(int socket, SSL *tls) : m_socket(socket), m_tls(tls) {}

    QByteArray readHead(); ///< up to and with the empty line; what there is when the other side closes
    QByteArray read(qsizetype size);
    bool write(const QByteArray &bytes); ///< false: the other side is gone
    void waitForClose();                 ///< by the other side
    void reset();                        ///< RST instead of a farewell
    bool secure() const { return m_tls; }

private:
    int m_socket;
    SSL *m_tls;
};

/// A server on a free port of the loopback address that does with each connection what a script says, each in
/// a thread of its own. What a script returns from is closed.
class MisbehavingServer
{
public:
    using Script = std::function<void(ServerConnection &)>;

    explicit MisbehavingServer(Script script);
    MisbehavingServer(const TestAuthority::Identity &identity, Script script,
                      const QByteArray &protocol = {});
    ~MisbehavingServer();
    MisbehavingServer(const MisbehavingServer &) = delete;
    MisbehavingServer &operator=(const MisbehavingServer &) = delete;

    quint16 port() const { return m_port; }
    QUrl url(const QString &path = QStringLiteral("/")) const;
    int connections() const { return m_connections; }
    int fullHandshakes() const { return m_fullHandshakes; }
    int resumedHandshakes() const { return m_resumedHandshakes; }
    /// The same server under another certificate, from the next handshake on. Sessions end with the old one.
    void show(const TestAuthority::Identity &identity);
    /// Refuses clients without a certificate of this authority; to be called before the first connection.
    void askForCertificate(const TestAuthority &authority);
    /// Breaks off whenever a session is offered, as a server with half a session configuration does; to be
    /// called before the first connection.
    void breakOffResumption();
    void limitTls(int version) { SSL_CTX_set_max_proto_version(m_tls.get(), version); }
    QByteArray clientName() const; ///< common name of the certificate that the last client showed
    QByteArray serverName() const; ///< the last one that a TLS client asked for

    /// Accepts and never says a word; takes no thread for it.
    static Script hang();
    /// Reads the request, writes these bytes and closes.
    static Script say(const QByteArray &bytes);
    /// Reads the request, writes these bytes, and stays silent until the other side goes.
    static Script sayAndHang(const QByteArray &bytes);

private:
    void accept();
    void serve(int socket);

    Script m_script;
    std::shared_ptr<SSL_CTX> m_tls;
    QByteArray m_protocol; ///< chosen by ALPN; empty: none
    int m_listener = -1;
    quint16 m_port = 0;
    std::atomic<bool> m_stop = false;
    std::atomic<int> m_connections = 0;
    std::atomic<int> m_fullHandshakes = 0;
    std::atomic<int> m_resumedHandshakes = 0;
    mutable std::mutex m_mutex;
    QByteArray m_serverName; ///< guarded by m_mutex
    QByteArray m_clientName; ///< guarded by m_mutex
    std::set<int> m_sockets; ///< guarded by m_mutex
    std::vector<std::thread> m_threads;
    std::thread m_accepting;
};

/// A loopback port where nobody listens.
quint16 closedPort();

/// A listening socket whose queue is full, so that a connection to it is neither accepted nor refused.
class FullBacklog
{
public:
    FullBacklog();
    ~FullBacklog();
    FullBacklog(const FullBacklog &) = delete;
    FullBacklog &operator=(const FullBacklog &) = delete;

    quint16 port() const { return m_port; }

private:
    std::vector<int> m_sockets;
    quint16 m_port = 0;
};

} // namespace backwatch
