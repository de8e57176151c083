// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/pushreceiver.h"

#include "app/core/clock.h"

#include <QCryptographicHash>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

#include <memory>

namespace backwatch {

namespace {

/// What a refused client may still say until it has read its answer.
constexpr qint64 kDrained = 64 * 1024;

QByteArray hashOf(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

/// Takes equally long wherever they differ; both are hashes.
bool isSame(const QByteArray &one, const QByteArray &other)
{
    unsigned difference = one.size() == other.size() ? 0U : 1U;
    for (qsizetype i = 0; i < std::min(one.size(), other.size()); ++i)
        difference |= static_cast<unsigned>(one[i] ^ other[i]);
    return difference == 0;
}

QByteArray reasonOf(int status)
{
    switch (status) {
    case 200:
        return QByteArrayLiteral("OK");
    case 404:
        return QByteArrayLiteral("Not Found");
    case 405:
        return QByteArrayLiteral("Method Not Allowed");
    case 408:
        return QByteArrayLiteral("Request Timeout");
    case 413:
        return QByteArrayLiteral("Content Too Large");
    default:
        return QByteArrayLiteral("Bad Request");
    }
}

} // namespace

PushReceiver::PushReceiver(const Clock &clock, quint16 port, int clientTimeoutMs)
    : m_clock(clock), m_port(port), m_clientTimeoutMs(clientTimeoutMs)
{
    connect(&m_server, &QTcpServer::newConnection, this, &PushReceiver::accept);
}

Result<quint16> PushReceiver::listen()
{
    if (!m_server.isListening() && !m_server.listen(QHostAddress::LocalHost, m_port))
        return failure(Error::Kind::Conflict,
                       tr("Reports cannot be taken on port %1: %2. Choose another port, or end the program "
                          "that holds it.")
                           .arg(m_port)
                           .arg(m_server.errorString()));
    return m_server.serverPort();
}

const PushReceiver::Known &PushReceiver::await(MonitorId monitor, const QString &token)
{
    const QByteArray hash = hashOf(token.toUtf8());
    Known &known = m_known[monitor];
    if (known.tokenHash != hash) {
        known = Known{};
        known.tokenHash = hash;
        known.since = m_clock.monotonicMs();
    }
    return known;
}

void PushReceiver::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        if (m_clients >= kClients) {
            client->abort();
            continue;
        }
        ++m_clients;
        connect(client, &QTcpSocket::disconnected, this, [this] { --m_clients; });
        client->setReadBufferSize(PushRequest::kHeadLimit + PushRequest::kBodyLimit + 1);
        auto received = std::make_shared<QByteArray>();
        connect(client, &QTcpSocket::readyRead, this, [this, client, received] { read(client, *received); });
        auto *timer = new QTimer(client);
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, client, [client, timer, again = m_clientTimeoutMs] {
            if (client->property("answered").toBool()) {
                client->abort();
                return;
            }
            answer(client, 408);
            timer->start(again); // for those that do not close
        });
        timer->start(m_clientTimeoutMs);
    }
}

void PushReceiver::read(QTcpSocket *client, QByteArray &received)
{
    if (client->property("answered").toBool()) {
        const qint64 drained = client->property("drained").toLongLong() + client->readAll().size();
        client->setProperty("drained", drained);
        if (drained > kDrained)
            client->abort();
        return;
    }
    received += client->readAll();
    const PushRequest request = readPushRequest(received);
    if (!request.complete)
        return;
    answer(client, request.refusal != 0 ? request.refusal : take(request));
    received.clear();
}

int PushReceiver::take(const PushRequest &request)
{
    const QByteArray hash = hashOf(request.token);
    bool isKnown = false;
    for (auto &known : m_known) {
        if (!isSame(known.tokenHash, hash))
            continue;
        isKnown = true;
        known.reportedAt = m_clock.monotonicMs();
        known.report = request.report;
    }
    return isKnown ? 200 : 404;
}

/// Closes the own direction alone: unread input at a full close would take the answer away from the client.
void PushReceiver::answer(QTcpSocket *client, int status)
{
    const QByteArray reason = reasonOf(status);
    QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason;
    if (status == 405)
        text += "\r\nAllow: GET, POST";
    text += "\r\nContent-Type: text/plain\r\nContent-Length: " + QByteArray::number(reason.size() + 1);
    text += "\r\nConnection: close\r\n\r\n" + reason + '\n';
    client->setProperty("answered", true);
    client->write(text);
    client->flush();
    ::shutdown(static_cast<int>(client->socketDescriptor()), SHUT_WR);
}

} // namespace backwatch
