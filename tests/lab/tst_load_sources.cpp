// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labprocess.h"
#include "tests/lab/support/program.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace backwatch;

namespace {

// %1 folder, %2 port, %3 port of the status page.
const QString kPool = QStringLiteral(R"([global]
error_log = %1/fpm.log
daemonize = no
[shop]
user = root
group = root
listen = 127.0.0.1:%2
pm = static
pm.max_children = 3
pm.status_path = /status
pm.status_listen = 127.0.0.1:%3
)");

// %1 folder, %2 port, %3 port of the pool, %4 of its status page. The front gives up after two seconds, those
// that hold the workers do not.
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
    server {
        listen 127.0.0.1:%2;
        location = /stub { stub_status; }
        location = /pool {
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_NAME /status;
            fastcgi_param SCRIPT_FILENAME /status;
            fastcgi_pass 127.0.0.1:%4;
        }
        location / {
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_FILENAME %1/shop.php;
            fastcgi_read_timeout 60s;
            fastcgi_pass 127.0.0.1:%3;
        }
        location = /front {
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_FILENAME %1/shop.php;
            fastcgi_read_timeout 2s;
            fastcgi_pass 127.0.0.1:%3;
        }
    }
}
)");

// %1 port, %2 of nginx.
const QString kBalancer = QStringLiteral(R"(defaults
    mode http
    timeout connect 2s
    timeout client 30s
    timeout server 30s
listen shop
    bind 127.0.0.1:%1
    stats enable
    stats uri /stats
    server web1 127.0.0.1:%2 maxconn 8
)");

// %1 folder, %2 port, %3 where Debian keeps modules.
const QString kApache = QStringLiteral(R"(ServerRoot %1
ServerName localhost
PidFile %1/apache.pid
ErrorLog %1/apache.log
Listen 127.0.0.1:%2
LoadModule mpm_event_module %3/mod_mpm_event.so
LoadModule authz_core_module %3/mod_authz_core.so
LoadModule status_module %3/mod_status.so
<Location /server-status>
    SetHandler server-status
</Location>
)");

const QString kMonitors = QStringLiteral(
    "version: 1\n"
    "services:\n"
    "  - name: Shop\n"
    "    monitors:\n"
    "      - {name: Front, layer: edge, interval: 5s, http: {url: 'http://127.0.0.1:%1/front'}}\n"
    "    load: {nginx: 'http://127.0.0.1:%1/stub', php-fpm: 'http://127.0.0.1:%1/pool?json',\n"
    "           haproxy: 'http://127.0.0.1:%2/stats;csv', apache: "
    "'http://127.0.0.1:%3/server-status?auto'}\n");

const QString kApacheModules = QStringLiteral("/usr/lib/apache2/modules");

QString poolProgram()
{
    const QDir folder(QStringLiteral("/usr/sbin"));
    const auto programs = folder.entryList({QStringLiteral("php-fpm*")}, QDir::Files);
    return programs.isEmpty() ? QString() : folder.filePath(programs.first());
}

} // namespace

/// The load of real servers, read, stored and believed.
class LoadSourcesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everySourceIsStored();
    void anExhaustedPoolExplainsTheTimeOut();
    void theIncidentSaysSo();

private:
    QString file(const QString &name, const QString &text) const;
    bool startServers();
    void holdWorkers(int count);

    QTemporaryDir m_folder;
    LabProcess m_pool;
    LabProcess m_webServer;
    LabProcess m_balancer;
    LabProcess m_apache;
    LabProcess m_watching;
    Program m_program;
    quint16 m_port = LabProcess::freePort();
    std::vector<std::unique_ptr<QTcpSocket>> m_visitors;
};

QString LoadSourcesTest::file(const QString &name, const QString &text) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0 ? file.fileName() : QString();
}

bool LoadSourcesTest::startServers()
{
    const quint16 pool = LabProcess::freePort();
    const quint16 status = LabProcess::freePort();
    const quint16 balancer = LabProcess::freePort();
    const quint16 apache = LabProcess::freePort();
    const QString folder = m_folder.path();
    file(QStringLiteral("shop.php"), QStringLiteral("<?php sleep((int)($_GET['s'] ?? 0)); echo 'Basket';"));
    const QString yaml = kMonitors.arg(m_port).arg(balancer).arg(apache);
    return m_pool.start(poolProgram(),
                        {QStringLiteral("-n"), QStringLiteral("-R"), QStringLiteral("-F"),
                         QStringLiteral("-y"),
                         file(QStringLiteral("fpm.conf"), kPool.arg(folder).arg(pool).arg(status))}) &&
           m_pool.waitForPort(pool) &&
           m_webServer.start(LabProcess::find(QStringLiteral("nginx")),
                             {QStringLiteral("-p"), folder, QStringLiteral("-e"),
                              m_folder.filePath(QStringLiteral("error.log")), QStringLiteral("-c"),
                              file(QStringLiteral("nginx.conf"),
                                   kWebServer.arg(folder).arg(m_port).arg(pool).arg(status))}) &&
           m_webServer.waitForPort(m_port) &&
           m_balancer.start(LabProcess::find(QStringLiteral("haproxy")),
                            {QStringLiteral("-f"),
                             file(QStringLiteral("haproxy.cfg"), kBalancer.arg(balancer).arg(m_port))}) &&
           m_balancer.waitForPort(balancer) &&
           m_apache.start(
               LabProcess::find(QStringLiteral("apache2")),
               {QStringLiteral("-DFOREGROUND"), QStringLiteral("-f"),
                file(QStringLiteral("apache.conf"), kApache.arg(folder).arg(apache).arg(kApacheModules))}) &&
           m_apache.waitForPort(apache) &&
           m_program.run({QStringLiteral("apply"), file(QStringLiteral("shop.yaml"), yaml)}).exitCode == 0;
}

void LoadSourcesTest::initTestCase()
{
    for (const char *name : {"nginx", "haproxy", "apache2"})
        if (LabProcess::find(QString::fromLatin1(name)).isEmpty())
            QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(QLatin1String(name))));
    if (poolProgram().isEmpty())
        QSKIP("php-fpm is not installed");
    QVERIFY2(startServers(), qPrintable(m_pool.problem() + m_webServer.problem() + m_balancer.problem() +
                                        m_apache.problem()));
    QVERIFY(m_program.watch(&m_watching));
}

void LoadSourcesTest::holdWorkers(int count)
{
    for (int i = 0; i < count; ++i) {
        m_visitors.push_back(std::make_unique<QTcpSocket>());
        m_visitors.back()->connectToHost(QStringLiteral("127.0.0.1"), m_port);
        QVERIFY(m_visitors.back()->waitForConnected());
        m_visitors.back()->write("GET /hold?s=50 HTTP/1.0\r\nHost: localhost\r\n\r\n");
        QVERIFY(m_visitors.back()->waitForBytesWritten());
    }
}

void LoadSourcesTest::everySourceIsStored()
{
    const QString series = QStringLiteral(
        "SELECT DISTINCT name FROM v_load WHERE service = 'Shop' AND name IN ('nginx.connections.active', "
        "'php-fpm.workers.active', 'haproxy.sessions', 'apache.workers.idle') ORDER BY name");
    QVERIFY(m_program.waitForSql(
        series, {QStringLiteral("apache.workers.idle"), QStringLiteral("haproxy.sessions"),
                 QStringLiteral("nginx.connections.active"), QStringLiteral("php-fpm.workers.active")}));
    QCOMPARE(m_program.sql(QStringLiteral(
                 "SELECT DISTINCT value FROM v_load WHERE name = 'php-fpm.workers.active.limit'")),
             QStringList{QStringLiteral("3.0")});
}

void LoadSourcesTest::anExhaustedPoolExplainsTheTimeOut()
{
    QVERIFY(
        m_program.waitForSql(QStringLiteral("SELECT count(*) > 0 FROM v_recent_samples WHERE outcome = 'ok'"),
                             {QStringLiteral("1")}));
    holdWorkers(8);
    const Finished run =
        m_program.run({QStringLiteral("diagnose"), QStringLiteral("Shop/Front"), QStringLiteral("--json")});
    const QJsonObject found = QJsonDocument::fromJson(run.output.toUtf8()).object();
    QCOMPARE(found[u"status"].toInt(), 504);
    QVERIFY2(found[u"causes"][0][u"id"].toString() == QStringLiteral("overload"), qPrintable(run.output));
    const QString facts = QStringList(found[u"causes"][0][u"for"].toVariant().toStringList()).join(u'\n');
    QVERIFY2(facts.contains(QStringLiteral("PHP-FPM: 3 of 3 workers busy")), qPrintable(facts));
    QCOMPARE(found[u"failing"][u"id"].toString(), QStringLiteral("php-fpm"));
}

void LoadSourcesTest::theIncidentSaysSo()
{
    QVERIFY(m_program.waitForSql(
        QStringLiteral(
            "SELECT count(*) > 0 FROM diagnosis WHERE CAST(document AS TEXT) LIKE '%3 of 3 workers busy%'"),
        {QStringLiteral("1")}));
    QVERIFY(m_watching.stop());
}

QTEST_GUILESS_MAIN(LoadSourcesTest)
#include "tst_load_sources.moc"
