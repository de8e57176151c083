// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labservers.h"

#include <QFile>

#include <unistd.h>

namespace backwatch {

namespace {

bool writeFile(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

// %1 folder, %2 port, %3 user. Everything that nginx writes goes to the folder; as root its workers stay
// root, because the folder is closed to others.
const QString kNginx = QStringLiteral(R"(daemon off;
%3
worker_processes 1;
pid "%1/nginx.pid";
error_log "%1/error.log";
events { worker_connections 1024; }
http {
    log_format times '$msec';
    access_log "%1/access.log" times;
    client_body_temp_path "%1/body";
    proxy_temp_path "%1/proxy";
    fastcgi_temp_path "%1/fastcgi";
    uwsgi_temp_path "%1/uwsgi";
    scgi_temp_path "%1/scgi";
    server {
        listen 127.0.0.1:%2;
        default_type text/html;
        location / { return 200 "<!doctype html><title>Shop</title><p>Basket</p>\n"; }
    }
}
)");

const QString kVarnish = QStringLiteral(R"(vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "%1"; .connect_timeout = 1s; .first_byte_timeout = 2s; }
sub vcl_recv { return (pass); }
)");

} // namespace

bool LabNginx::start()
{
    const QString user = ::geteuid() == 0 ? QStringLiteral("user root;") : QString();
    const QString configuration = m_folder.filePath(QStringLiteral("nginx.conf"));
    if (!writeFile(configuration, kNginx.arg(m_folder.path(), QString::number(m_port), user)))
        return false;
    return m_process.start(LabProcess::find(QStringLiteral("nginx")),
                           {QStringLiteral("-p"), m_folder.path(), QStringLiteral("-e"),
                            m_folder.filePath(QStringLiteral("error.log")), QStringLiteral("-c"),
                            configuration}) &&
           m_process.waitForPort(m_port);
}

QString LabNginx::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path);
}

QList<qint64> LabNginx::requestTimes() const
{
    QFile log(m_folder.filePath(QStringLiteral("access.log")));
    QList<qint64> times;
    if (!log.open(QIODevice::ReadOnly))
        return times;
    while (!log.atEnd()) {
        const QByteArray line = log.readLine().trimmed(); // seconds with three decimals
        times += line.split('.').value(0).toLongLong() * 1'000 + line.split('.').value(1).toLongLong();
    }
    return times;
}

bool LabVarnish::start(quint16 backendPort)
{
    const QString vcl = m_folder.filePath(QStringLiteral("lab.vcl"));
    if (!writeFile(vcl, kVarnish.arg(backendPort)))
        return false;
    // No jail: it would want users of its own.
    return m_process.start(LabProcess::find(QStringLiteral("varnishd")),
                           {QStringLiteral("-F"), QStringLiteral("-j"), QStringLiteral("none"),
                            QStringLiteral("-n"), m_folder.filePath(QStringLiteral("work")),
                            QStringLiteral("-a"), QStringLiteral("127.0.0.1:%1").arg(m_port),
                            QStringLiteral("-f"), vcl, QStringLiteral("-s"), QStringLiteral("malloc,16m"),
                            QStringLiteral("-p"), QStringLiteral("vsl_space=8m"), QStringLiteral("-p"),
                            QStringLiteral("thread_pool_min=10")}) &&
           m_process.waitForPort(m_port);
}

} // namespace backwatch
