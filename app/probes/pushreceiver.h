// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/monitor.h"
#include "app/core/result.h"
#include "app/probes/pushrequest.h"

#include <QHash>
#include <QTcpServer>

class QTcpSocket;

namespace backwatch {

class Clock;

/// Takes in what jobs report: GET or POST http://127.0.0.1:PORT/push/TOKEN, with status=up|down|degraded, msg
/// and ping in the query where they have more to say. Heard on 127.0.0.1 alone, and only once a monitor
/// waits for a report. Whoever knows no token learns nothing and leaves no trace.
class PushReceiver : public QObject
{
    Q_OBJECT

public:
    static constexpr int kClients = 64;

    /// What is known of one monitor's job. Moments are monotonic milliseconds.
    struct Known
    {
        QByteArray tokenHash;
        qint64 since = 0;
        std::optional<qint64> reportedAt;
        PushReport report;
    };

    /// 0: any free port. clientTimeoutMs is for a whole request.
    PushReceiver(const Clock &clock, quint16 port, int clientTimeoutMs = 5'000);

    /// Opens the port unless it is open; may be tried again.
    Result<quint16> listen();
    /// Takes reports for the monitor from now on; a changed token begins anew.
    const Known &await(MonitorId monitor, const QString &token);

private:
    void accept();
    void read(QTcpSocket *client, QByteArray &received);
    int take(const PushRequest &request);
    static void answer(QTcpSocket *client, int status);

    const Clock &m_clock;
    quint16 m_port;
    int m_clientTimeoutMs;
    int m_clients = 0;
    QTcpServer m_server;
    QHash<MonitorId, Known> m_known;
};

} // namespace backwatch
