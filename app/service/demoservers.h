// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

namespace backwatch {

/// Four small web servers on loopback that behave as websites do, for `--demo`: one healthy, one slow, one
/// that alternates between 200 and the page of a Varnish that cannot reach its backend, and a port that
/// refuses; and the metrics of the machine behind. They run on a thread of their own and end with this
/// object.
class DemoServers
{
public:
    DemoServers();
    ~DemoServers();
    DemoServers(const DemoServers &) = delete;
    DemoServers &operator=(const DemoServers &) = delete;

    /// False when no port could be had.
    bool areRunning() const;
    quint16 healthyPort() const { return m_healthy; }
    quint16 slowPort() const { return m_slow; }
    quint16 alternatingPort() const { return m_alternating; }
    quint16 refusingPort() const { return m_refusing; }
    quint16 metricsPort() const { return m_metrics; }

private:
    QThread m_thread;
    quint16 m_healthy = 0;
    quint16 m_slow = 0;
    quint16 m_alternating = 0;
    quint16 m_refusing = 0;
    quint16 m_metrics = 0;
};

/// The page and header block of a Varnish whose backend refuses, as bytes on the wire.
/// @param xid the number that varnishlog would know the request by
QByteArray varnishFetchFailed(int xid);

} // namespace backwatch
