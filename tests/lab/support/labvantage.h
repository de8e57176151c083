// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lab/support/labprocess.h"

#include <QTemporaryDir>

namespace backwatch {

/// A website that does not treat everybody alike, and a blackbox_exporter that asks it from another address:
/// HAProxy before nginx turns away who comes from 127.0.0.1, and the exporter comes from 127.0.0.2.
class LabVantage
{
public:
    /// The program that is not there; empty when all are.
    static QString missing();

    /// Starts all parts; problem() says why not.
    bool start();
    bool startExporter();
    LabProcess &exporter() { return m_exporter; }

    /// Pages: "banned" is 503 to 127.0.0.1, "slow" too and takes its time for others, "late" and "apart" are
    /// served by a dead server to 127.0.0.1 (503 after some attempts, 502); "closed" is 503 to everybody.
    QString url(const QString &page) const;
    /// Only the exporter's way leads there; from here the connection is refused.
    QString urlElsewhere() const;
    /// Nobody listens there.
    QString deadUrl() const { return QStringLiteral("http://127.0.0.1:%1/").arg(m_deadPort); }

    /// The exporter's /probe, with these parameters: "?module=direct" asks from 127.0.0.1.
    QString probe(const QString &parameters = {}) const;
    /// Web servers in the place of an exporter: "html", "empty", "error".
    QString noExporter(const QString &page) const;

    QString problem() const { return m_problem; }

private:
    bool startWebServer();
    bool startBalancer();
    bool keep(bool good, const QString &problem);
    bool write(const QString &name, const QString &text);

    QTemporaryDir m_folder;
    LabProcess m_webServer;
    LabProcess m_balancer;
    LabProcess m_exporter;
    quint16 m_balancerPort = LabProcess::freePort();
    quint16 m_webServerPort = LabProcess::freePort();
    quint16 m_proxyPort = LabProcess::freePort();
    quint16 m_exporterPort = LabProcess::freePort();
    quint16 m_deadPort = LabProcess::freePort();
    QString m_problem;
};

} // namespace backwatch
