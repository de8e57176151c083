// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labhaproxychain.h"

#include "tests/lab/support/program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QtTest>

namespace backwatch {

namespace {

const QString kModules = QStringLiteral("/usr/lib/apache2/modules");

// %1 folder, %2 port, %3 port of the program. The one member behind /sticky stays in its error state, and
// /patient outlasts HAProxy. The name of /elsewhere is longer than names may be, so it is looked up nowhere.
const QString kWebServer = QStringLiteral(R"(ServerRoot %1
ServerName shop.example
PidFile %1/apache.pid
ErrorLog %1/apache.log
Listen 127.0.0.1:%2
User www-data
Group www-data
StartServers 1
LoadModule mpm_event_module %4/mod_mpm_event.so
LoadModule authz_core_module %4/mod_authz_core.so
LoadModule proxy_module %4/mod_proxy.so
LoadModule proxy_http_module %4/mod_proxy_http.so
LoadModule proxy_balancer_module %4/mod_proxy_balancer.so
LoadModule lbmethod_byrequests_module %4/mod_lbmethod_byrequests.so
LoadModule slotmem_shm_module %4/mod_slotmem_shm.so
LoadModule cache_module %4/mod_cache.so
LoadModule cache_disk_module %4/mod_cache_disk.so
DocumentRoot %1/files
CacheRoot %1/cache
CacheEnable disk /kept
ProxyTimeout 2
ProxyPass /health !
<Proxy balancer://sticky>
    BalancerMember http://localhost:%3 retry=600
    ProxySet forcerecovery=Off
</Proxy>
ProxyPass /sticky balancer://sticky/polite
ProxyPass /patient http://127.0.0.1:%3/patient timeout=30
ProxyPass /sleeping http://127.0.0.1:%3/sleeping timeout=30
ProxyPass /elsewhere http://%5.example/
ProxyPass / http://127.0.0.1:%3/ retry=0
)");

// %1 port, %2 rules, %3 lines of the backend, %4 the server, %5 port of the name server, %6 more.
const QString kBalancer = QStringLiteral(R"(global
    maxconn 200
defaults
    mode http
    timeout connect 1s
    timeout client 30s
    timeout server 4s
    timeout queue 1s
resolvers lab
    nameserver own 127.0.0.1:%5
    resolve_retries 1
    timeout resolve 200ms
    timeout retry 200ms
    hold valid 200ms
    hold nx 0s
    hold obsolete 0s
    hold refused 0s
frontend shop
    bind 127.0.0.1:%1
    %2
    default_backend web
backend web
    %3
    server web1 %4
%6
)");

bool write(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) == text.toUtf8().size();
}

/// Apache's workers are another user than the one who runs the test.
bool makeFolder(const QString &path)
{
    return QDir().mkpath(path) && QFile::setPermissions(path, QFile::Permissions(0x7777));
}

} // namespace

QString LabHaproxyChain::missing()
{
    for (const auto &name : {QStringLiteral("haproxy"), QStringLiteral("apache2"), QStringLiteral("gunicorn"),
                             QStringLiteral("dnsmasq"), QStringLiteral("curl")})
        if (LabProcess::find(name).isEmpty())
            return name;
    return LabPostgres::installed() ? QString() : QStringLiteral("postgresql");
}

bool LabHaproxyChain::keep(bool good, const QString &problem)
{
    if (!good)
        m_problem = problem;
    return good;
}

bool LabHaproxyChain::start()
{
    return keep(makeFolder(m_folder.path()) && makeFolder(path(QStringLiteral("cache"))) &&
                    makeFolder(path(QStringLiteral("files"))) && switchHealthFile(true),
                QStringLiteral("The files of the site could not be written.")) &&
           m_database.start() && startRuntime() && startWebServer() &&
           m_nameServer.start({webServerName()}) && startBalancer() &&
           keep(waitForStatus(200), QStringLiteral("The site does not answer."));
}

bool LabHaproxyChain::startRuntime(int timeout)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(
        QStringLiteral("SHOP_DATABASE"),
        QStringLiteral("host=127.0.0.1 port=%1 user=shop password=basket dbname=postgres sslmode=disable")
            .arg(m_database.port()));
    environment.insert(QStringLiteral("SHOP_MAINTENANCE"), path(QStringLiteral("maintenance")));
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    return keep(
        m_runtime.start(LabProcess::find(QStringLiteral("gunicorn")),
                        {QStringLiteral("--bind"), QStringLiteral("127.0.0.1:%1").arg(m_runtimePort),
                         QStringLiteral("--workers"), QStringLiteral("2"), QStringLiteral("--timeout"),
                         QString::number(timeout), QStringLiteral("--graceful-timeout"), QStringLiteral("1"),
                         QStringLiteral("--worker-tmp-dir"), m_folder.path(), QStringLiteral("--pythonpath"),
                         QStringLiteral(BACKWATCH_LAB_SUPPORT), QStringLiteral("shop:application")},
                        environment) &&
            m_runtime.waitForPort(m_runtimePort),
        m_runtime.problem());
}

bool LabHaproxyChain::startWebServer()
{
    const QString file = path(QStringLiteral("apache.conf"));
    const QString tooLong(64, u'x');
    return keep(
        write(
            file,
            kWebServer.arg(m_folder.path()).arg(m_webServerPort).arg(m_runtimePort).arg(kModules, tooLong)) &&
            m_webServer.start(LabProcess::find(QStringLiteral("apache2")),
                              {QStringLiteral("-f"), file, QStringLiteral("-DFOREGROUND")}) &&
            m_webServer.waitForPort(m_webServerPort),
        m_webServer.problem());
}

bool LabHaproxyChain::startBalancer(const Balancing &balancing)
{
    m_balancer.stop();
    const QString file = path(QStringLiteral("haproxy.cfg"));
    const QString host = balancing.host.isEmpty() ? QStringLiteral("127.0.0.1") : balancing.host;
    const QString server = QStringLiteral("%1:%2 %3").arg(host).arg(m_webServerPort).arg(balancing.server);
    return keep(write(file, kBalancer.arg(m_balancerPort)
                                .arg(balancing.rules, balancing.backend, server)
                                .arg(m_nameServer.port())
                                .arg(balancing.sections)) &&
                    m_balancer.start(LabProcess::find(QStringLiteral("haproxy")),
                                     {QStringLiteral("-db"), QStringLiteral("-f"), file}) &&
                    m_balancer.waitForPort(m_balancerPort),
                m_balancer.problem());
}

QString LabHaproxyChain::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_balancerPort).arg(path);
}

bool LabHaproxyChain::waitForStatus(int status, const QString &path) const
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 30'000;) {
        const Finished asked = runToEnd(QStringLiteral("curl"),
                                        {QStringLiteral("-s"), QStringLiteral("-m"), QStringLiteral("10"),
                                         QStringLiteral("-o"), QStringLiteral("/dev/null"),
                                         QStringLiteral("-w"), QStringLiteral("%{http_code}"), url(path)});
        if (asked.output.toInt() == status)
            return true;
        QTest::qWait(50);
    }
    return false;
}

bool LabHaproxyChain::sendVisitor(LabProcess *visitor, quint16 port) const
{
    return visitor->start(LabProcess::find(QStringLiteral("curl")),
                          {QStringLiteral("-s"), QStringLiteral("-m"), QStringLiteral("60"),
                           QStringLiteral("http://127.0.0.1:%1/sleeping").arg(port)});
}

bool LabHaproxyChain::switchHealthFile(bool there)
{
    const QString file = path(QStringLiteral("files/health"));
    return there ? write(file, QStringLiteral("well\n")) &&
                       QFile::setPermissions(file, QFile::Permissions(0x6644))
                 : QFile::remove(file);
}

bool LabHaproxyChain::switchMaintenance(bool on)
{
    const QString file = path(QStringLiteral("maintenance"));
    return on ? write(file, QStringLiteral("\n")) : QFile::remove(file);
}

} // namespace backwatch
