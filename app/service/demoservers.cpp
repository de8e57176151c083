// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/demoservers.h"

#include "app/service/demoload.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QLocale>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <functional>

namespace backwatch {

namespace {

/// The alternating server is well just long enough to be seen so, then fails for a while, and so on: there is
/// something to see soon.
constexpr qint64 kFirstWellMs = 8'000;
constexpr qint64 kFailingMs = 90'000;
constexpr qint64 kWellMs = 150'000;

QByteArray httpDate()
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc(), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
        .toLatin1();
}

QByteArray answerOf(const QByteArray &server, const QByteArray &type, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nServer: " + server + "\r\nDate: " + httpDate() + "\r\nContent-Type: " + type +
           "; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
}

QByteArray page(const QByteArray &server, const QByteArray &title)
{
    const QByteArray body = "<!doctype html>\n<html><head><title>" + title + "</title></head>\n<body><h1>" +
                            title + "</h1><p>Everything is in its place.</p></body></html>\n";
    return answerOf(server, "text/html", body);
}

struct Answer
{
    int delayMs;
    QByteArray bytes;
};

/// Reads one request and gives one answer, then closes.
class AnsweringServer : public QTcpServer
{
public:
    AnsweringServer(QObject *parent, std::function<Answer()> answer)
        : QTcpServer(parent), m_answer(std::move(answer))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (auto *socket = nextPendingConnection())
                serve(socket);
        });
    }

private:
    void serve(QTcpSocket *socket)
    {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            if (!socket->peek(64 * 1024).contains("\r\n\r\n"))
                return;
            socket->readAll();
            const Answer answer = m_answer();
            QTimer::singleShot(answer.delayMs, socket, [socket, bytes = answer.bytes] {
                socket->write(bytes);
                socket->disconnectFromHost();
            });
        });
    }

    std::function<Answer()> m_answer;
};

} // namespace

QByteArray varnishFetchFailed(int xid)
{
    const QByteArray number = QByteArray::number(xid);
    const QByteArray body =
        "<!DOCTYPE html>\n<html>\n  <head>\n    <title>503 Backend fetch failed</title>\n  </head>\n"
        "  <body>\n    <h1>Error 503 Backend fetch failed</h1>\n    <p>Backend fetch failed</p>\n"
        "    <h3>Guru Meditation:</h3>\n    <p>XID: " +
        number + "</p>\n    <hr>\n    <p>Varnish cache server</p>\n  </body>\n</html>\n";
    return "HTTP/1.1 503 Backend fetch failed\r\nDate: " + httpDate() +
           "\r\nServer: Varnish\r\nContent-Type: text/html; charset=utf-8\r\nRetry-After: 5\r\nX-Varnish: " +
           QByteArray::number(xid - 1) +
           "\r\nAge: 0\r\nVia: 1.1 shop-cache-1 (Varnish/7.1)\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

DemoServers::DemoServers()
{
    m_thread.setObjectName(QStringLiteral("demo-servers"));
    m_thread.start();
    auto *home = new QObject;
    home->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, home, &QObject::deleteLater);
    QMetaObject::invokeMethod(
        home,
        [this, home] {
            auto *healthy = new AnsweringServer(home, [n = 0]() mutable {
                return Answer{6 + (++n * 7) % 19, page("nginx/1.22.1", "Welcome")};
            });
            auto *slow = new AnsweringServer(home, [n = 0]() mutable {
                return Answer{900 + (++n * 211) % 900, page("Apache/2.4.62 (Debian)", "Search")};
            });
            QElapsedTimer since;
            since.start();
            auto *alternating = new AnsweringServer(home, [since, xid = 32'770]() mutable {
                const qint64 turn = since.elapsed() - kFirstWellMs;
                if (turn >= 0 && turn % (kFailingMs + kWellMs) < kFailingMs)
                    return Answer{2, varnishFetchFailed(xid += 3)};
                return Answer{11, page("nginx/1.22.1", "Shop")};
            });
            auto *metrics = new AnsweringServer(home, [said = DemoMetrics()]() mutable {
                return Answer{3, answerOf("node_exporter", "text/plain",
                                          said.text(QDateTime::currentMSecsSinceEpoch()))};
            });
            // A port that was free a moment ago and that nobody listens on.
            QTcpServer refusing;
            refusing.listen(QHostAddress::LocalHost);
            m_healthy = healthy->serverPort();
            m_slow = slow->serverPort();
            m_alternating = alternating->serverPort();
            m_refusing = refusing.serverPort();
            m_metrics = metrics->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

DemoServers::~DemoServers()
{
    m_thread.quit();
    m_thread.wait();
}

bool DemoServers::areRunning() const
{
    return m_healthy != 0 && m_slow != 0 && m_alternating != 0 && m_refusing != 0 && m_metrics != 0;
}

} // namespace backwatch
