// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labvantage.h"

#include <QFile>

#include <unistd.h>

namespace backwatch {

namespace {

// %1 folder, %2 user, %3 port of the pages, %4 of the proxy that the exporter goes through, %5 of HAProxy,
// %6 where nobody listens.
const QString kWebServer = QStringLiteral(R"(daemon off;
%2
worker_processes 1;
pid "%1/nginx.pid";
error_log "%1/error.log";
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path "%1/body";
    proxy_temp_path "%1/proxy";
    fastcgi_temp_path "%1/fastcgi";
    uwsgi_temp_path "%1/uwsgi";
    scgi_temp_path "%1/scgi";
    default_type text/html;
    map $http_host $way { "127.0.0.3:%5" "127.0.0.1:%5"; default $http_host; }
    server {
        listen 127.0.0.1:%3;
        location / { return 200 "<!doctype html><title>Shop</title><p>Basket</p>\n"; }
        location /apart { if ($http_x_here = "") { return 200 "fine\n"; } proxy_pass http://127.0.0.1:%6; }
        location /slow { limit_rate 90; return 200 "A page that takes more than two seconds, header and all.\n"; }
        location /html/probe { return 200 "<!doctype html><p>probe_success 1</p>\n"; }
        location /empty/probe { return 200 ""; }
        location /error/probe { return 500; }
    }
    server {
        listen 127.0.0.1:%4;
        location / { proxy_pass http://$way$request_uri; proxy_set_header Host $http_host; proxy_bind 127.0.0.2; }
    }
}
)");

// %1 its port, %2 of the pages, %3 where nobody listens.
const QString kBalancer = QStringLiteral(R"(defaults
    mode http
    timeout connect 1s
    timeout client 10s
    timeout server 10s
frontend shop
    bind 127.0.0.1:%1
    acl here src 127.0.0.1
    http-request deny deny_status 503 if here { path /banned /slow }
    http-request set-header X-Here yes if here
    use_backend dead if here { path /late }
    use_backend dead if { path /closed }
    default_backend web
backend web
    server web1 127.0.0.1:%2
backend dead
    server web2 127.0.0.1:%3
)");

// %1 the proxy.
const QString kExporter =
    QStringLiteral("modules:\n"
                   "  http_2xx: {prober: http, http: {proxy_url: 'http://127.0.0.1:%1'}}\n"
                   "  direct: {prober: http}\n");

} // namespace

QString LabVantage::missing()
{
    for (const auto &name :
         {QStringLiteral("haproxy"), QStringLiteral("nginx"), QStringLiteral("prometheus-blackbox-exporter")})
        if (LabProcess::find(name).isEmpty())
            return name;
    return {};
}

bool LabVantage::keep(bool good, const QString &problem)
{
    if (!good)
        m_problem = problem;
    return good;
}

bool LabVantage::write(const QString &name, const QString &text)
{
    QFile file(m_folder.filePath(name));
    return keep(file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) == text.toUtf8().size(),
                QStringLiteral("%1 could not be written.").arg(name));
}

bool LabVantage::start()
{
    return startWebServer() && startBalancer() && startExporter();
}

bool LabVantage::startWebServer()
{
    const QString user = ::geteuid() == 0 ? QStringLiteral("user root;") : QString();
    const QString configuration = m_folder.filePath(QStringLiteral("nginx.conf"));
    return write(QStringLiteral("nginx.conf"), kWebServer.arg(m_folder.path(), user)
                                                   .arg(m_webServerPort)
                                                   .arg(m_proxyPort)
                                                   .arg(m_balancerPort)
                                                   .arg(m_deadPort)) &&
           keep(m_webServer.start(LabProcess::find(QStringLiteral("nginx")),
                                  {QStringLiteral("-p"), m_folder.path(), QStringLiteral("-e"),
                                   m_folder.filePath(QStringLiteral("error.log")), QStringLiteral("-c"),
                                   configuration}) &&
                    m_webServer.waitForPort(m_proxyPort),
                m_webServer.problem());
}

bool LabVantage::startBalancer()
{
    return write(QStringLiteral("haproxy.cfg"),
                 kBalancer.arg(m_balancerPort).arg(m_webServerPort).arg(m_deadPort)) &&
           keep(m_balancer.start(LabProcess::find(QStringLiteral("haproxy")),
                                 {QStringLiteral("-db"), QStringLiteral("-f"),
                                  m_folder.filePath(QStringLiteral("haproxy.cfg"))}) &&
                    m_balancer.waitForPort(m_balancerPort),
                m_balancer.problem());
}

bool LabVantage::startExporter()
{
    return write(QStringLiteral("blackbox.yml"), kExporter.arg(m_proxyPort)) &&
           keep(m_exporter.start(
                    LabProcess::find(QStringLiteral("prometheus-blackbox-exporter")),
                    {QStringLiteral("--config.file=") + m_folder.filePath(QStringLiteral("blackbox.yml")),
                     QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(m_exporterPort)}) &&
                    m_exporter.waitForPort(m_exporterPort),
                m_exporter.problem());
}

QString LabVantage::url(const QString &page) const
{
    return QStringLiteral("http://127.0.0.1:%1/%2").arg(m_balancerPort).arg(page);
}

QString LabVantage::urlElsewhere() const
{
    return QStringLiteral("http://127.0.0.3:%1/good").arg(m_balancerPort);
}

QString LabVantage::probe(const QString &parameters) const
{
    return QStringLiteral("http://127.0.0.1:%1/probe%2").arg(m_exporterPort).arg(parameters);
}

QString LabVantage::noExporter(const QString &page) const
{
    return QStringLiteral("http://127.0.0.1:%1/%2/probe").arg(m_webServerPort).arg(page);
}

} // namespace backwatch
