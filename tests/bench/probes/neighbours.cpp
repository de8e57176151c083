// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/probes/neighbours.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <unistd.h>

namespace backwatch {

namespace {

QString find(const QString &program)
{
    const QString usual = QStandardPaths::findExecutable(program);
    return usual.isEmpty() ? QStandardPaths::findExecutable(
                                 program, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")})
                           : usual;
}

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool waitForPort(quint16 port)
{
    QElapsedTimer time;
    for (time.start(); time.elapsed() < 10'000;) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        if (socket.waitForConnected(200))
            return true;
        QThread::msleep(50);
    }
    return false;
}

bool write(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0;
}

void end(std::unique_ptr<QProcess> &process)
{
    if (!process)
        return;
    process->terminate();
    if (!process->waitForFinished(5'000))
        process->kill();
    process->waitForFinished(5'000);
    process.reset();
}

/// User and system time of a process, in seconds.
double cpuSecondsOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    const auto fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    constexpr int kUser = 11;
    constexpr int kSystem = 12;
    return fields.size() > kSystem ? (fields[kUser].toDouble() + fields[kSystem].toDouble()) /
                                         static_cast<double>(sysconf(_SC_CLK_TCK))
                                   : 0;
}

} // namespace

Neighbours::~Neighbours()
{
    end(m_nginx);
    end(m_delay);
}

std::unique_ptr<QProcess> Neighbours::start(const QString &program, const QStringList &arguments,
                                            int processor)
{
    auto process = std::make_unique<QProcess>();
    process->setStandardErrorFile(m_folder.filePath(QStringLiteral("errors")), QIODevice::Append);
    QStringList all{program};
    all += arguments;
    const QString taskset = find(QStringLiteral("taskset"));
    if (processor >= 0 && !taskset.isEmpty())
        all = QStringList{taskset, QStringLiteral("-c"), QString::number(processor)} + all;
    const QString first = all.takeFirst();
    process->start(first, all);
    return process->waitForStarted() ? std::move(process) : nullptr;
}

bool Neighbours::startNginx()
{
    const QString nginx = find(QStringLiteral("nginx"));
    if (nginx.isEmpty())
        return false;
    m_httpPort = freePort();
    m_httpsPort = freePort();
    const QString folder = m_folder.path();
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                   QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                   QStringLiteral("-days"), QStringLiteral("300"), QStringLiteral("-subj"),
                   QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
                   QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"), QStringLiteral("-keyout"),
                   folder + QStringLiteral("/server.key"), QStringLiteral("-out"), authority()});
    if (!openssl.waitForFinished(20'000) || openssl.exitCode() != 0)
        return false;
    const QString configuration =
        QStringLiteral("daemon off; master_process off; worker_rlimit_nofile 20000; pid %1/pid;\n"
                       "error_log %1/errors; events { worker_connections 8000; }\n"
                       "http { access_log off; client_body_temp_path %1; proxy_temp_path %1;\n"
                       "fastcgi_temp_path %1; uwsgi_temp_path %1; scgi_temp_path %1; keepalive_timeout 0;\n"
                       "ssl_session_tickets on; ssl_session_cache shared:a:10m; ssl_protocols TLSv1.3;\n"
                       "server { listen 127.0.0.1:%2 backlog=4096; listen 127.0.0.1:%3 ssl backlog=4096;\n"
                       "ssl_certificate %1/server.pem; ssl_certificate_key %1/server.key;\n"
                       "location / { return 200 'fine'; } } }\n")
            .arg(folder)
            .arg(m_httpPort)
            .arg(m_httpsPort);
    const QString file = folder + QStringLiteral("/nginx.conf");
    if (!write(file, configuration))
        return false;
    m_nginx = start(nginx, {QStringLiteral("-c"), file, QStringLiteral("-p"), folder}, m_processor);
    return m_nginx && waitForPort(m_httpPort) && waitForPort(m_httpsPort);
}

bool Neighbours::startDelayServer()
{
    m_delayPort = freePort();
    m_delay = start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--serve-with-delay"), QString::number(m_delayPort)}, m_processor);
    return m_delay && waitForPort(m_delayPort);
}

std::optional<Neighbours::Cost> Neighbours::measureBlackbox(const QString &target, int seconds, int processor)
{
    const QString exporter = find(QStringLiteral("prometheus-blackbox-exporter"));
    const QString wrk = find(QStringLiteral("wrk"));
    if (exporter.isEmpty() || wrk.isEmpty())
        return std::nullopt;
    const quint16 port = freePort();
    const QString file = m_folder.filePath(QStringLiteral("blackbox.yml"));
    const bool written =
        write(file, QStringLiteral("modules:\n  web:\n    prober: http\n    http:\n"
                                   "      preferred_ip_protocol: ip4\n      tls_config: {ca_file: %1}\n")
                        .arg(authority()));
    auto process = start(exporter,
                         {QStringLiteral("--config.file=") + file,
                          QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port),
                          QStringLiteral("--log.level=error")},
                         processor);
    if (!written || !process || !waitForPort(port))
        return std::nullopt;
    const QString url =
        QStringLiteral("http://127.0.0.1:%1/probe?module=web&target=%2").arg(port).arg(target);
    const auto drive = [&](int forSeconds) {
        QProcess client;
        client.start(QStringLiteral("taskset"),
                     {QStringLiteral("-c"), QString::number(std::max(0, m_processor)), wrk,
                      QStringLiteral("-t1"), QStringLiteral("-c32"), QStringLiteral("-d%1s").arg(forSeconds),
                      url});
        client.waitForFinished((forSeconds + 20) * 1'000);
        static const QRegularExpression requests(QStringLiteral("(\\d+) requests in"));
        return requests.match(QString::fromUtf8(client.readAllStandardOutput())).captured(1).toDouble();
    };
    drive(2);
    const double before = cpuSecondsOf(process->processId());
    const double probes = drive(seconds);
    const double used = cpuSecondsOf(process->processId()) - before;
    end(process);
    if (probes < 1)
        return std::nullopt;
    return Cost{used * 1e6 / probes, probes / seconds};
}

} // namespace backwatch
