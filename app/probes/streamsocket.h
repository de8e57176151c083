// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/curlengine.h"
#include "app/probes/streamtls.h"

#include <QByteArrayList>

namespace backwatch {

/// A connection to the first of several addresses that takes it, or to a Unix socket; TLS on it when wanted.
/// Lives in the engine's thread. Its owner is told through one function, which may close it, but not delete
/// it.
class StreamSocket
{
public:
    enum class Event {
        Connected,
        Secured,
        Received, ///< there is more in input()
        Closed,   ///< by the other side
        Failed,   ///< no address took the connection, or TLS failed; see systemError() and tls()
    };
    using Notify = std::function<void(Event)>;

    /// More than this is not kept for anybody who does not read it.
    static constexpr qsizetype kInputLimit = 64 * 1024;

    StreamSocket(CurlEngine &engine, Notify notify) : m_engine(engine), m_notify(std::move(notify)) {}
    ~StreamSocket() { drop(); }
    StreamSocket(const StreamSocket &) = delete;
    StreamSocket &operator=(const StreamSocket &) = delete;

    /// @param addresses numeric; each but the last gets its share of the time that is left
    void connectTo(const QByteArrayList &addresses, quint16 port, Moment deadline);
    void connectTo(const QString &unixSocket);
    /// The error says what of the settings cannot be used.
    Result<void> secure(const QString &host, const TlsSettings &settings, const TrustStore &trust);
    void send(const QByteArray &bytes);
    /// Sends what is left as far as it goes at once, says farewell and closes.
    void leave();
    /// Closes without a word.
    void drop();

    QByteArray &input() { return m_input; }
    bool isSending() const { return !m_output.isEmpty(); }
    bool inputIsFull() const { return m_input.size() >= kInputLimit; }
    QString address() const { return m_address; }
    int systemError() const { return m_systemError; } ///< errno of the last address
    int localError() const { return m_localError; }   ///< errno of a socket that this machine would not give
    const StreamTls *tls() const { return m_tls.get(); }

private:
    void tryNext();
    bool open(const sockaddr *address, socklen_t length);
    void ready(quint32 events);
    void connectionReady();
    void handshake();
    void readAll();
    void flush();
    int read(char *data, int size);
    void watch();
    void closeSocket();
    void stopTimer();

    CurlEngine &m_engine;
    Notify m_notify;
    QByteArrayList m_addresses;
    qsizetype m_next = 0;
    quint16 m_port = 0;
    Moment m_deadline{};
    std::optional<CurlEngine::TimerId> m_timer;
    int m_socket = -1;
    enum class Stage { Idle, Connecting, Securing, Talking } m_stage = Stage::Idle;
    std::unique_ptr<StreamTls> m_tls;
    QByteArray m_input;
    QByteArray m_output;
    QString m_address;
    int m_systemError = 0;
    int m_localError = 0;
};

} // namespace backwatch
