// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labwordpress.h"

#include "tests/lab/support/program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QtTest>

#include <csignal>

namespace backwatch {

namespace {

// %1 port of the database.
const QString kConfiguration = QStringLiteral(R"(<?php
define('DB_NAME', 'shop');
define('DB_USER', 'shop');
define('DB_PASSWORD', 'basket');
define('DB_HOST', '127.0.0.1:%1');
define('DB_CHARSET', 'utf8');
define('DB_COLLATE', '');
$table_prefix = 'wp_';
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);
define('WP_SITEURL', WP_HOME);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
)");

// %1 folder, %2 port, %3 port of the status page. One worker, as on a small machine.
const QString kPool = QStringLiteral(R"([global]
error_log = %1/fpm.log
daemonize = no
[www]
user = root
group = root
listen = 127.0.0.1:%2
pm = static
pm.max_children = 1
pm.status_path = /status
pm.status_listen = 127.0.0.1:%3
ping.path = /ping
ping.response = pong
)");

// %1 folder, %2 port, %3 name and port of the pool, %4 a limit or nothing, %5 port of the name server.
const QString kWebServer = QStringLiteral(R"(daemon off;
user root;
worker_processes 1;
pid %1/nginx.pid;
error_log %1/error.log;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path %1/body;
    proxy_temp_path %1/proxy;
    fastcgi_temp_path %1/fastcgi;
    uwsgi_temp_path %1/uwsgi;
    scgi_temp_path %1/scgi;
    include /etc/nginx/mime.types;
    limit_req_zone $server_addr zone=all:1m rate=1r/m;
    server {
        listen 127.0.0.1:%2;
        root %1/site;
        index index.php;
        resolver 127.0.0.1:%5 valid=1s ipv6=off;
        resolver_timeout 2s;
        set $pool %3;
        location = /alive { return 204; }
        location ~ \.php$ {
            %4
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
            fastcgi_read_timeout 60s;
            fastcgi_pass $pool;
        }
    }
}
)");

// %1 port of the web server. A failure of the application is kept for a while, as a careless setup does.
const QString kCache = QStringLiteral(R"(vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "%1"; .connect_timeout = 1s; .first_byte_timeout = 3s; }
sub vcl_recv { if (req.url ~ "kept") { return (hash); } return (pass); }
sub vcl_backend_response {
    if (bereq.url ~ "kept" && beresp.status >= 500) { set beresp.ttl = 120s; unset beresp.http.set-cookie; return (deliver); }
}
)");

bool write(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

QString poolProgram()
{
    const QDir folder(QStringLiteral("/usr/sbin"));
    const auto programs = folder.entryList({QStringLiteral("php-fpm*")}, QDir::Files);
    return programs.isEmpty() ? QString() : folder.filePath(programs.first());
}

bool hasMysqli()
{
    QDir folder(QStringLiteral("/usr/lib/php"));
    for (const auto &version : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (QFileInfo::exists(folder.filePath(version + QStringLiteral("/mysqli.so"))))
            return true;
    return false;
}

const QString kPackage = QStringLiteral("/usr/share/wordpress");

} // namespace

QString LabWordPress::missing()
{
    for (const auto &name : {QStringLiteral("varnishd"), QStringLiteral("nginx"), QStringLiteral("curl")})
        if (LabProcess::find(name).isEmpty())
            return name;
    if (poolProgram().isEmpty())
        return QStringLiteral("php-fpm");
    if (!LabNameServer::installed())
        return QStringLiteral("dnsmasq");
    if (!hasMysqli())
        return QStringLiteral("php-mysql");
    if (!QFileInfo::exists(kPackage + QStringLiteral("/wp-login.php")))
        return QStringLiteral("wordpress");
    return LabMariadb::installed() ? QString() : QStringLiteral("mariadb-server");
}

bool LabWordPress::keep(bool good, const QString &problem)
{
    if (!good)
        m_problem = problem;
    return good;
}

bool LabWordPress::start()
{
    return keep(writeSite(), QStringLiteral("The site could not be copied.")) && m_database.start() &&
           m_nameServer.start({poolName()}) && startPool() && startWebServer() && startCache() && install();
}

bool LabWordPress::writeSite()
{
    const Finished copied = runToEnd(
        QStringLiteral("cp"), {QStringLiteral("-a"), kPackage, m_folder.filePath(QStringLiteral("site"))});
    return copied.exitCode == 0 &&
           write(m_folder.filePath(QStringLiteral("site/wp-config.php")),
                 kConfiguration.arg(m_database.port())) &&
           write(m_folder.filePath(QStringLiteral("site/sleeping.php")),
                 QStringLiteral("<?php sleep(60);\n"));
}

bool LabWordPress::startPool()
{
    const QString file = m_folder.filePath(QStringLiteral("fpm.conf"));
    QStringList arguments{QStringLiteral("-n"), QStringLiteral("-R"), QStringLiteral("-F"),
                          QStringLiteral("-y"), file};
    for (const char *extension : {"mysqlnd", "mysqli", "ctype"})
        arguments += {QStringLiteral("-d"), QStringLiteral("extension=%1").arg(QLatin1String(extension))};
    return keep(write(file, kPool.arg(m_folder.path()).arg(m_poolPort).arg(m_poolStatusPort)) &&
                    m_pool.start(poolProgram(), arguments) && m_pool.waitForPort(m_poolPort),
                m_pool.problem());
}

bool LabWordPress::writeWebServer(bool limited)
{
    return write(m_folder.filePath(QStringLiteral("nginx.conf")),
                 kWebServer.arg(m_folder.path())
                     .arg(m_webServerPort)
                     .arg(QStringLiteral("%1:%2").arg(poolName()).arg(m_poolPort),
                          limited ? QStringLiteral("limit_req zone=all;") : QString())
                     .arg(m_nameServer.port()));
}

bool LabWordPress::startWebServer()
{
    return keep(writeWebServer(false) &&
                    m_webServer.start(LabProcess::find(QStringLiteral("nginx")),
                                      {QStringLiteral("-p"), m_folder.path(), QStringLiteral("-e"),
                                       m_folder.filePath(QStringLiteral("error.log")), QStringLiteral("-c"),
                                       m_folder.filePath(QStringLiteral("nginx.conf"))}) &&
                    m_webServer.waitForPort(m_webServerPort),
                m_webServer.problem());
}

bool LabWordPress::startCache()
{
    const QString vcl = m_folder.filePath(QStringLiteral("lab.vcl"));
    return keep(
        write(vcl, kCache.arg(m_webServerPort)) &&
            m_cache.start(LabProcess::find(QStringLiteral("varnishd")),
                          {QStringLiteral("-F"), QStringLiteral("-j"), QStringLiteral("none"),
                           QStringLiteral("-n"), m_folder.filePath(QStringLiteral("work")),
                           QStringLiteral("-a"), QStringLiteral("127.0.0.1:%1").arg(m_cachePort),
                           QStringLiteral("-f"), vcl, QStringLiteral("-s"), QStringLiteral("malloc,16m"),
                           QStringLiteral("-p"), QStringLiteral("vsl_space=8m"), QStringLiteral("-p"),
                           QStringLiteral("thread_pool_min=10")}) &&
            m_cache.waitForPort(m_cachePort),
        m_cache.problem());
}

bool LabWordPress::install()
{
    const QString form = QStringLiteral("weblog_title=Shop&user_name=admin&admin_password=basketbasket&admin_"
                                        "password2=basketbasket&pw_weak=1&"
                                        "admin_email=admin@shop.example&blog_public=0&language=");
    const Finished installed = runToEnd(
        QStringLiteral("curl"),
        {QStringLiteral("-s"), QStringLiteral("-m"), QStringLiteral("50"), QStringLiteral("-d"), form,
         QStringLiteral("http://127.0.0.1:%1/wp-admin/install.php?step=2").arg(m_webServerPort)});
    return keep(installed.output.contains(QStringLiteral("Success!")),
                QStringLiteral("WordPress was not installed: ") + installed.output.left(2'000)) &&
           keep(waitForStatus(200), QStringLiteral("WordPress does not answer."));
}

QString LabWordPress::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_cachePort).arg(path);
}

int LabWordPress::statusOf(const QString &url) const
{
    return runToEnd(QStringLiteral("curl"),
                    {QStringLiteral("-s"), QStringLiteral("-m"), QStringLiteral("10"), QStringLiteral("-o"),
                     QStringLiteral("/dev/null"), QStringLiteral("-w"), QStringLiteral("%{http_code}"), url})
        .output.toInt();
}

bool LabWordPress::waitForStatus(int status, const QString &path) const
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 30'000;) {
        if (statusOf(url(path)) == status)
            return true;
        QTest::qWait(100);
    }
    return false;
}

bool LabWordPress::switchMaintenance(bool on)
{
    const QString file = m_folder.filePath(QStringLiteral("site/.maintenance"));
    return on ? write(file, QStringLiteral("<?php $upgrading = time();\n")) : QFile::remove(file);
}

bool LabWordPress::limitRequests(bool on)
{
    return writeWebServer(on) && ::kill(static_cast<pid_t>(m_webServer.pid()), SIGHUP) == 0;
}

} // namespace backwatch
