// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace backwatch {

/// The servers that are asked, and the other prober that is measured beside this one; each a process of its
/// own that ends with this object.
class Neighbours
{
public:
    /// @param processor on which they run; negative: anywhere
    explicit Neighbours(int processor) : m_processor(processor) {}
    ~Neighbours();

    /// nginx with a small page over HTTP and, TLS 1.3 and ECDSA P-256, over HTTPS. False when it is not
    /// there.
    bool startNginx();
    bool startDelayServer();

    QString httpUrl() const { return QStringLiteral("http://127.0.0.1:%1/").arg(m_httpPort); }
    QString httpsUrl() const { return QStringLiteral("https://localhost:%1/").arg(m_httpsPort); }
    QString delayUrl(const QString &path) const
    {
        return QStringLiteral("http://127.0.0.1:%1%2").arg(m_delayPort).arg(path);
    }
    QString authority() const { return m_folder.filePath(QStringLiteral("server.pem")); }

    struct Cost
    {
        double cpuMicroseconds = 0; ///< of one probe
        double perSecond = 0;
    };
    /// prometheus-blackbox-exporter on that target as fast as it goes, on that processor; driven by wrk on
    /// the servers' one. Nothing when one of the two is not installed.
    std::optional<Cost> measureBlackbox(const QString &target, int seconds, int processor);

private:
    std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments, int processor);

    int m_processor;
    QTemporaryDir m_folder;
    quint16 m_httpPort = 0;
    quint16 m_httpsPort = 0;
    quint16 m_delayPort = 0;
    std::unique_ptr<QProcess> m_nginx;
    std::unique_ptr<QProcess> m_delay;
};

} // namespace backwatch
