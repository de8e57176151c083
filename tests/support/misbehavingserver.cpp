// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/misbehavingserver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace backwatch {

namespace {

sockaddr *general(sockaddr_in &address)
{
    return reinterpret_cast<sockaddr *>(&address);
}

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

int listenOn(int backlog, quint16 &port)
{
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (bind(listener, general(address), length) != 0 || (backlog >= 0 && listen(listener, backlog) != 0) ||
        getsockname(listener, general(address), &length) != 0)
        qFatal("A test server cannot listen: %s", strerror(errno));
    port = ntohs(address.sin_port);
    return listener;
}

int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outLength, const unsigned char *in,
                   unsigned int inLength, void *wanted)
{
    const auto &protocol = *static_cast<const QByteArray *>(wanted);
    const QByteArray list = char(protocol.size()) + protocol;
    unsigned char *chosen = nullptr;
    const auto *mine = reinterpret_cast<const unsigned char *>(list.constData());
    if (SSL_select_next_proto(&chosen, outLength, in, inLength, mine, static_cast<unsigned>(list.size())) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

QByteArray ServerConnection::read(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    const auto count = m_tls ? SSL_read(m_tls, bytes.data(), static_cast<int>(size))
                             : static_cast<int>(recv(m_socket, bytes.data(), static_cast<size_t>(size), 0));
    bytes.truncate(qMax(0, count));
    return bytes;
}

QByteArray ServerConnection::readHead()
{
    QByteArray head;
    while (!head.endsWith("\r\n\r\n")) {
        const QByteArray byte = read(1);
        if (byte.isEmpty())
            break;
        head += byte;
    }
    return head;
}

bool ServerConnection::write(const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const auto left = bytes.size() - done;
        const auto count = m_tls ? SSL_write(m_tls, bytes.constData() + done, static_cast<int>(left))
                                 : static_cast<int>(send(m_socket, bytes.constData() + done,
                                                         static_cast<size_t>(left), MSG_NOSIGNAL));
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

void ServerConnection::waitForClose()
{
    while (!read(4096).isEmpty()) {
    }
}

void ServerConnection::reset()
{
    const linger hard{1, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_tls = nullptr;
}

MisbehavingServer::MisbehavingServer(Script script) : m_script(std::move(script))
{
    m_listener = listenOn(4096, m_port);
    m_accepting = std::thread([this] { accept(); });
}

MisbehavingServer::MisbehavingServer(const TestAuthority::Identity &identity, Script script,
                                     const QByteArray &protocol)
    : m_script(std::move(script))
    , m_tls(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free)
    , m_protocol(protocol)
{
    SSL_CTX_use_certificate(m_tls.get(), identity.certificate.get());
    SSL_CTX_use_PrivateKey(m_tls.get(), identity.key.get());
    SSL_CTX_set_session_id_context(m_tls.get(), reinterpret_cast<const unsigned char *>("test"), 4);
    if (!m_protocol.isEmpty())
        SSL_CTX_set_alpn_select_cb(m_tls.get(), &chooseProtocol, &m_protocol);
    m_listener = listenOn(4096, m_port);
    m_accepting = std::thread([this] { accept(); });
}

MisbehavingServer::~MisbehavingServer()
{
    m_stop = true;
    shutdown(m_listener, SHUT_RDWR);
    m_accepting.join();
    {
        const std::lock_guard lock(m_mutex);
        for (const int socket : m_sockets)
            shutdown(socket, SHUT_RDWR);
    }
    for (auto &thread : m_threads)
        thread.join();
    for (const int socket : m_sockets)
        close(socket);
    close(m_listener);
}

QUrl MisbehavingServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                    .arg(m_tls ? QStringLiteral("https") : QStringLiteral("http"))
                    .arg(m_port)
                    .arg(path));
}

QByteArray MisbehavingServer::serverName() const
{
    const std::lock_guard lock(m_mutex);
    return m_serverName;
}

QByteArray MisbehavingServer::clientName() const
{
    const std::lock_guard lock(m_mutex);
    return m_clientName;
}

void MisbehavingServer::show(const TestAuthority::Identity &identity)
{
    SSL_CTX_use_certificate(m_tls.get(), identity.certificate.get());
    SSL_CTX_use_PrivateKey(m_tls.get(), identity.key.get());
}

void MisbehavingServer::askForCertificate(const TestAuthority &authority)
{
    X509_STORE_add_cert(SSL_CTX_get_cert_store(m_tls.get()), authority.identity().certificate.get());
    SSL_CTX_set_verify(m_tls.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

void MisbehavingServer::breakOffResumption()
{
    SSL_CTX_set_session_id_context(m_tls.get(), nullptr, 0);
    SSL_CTX_set_verify(m_tls.get(), SSL_VERIFY_PEER, nullptr);
}

void MisbehavingServer::accept()
{
    // OpenSSL writes without MSG_NOSIGNAL; the connections' threads inherit this.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

    for (;;) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (m_stop || socket < 0) {
            if (socket >= 0)
                close(socket);
            return;
        }
        ++m_connections;
        const std::lock_guard lock(m_mutex);
        m_sockets.insert(socket);
        if (m_script)
            m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void MisbehavingServer::serve(int socket)
{
    SSL *tls = nullptr;
    if (m_tls) {
        tls = SSL_new(m_tls.get());
        SSL_set_fd(tls, socket);
    }
    if (!tls || SSL_accept(tls) == 1) {
        if (tls) {
            const std::lock_guard lock(m_mutex);
            m_serverName = SSL_get_servername(tls, TLSEXT_NAMETYPE_host_name);
            ++(SSL_session_reused(tls) == 1 ? m_resumedHandshakes : m_fullHandshakes);
            if (const X509 *client = SSL_get0_peer_certificate(tls)) {
                char name[64] = "";
                X509_NAME_get_text_by_NID(X509_get_subject_name(client), NID_commonName, name, sizeof name);
                m_clientName = name;
            }
        }
        ServerConnection connection(socket, tls);
        m_script(connection);
        if (connection.secure())
            SSL_shutdown(tls);
    }
    SSL_free(tls);
    const std::lock_guard lock(m_mutex);
    m_sockets.erase(socket);
    close(socket);
}

MisbehavingServer::Script MisbehavingServer::hang()
{
    return {};
}

MisbehavingServer::Script MisbehavingServer::say(const QByteArray &bytes)
{
    return [bytes](ServerConnection &connection) {
        connection.readHead();
        connection.write(bytes);
    };
}

MisbehavingServer::Script MisbehavingServer::sayAndHang(const QByteArray &bytes)
{
    return [bytes](ServerConnection &connection) {
        connection.readHead();
        connection.write(bytes);
        connection.waitForClose();
    };
}

quint16 closedPort()
{
    // Bound but not listening, and never closed: nobody else gets the port while the test runs.
    static const quint16 kPort = [] {
        quint16 port = 0;
        listenOn(-1, port);
        return port;
    }();
    return kPort;
}

FullBacklog::FullBacklog()
{
    m_sockets.push_back(listenOn(0, m_port));
    // The queue takes one more than it says; what comes after waits for an answer that does not come.
    for (int i = 0; i < 4; ++i) {
        const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_in address = loopback(m_port);
        connect(client, general(address), sizeof address);
        m_sockets.push_back(client);
    }
}

FullBacklog::~FullBacklog()
{
    for (const int socket : m_sockets)
        close(socket);
}

} // namespace backwatch
