// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labhaproxychain.h"
#include "tests/lab/support/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace backwatch;

namespace {

// %1 front, %2 port of Apache, %3 of gunicorn, %4 of PostgreSQL, %5 of the name server, %6 name of Apache.
const QString kMonitors = QStringLiteral(
    "version: 1\n"
    "services:\n"
    "  - name: Shop\n"
    "    monitors:\n"
    "      - {name: Front, layer: balancer, http: {url: '%1/'}, dependsOn: [Apache, gunicorn, PostgreSQL]}\n"
    "      - {name: Polite, layer: balancer, http: {url: '%1/polite'}}\n"
    "      - {name: Patient, layer: balancer, http: {url: '%1/patient'}}\n"
    "      - {name: Kept, layer: balancer, http: {url: '%1/kept'}}\n"
    "      - {name: Sticky, layer: balancer, http: {url: '%1/sticky'}}\n"
    "      - {name: Sleeping, layer: balancer, http: {url: '%1/sleeping'}}\n"
    "      - {name: Crashing, layer: balancer, http: {url: '%1/crashing'}}\n"
    "      - {name: Broken, layer: balancer, http: {url: '%1/broken'}}\n"
    "      - {name: Elsewhere, layer: balancer, http: {url: '%1/elsewhere'}}\n"
    "      - {name: Closed, layer: balancer, http: {url: '%1/closed'}}\n"
    "      - {name: Closed page, layer: balancer, http: {url: '%1/closedpage'}}\n"
    "      - {name: Limited, layer: balancer, http: {url: '%1/limited'}}\n"
    "      - {name: Limited as 503, layer: balancer, http: {url: '%1/limited503'}}\n"
    "      - {name: Apache, layer: web-server, http: {url: '%1/', connectTo: '127.0.0.1:%2'}}\n"
    "      - {name: gunicorn, layer: runtime, http: {url: 'http://127.0.0.1:%3/alive'}}\n"
    "      - {name: PostgreSQL, layer: database, postgresql: {host: 127.0.0.1, port: %4}}\n"
    "      - {name: Name of Apache, dns: {name: %6, type: A, resolver: '127.0.0.1:%5'}}\n");

const QString kRules =
    QStringLiteral("stick-table type ip size 100 expire 60s store http_req_rate(60s)\n"
                   "    http-request track-sc0 src\n"
                   "    acl often sc_http_req_rate(0) gt 1\n"
                   "    http-request return status 503 content-type text/html string "
                   "'<h1>Closed for maintenance</h1>' hdr Retry-After 1800 if { path /closed }\n"
                   "    http-request deny deny_status 429 if often { path /limited }\n"
                   "    http-request deny deny_status 503 if often { path /limited503 }\n"
                   "    use_backend closed if { path /closedpage }");
// %1 the page.
const QString kClosedBackend =
    QStringLiteral("backend closed\n    errorfile 503 '%1'\n    server web1 127.0.0.1:1 disabled");

/// What a diagnosis has to say. Several where they are the same from outside.
struct Verdict
{
    QString fault;
    QString monitor;
    QStringList producers;
    QStringList parts; ///< layer/id
    QStringList causes;
};

} // namespace

/// Each part of a site behind HAProxy is hurt in turn, and the program is asked who failed.
class HaproxyChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void databaseStopped();
    void databaseHangs();
    void singlePages();
    void runtimeStopped();
    void runtimeHangs();
    void workersExhausted();
    void workerTimesOut();
    void webServerStopped();
    void webServerHangs();
    void webServerRemembersFailure();
    void balancerStopped();
    void balancerHangs();
    void checksFindServerGone();
    void checksAreWrong();
    void queueTimesOut();
    void maintenanceOfProgram();
    void rulesOfBalancer();
    void nameGone();
    void storedErrorAfterRecovery();
    void cleanupTestCase();

private:
    /// Asks about all of them at once.
    void expect(const QList<Verdict> &verdicts);
    void compare(const Finished &run, const Verdict &verdict);
    void recover();

    LabHaproxyChain m_site;
    Program m_program;
    QStringList m_table;
};

void HaproxyChainTest::initTestCase()
{
    const QString missing = LabHaproxyChain::missing();
    if (!missing.isEmpty())
        QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(missing)));
    QVERIFY2(m_site.start(), qPrintable(m_site.problem()));
    const QString file =
        m_program.write(QStringLiteral("shop.yaml"), kMonitors.arg(m_site.url({}))
                                                         .arg(m_site.webServerPort())
                                                         .arg(m_site.runtimePort())
                                                         .arg(m_site.database().port())
                                                         .arg(m_site.nameServer().port())
                                                         .arg(LabHaproxyChain::webServerName())
                                                         .toUtf8());
    const Finished applied = m_program.run({QStringLiteral("apply"), file});
    QVERIFY2(applied.exitCode == 0, qPrintable(applied.error));
    const Finished healthy = m_program.run({QStringLiteral("diagnose"), QStringLiteral("Shop/Front")});
    QVERIFY2(healthy.exitCode == 1 && !healthy.crashed, // nothing to explain
             qPrintable(QString::number(healthy.exitCode) + healthy.output + healthy.error));
}

void HaproxyChainTest::expect(const QList<Verdict> &verdicts)
{
    QList<QStringList> arguments;
    for (const auto &verdict : verdicts)
        arguments += QStringList{QStringLiteral("diagnose"), QStringLiteral("Shop/") + verdict.monitor,
                                 QStringLiteral("--json")};
    const auto runs = m_program.runTogether(arguments);
    for (qsizetype i = 0; i < verdicts.size(); ++i)
        compare(runs[i], verdicts[i]);
}

void HaproxyChainTest::compare(const Finished &run, const Verdict &verdict)
{
    const QJsonObject found = QJsonDocument::fromJson(run.output.toUtf8()).object();
    const QString producer = found[u"producer"][u"id"].toString();
    const QString part = found[u"failing"][u"layer"].toString() + u'/' + found[u"failing"][u"id"].toString();
    const QString first = found[u"causes"][0][u"id"].toString();
    const bool right = verdict.producers.contains(producer) && verdict.parts.contains(part) &&
                       verdict.causes.contains(first);
    m_table += QStringLiteral("%1 %2 %3 %4 %5 %6")
                   .arg(verdict.fault, -34)
                   .arg(found[u"status"].toInt(), 3)
                   .arg(producer, -12)
                   .arg(part, -24)
                   .arg(first + u' ' + found[u"causes"][0][u"confidence"].toString(), -28)
                   .arg(right ? u"right" : u"WRONG");
    if (!right)
        qInfo("%s", qPrintable(run.output + run.error));
    QVERIFY2(found[u"questions"].toArray().size() <= 11, qPrintable(run.output));
    QVERIFY2(right, qPrintable(m_table.last()));
}

void HaproxyChainTest::recover()
{
    QVERIFY(m_site.waitForStatus(200));
}

void HaproxyChainTest::databaseStopped()
{
    m_site.database().stop();
    expect({{QStringLiteral("PostgreSQL stopped, exception"),
             QStringLiteral("Front"),
             {QStringLiteral("gunicorn")},
             {QStringLiteral("database/postgresql")},
             {QStringLiteral("database-down")}},
            {QStringLiteral("PostgreSQL stopped, own page"),
             QStringLiteral("Polite"),
             {QStringLiteral("application")},
             {QStringLiteral("database/postgresql")},
             {QStringLiteral("database-down")}}});
    QVERIFY2(m_site.startDatabase(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::databaseHangs()
{
    {
        const Frozen frozen(m_site.database().process());
        expect({{QStringLiteral("PostgreSQL hangs, Apache gives up"),
                 QStringLiteral("Front"),
                 {QStringLiteral("apache")},
                 {QStringLiteral("database/postgresql")},
                 {QStringLiteral("database-down")}},
                {QStringLiteral("PostgreSQL hangs, HAProxy gives up"),
                 QStringLiteral("Patient"),
                 {QStringLiteral("haproxy")},
                 {QStringLiteral("database/postgresql")},
                 {QStringLiteral("database-down")}}});
    }
    recover();
}

/// Every part works, and one page does not. The exception is the contrast to a database that is gone: the
/// page is the same.
void HaproxyChainTest::singlePages()
{
    const QStringList byProgram{QStringLiteral("application/unknown"), QStringLiteral("runtime/unknown")};
    expect({{QStringLiteral("exception in the program"),
             QStringLiteral("Broken"),
             {QStringLiteral("gunicorn")},
             {QStringLiteral("application/unknown")},
             {QStringLiteral("application-error")}},
            {QStringLiteral("worker of gunicorn crashes"),
             QStringLiteral("Crashing"),
             {QStringLiteral("apache")},
             byProgram,
             {QStringLiteral("upstream-closed")}},
            {QStringLiteral("name unknown to Apache"),
             QStringLiteral("Elsewhere"),
             {QStringLiteral("apache")},
             {QStringLiteral("dns/unknown")},
             {QStringLiteral("upstream-unresolved")}}});
    recover();
}

void HaproxyChainTest::runtimeStopped()
{
    m_site.runtime().stop();
    expect({{QStringLiteral("gunicorn stopped"),
             QStringLiteral("Front"),
             {QStringLiteral("apache")},
             {QStringLiteral("runtime/unknown")},
             {QStringLiteral("upstream-refused")}}});
    QVERIFY2(m_site.startRuntime(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::runtimeHangs()
{
    {
        const Frozen frozen(m_site.runtime());
        expect({{QStringLiteral("gunicorn hangs"),
                 QStringLiteral("Front"),
                 {QStringLiteral("apache")},
                 {QStringLiteral("runtime/unknown")},
                 {QStringLiteral("upstream-timeout"), QStringLiteral("overload")}}});
    }
    recover();
}

void HaproxyChainTest::workersExhausted()
{
    LabProcess first;
    LabProcess second;
    QVERIFY(m_site.sendVisitor(&first, m_site.runtimePort()) &&
            m_site.sendVisitor(&second, m_site.runtimePort()));
    QVERIFY(m_site.waitForStatus(502)); // from now on both workers sleep
    expect({{QStringLiteral("workers of gunicorn exhausted"),
             QStringLiteral("Front"),
             {QStringLiteral("apache")},
             {QStringLiteral("runtime/unknown")},
             {QStringLiteral("upstream-timeout"), QStringLiteral("overload")}}});
    m_site.runtime().stop();
    QVERIFY2(m_site.startRuntime(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::workerTimesOut()
{
    m_site.runtime().stop();
    QVERIFY2(m_site.startRuntime(1), qPrintable(m_site.problem()));
    expect({{QStringLiteral("gunicorn kills its slow worker"),
             QStringLiteral("Sleeping"),
             {QStringLiteral("apache")},
             {QStringLiteral("application/unknown"), QStringLiteral("runtime/unknown")},
             {QStringLiteral("upstream-closed"), QStringLiteral("upstream-timeout")}}});
    m_site.runtime().stop();
    QVERIFY2(m_site.startRuntime(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::webServerStopped()
{
    m_site.webServer().stop();
    expect({{QStringLiteral("Apache stopped"),
             QStringLiteral("Front"),
             {QStringLiteral("haproxy")},
             {QStringLiteral("web-server/unknown")},
             {QStringLiteral("upstream-refused")}}});
    QVERIFY2(m_site.startWebServer(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::webServerHangs()
{
    {
        const Frozen frozen(m_site.webServer());
        expect({{QStringLiteral("Apache hangs"),
                 QStringLiteral("Front"),
                 {QStringLiteral("haproxy")},
                 {QStringLiteral("web-server/unknown")},
                 {QStringLiteral("upstream-timeout")}}});
    }
    recover();
}

/// gunicorn is back, and Apache goes on as if it were not.
void HaproxyChainTest::webServerRemembersFailure()
{
    m_site.runtime().stop();
    QVERIFY(m_site.waitForStatus(503, QStringLiteral("/sticky")));
    QVERIFY2(m_site.startRuntime(), qPrintable(m_site.problem()));
    recover();
    expect({{QStringLiteral("Apache remembers the failure"),
             QStringLiteral("Sticky"),
             {QStringLiteral("apache")},
             {QStringLiteral("web-server/apache")},
             {QStringLiteral("upstream-unhealthy")}}});
}

void HaproxyChainTest::balancerStopped()
{
    m_site.balancer().stop();
    expect({{QStringLiteral("HAProxy stopped"),
             QStringLiteral("Front"),
             {QStringLiteral("unknown")},
             {QStringLiteral("balancer/unknown")},
             {QStringLiteral("upstream-refused")}}});
    QVERIFY2(m_site.startBalancer(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::balancerHangs()
{
    {
        const Frozen frozen(m_site.balancer());
        expect({{QStringLiteral("HAProxy hangs"),
                 QStringLiteral("Front"),
                 {QStringLiteral("unknown")},
                 {QStringLiteral("balancer/unknown")},
                 {QStringLiteral("overload"), QStringLiteral("upstream-timeout")}}});
    }
    recover();
}

void HaproxyChainTest::checksFindServerGone()
{
    QVERIFY2(m_site.startBalancer({{},
                                   QStringLiteral("option httpchk GET /health"),
                                   QStringLiteral("check inter 200ms fall 1 rise 1"),
                                   {}}),
             qPrintable(m_site.problem()));
    m_site.webServer().stop();
    QVERIFY(m_site.waitForStatus(503));
    expect({{QStringLiteral("Apache stopped, HAProxy checks"),
             QStringLiteral("Front"),
             {QStringLiteral("haproxy")},
             {QStringLiteral("web-server/unknown")},
             {QStringLiteral("upstream-refused"), QStringLiteral("upstream-unhealthy")}}});
    QVERIFY2(m_site.startWebServer(), qPrintable(m_site.problem()));
    recover();
}

/// Apache works, but for the page that HAProxy asks for.
void HaproxyChainTest::checksAreWrong()
{
    QVERIFY(m_site.switchHealthFile(false));
    QVERIFY(m_site.waitForStatus(503));
    expect({{QStringLiteral("HAProxy's check fails alone"),
             QStringLiteral("Front"),
             {QStringLiteral("haproxy")},
             {QStringLiteral("balancer/haproxy")},
             {QStringLiteral("upstream-unhealthy")}}});
    QVERIFY(m_site.switchHealthFile(true));
    recover();
}

void HaproxyChainTest::queueTimesOut()
{
    QVERIFY(
        m_site.startBalancer({{}, QStringLiteral("timeout server 60s"), QStringLiteral("maxconn 1"), {}}));
    LabProcess visitor;
    QVERIFY(m_site.sendVisitor(&visitor, m_site.balancerPort()));
    QVERIFY(m_site.waitForStatus(503)); // from now on he has the only place
    expect({{QStringLiteral("queue of HAProxy timed out"),
             QStringLiteral("Front"),
             {QStringLiteral("haproxy")},
             {QStringLiteral("balancer/haproxy")},
             {QStringLiteral("overload")}}});
    visitor.stop();
    m_site.runtime().stop(); // his worker sleeps on
    QVERIFY2(m_site.startRuntime(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::maintenanceOfProgram()
{
    QVERIFY2(m_site.startBalancer(), qPrintable(m_site.problem()));
    QVERIFY(m_site.switchMaintenance(true));
    expect({{QStringLiteral("maintenance by the program"),
             QStringLiteral("Front"),
             {QStringLiteral("application")},
             {QStringLiteral("application/unknown"), QStringLiteral("application/application")},
             {QStringLiteral("maintenance")}}});
    QVERIFY(m_site.switchMaintenance(false));
    recover();
}

/// What an admin tells HAProxy to say. The errorfile is the way of old: the page for when it has no server,
/// with words of one's own. A denial as 503 is HAProxy's page without a server; only that all is well behind
/// it tells more.
void HaproxyChainTest::rulesOfBalancer()
{
    const QString page =
        m_program.write(QStringLiteral("closed.http"),
                        "HTTP/1.0 503 Service Unavailable\r\nCache-Control: no-cache\r\n"
                        "Connection: close\r\nContent-Type: text/html\r\nRetry-After: 1800\r\n\r\n"
                        "<html><body><h1>Closed for maintenance</h1></body></html>\n");
    QVERIFY2(m_site.startBalancer({kRules, {}, {}, {}, kClosedBackend.arg(page)}),
             qPrintable(m_site.problem()));
    QVERIFY(m_site.waitForStatus(429, QStringLiteral("/limited"))); // one request a minute is let through
    const QStringList haproxy{QStringLiteral("haproxy")};
    const QStringList itself{QStringLiteral("balancer/haproxy")};
    expect({{QStringLiteral("maintenance by http-request return"),
             QStringLiteral("Closed"),
             haproxy,
             itself,
             {QStringLiteral("maintenance")}},
            {QStringLiteral("maintenance page of HAProxy"),
             QStringLiteral("Closed page"),
             haproxy,
             itself,
             {QStringLiteral("maintenance")}},
            {QStringLiteral("rate limit in HAProxy, 429"),
             QStringLiteral("Limited"),
             haproxy,
             itself,
             {QStringLiteral("rate-limited")}},
            {QStringLiteral("rate limit in HAProxy, 503"),
             QStringLiteral("Limited as 503"),
             haproxy,
             itself,
             {QStringLiteral("rate-limited"), QStringLiteral("upstream-unhealthy")}}});
}

void HaproxyChainTest::nameGone()
{
    QVERIFY2(m_site.startBalancer({{},
                                   {},
                                   QStringLiteral("check inter 200ms resolvers lab resolve-prefer ipv4 "
                                                  "init-addr none"),
                                   LabHaproxyChain::webServerName()}),
             qPrintable(m_site.problem()));
    recover();
    QVERIFY2(m_site.nameServer().start({}), qPrintable(m_site.problem()));
    QVERIFY(m_site.waitForStatus(503));
    expect({{QStringLiteral("name of Apache gone"),
             QStringLiteral("Front"),
             {QStringLiteral("haproxy")},
             {QStringLiteral("dns/unknown")},
             {QStringLiteral("upstream-unresolved")}}});
    QVERIFY2(m_site.nameServer().start({LabHaproxyChain::webServerName()}), qPrintable(m_site.problem()));
    recover();
    QVERIFY2(m_site.startBalancer(), qPrintable(m_site.problem()));
    recover();
}

void HaproxyChainTest::storedErrorAfterRecovery()
{
    m_site.database().stop();
    QVERIFY(m_site.waitForStatus(500, QStringLiteral("/kept")));
    QVERIFY2(m_site.startDatabase(), qPrintable(m_site.problem()));
    recover();
    expect({{QStringLiteral("stored error after recovery"),
             QStringLiteral("Kept"),
             {QStringLiteral("application")},
             {QStringLiteral("cache/unknown")},
             {QStringLiteral("stored-error")}}});
}

void HaproxyChainTest::cleanupTestCase()
{
    for (const auto &line : std::as_const(m_table))
        qInfo("%s", qPrintable(line));
}

QTEST_GUILESS_MAIN(HaproxyChainTest)
#include "tst_haproxy_chain.moc"
