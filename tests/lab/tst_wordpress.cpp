// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labwordpress.h"
#include "tests/lab/support/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace backwatch;

namespace {

// %1 front, %2 port of nginx, %3 of the pool, %4 of its status page, %5 of the database, %6 of
// the name server, %7 name of the pool.
const QString kMonitors =
    QStringLiteral("version: 1\n"
                   "services:\n"
                   "  - name: Shop\n"
                   "    monitors:\n"
                   "      - {name: Front, layer: edge, http: {url: '%1'}, dependsOn: [MariaDB, PHP-FPM]}\n"
                   "      - {name: Kept, layer: edge, http: {url: '%1?kept'}}\n"
                   "      - {name: nginx, layer: web-server, http: {url: 'http://127.0.0.1:%2/alive'}}\n"
                   "      - {name: PHP-FPM, layer: runtime, fastcgi: {host: 127.0.0.1, port: %3}}\n"
                   "      - {name: Pool, layer: runtime, fastcgi: {host: 127.0.0.1, port: %4, path: /status, "
                   "expect: pool, statusPath: /status}}\n"
                   "      - {name: MariaDB, layer: database, mysql: {host: 127.0.0.1, port: %5}}\n"
                   "      - {name: Name of the pool, dns: {name: %7, type: A, resolver: '127.0.0.1:%6'}}\n");

} // namespace

/// Each part of a WordPress site is hurt in turn, and the program is asked who failed.
class WordPressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void databaseStopped();
    void databaseHangs();
    void poolStopped();
    void poolHangs();
    void poolExhausted();
    void nameOfPoolGone();
    void webServerStopped();
    void webServerHangs();
    void maintenance();
    void rateLimit();
    void storedErrorAfterRecovery();
    void cleanupTestCase();

private:
    void expect(const QString &fault, const QString &monitor, const QStringList &producers,
                const QString &layer, const QStringList &causes);

    LabWordPress m_site;
    Program m_program;
    QStringList m_table;
};

void WordPressTest::initTestCase()
{
    const QString missing = LabWordPress::missing();
    if (!missing.isEmpty())
        QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(missing)));
    QVERIFY2(m_site.start(), qPrintable(m_site.problem()));
    const QString file = m_program.write(QStringLiteral("shop.yaml"), kMonitors.arg(m_site.url())
                                                                          .arg(m_site.webServerPort())
                                                                          .arg(m_site.poolPort())
                                                                          .arg(m_site.poolStatusPort())
                                                                          .arg(m_site.database().port())
                                                                          .arg(m_site.nameServer().port())
                                                                          .arg(LabWordPress::poolName())
                                                                          .toUtf8());
    const Finished applied = m_program.run({QStringLiteral("apply"), file});
    QVERIFY2(applied.exitCode == 0, qPrintable(applied.error));
    const Finished healthy = m_program.run({QStringLiteral("diagnose"), QStringLiteral("Shop/Front")});
    QVERIFY2(healthy.exitCode == 1 && !healthy.crashed, // nothing to explain
             qPrintable(QString::number(healthy.exitCode) + healthy.output + healthy.error));
}

void WordPressTest::expect(const QString &fault, const QString &monitor, const QStringList &producers,
                           const QString &layer, const QStringList &causes)
{
    const Finished run = m_program.run({QStringLiteral("diagnose"), monitor, QStringLiteral("--json")});
    const QJsonObject found = QJsonDocument::fromJson(run.output.toUtf8()).object();
    const QString producer = found[u"producer"][u"id"].toString();
    const QString failing = found[u"failing"][u"layer"].toString();
    const QString first = found[u"causes"][0][u"id"].toString();
    const bool right = producers.contains(producer) && failing == layer && causes.contains(first);
    m_table += QStringLiteral("%1 %2 %3/%4 %5 %6")
                   .arg(fault, -28)
                   .arg(producer, -10)
                   .arg(failing, found[u"failing"][u"id"].toString(), first, right ? u"right" : u"WRONG");
    QVERIFY2(found[u"questions"].toArray().size() <= 11, qPrintable(run.output));
    QVERIFY2(right, qPrintable(m_table.last() + u'\n' + run.output + run.error));
}

void WordPressTest::databaseStopped()
{
    m_site.database().stop();
    expect(QStringLiteral("database stopped"), QStringLiteral("Shop/Front"), {QStringLiteral("wordpress")},
           QStringLiteral("database"), {QStringLiteral("database-down")});
    QVERIFY(m_site.startDatabase());
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::databaseHangs()
{
    {
        const Frozen frozen(m_site.database().process());
        expect(QStringLiteral("database hangs"), QStringLiteral("Shop/Front"), {QStringLiteral("varnish")},
               QStringLiteral("database"),
               {QStringLiteral("database-down"), QStringLiteral("upstream-timeout")});
    }
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::poolStopped()
{
    m_site.pool().stop();
    expect(QStringLiteral("PHP-FPM stopped"), QStringLiteral("Shop/Front"), {QStringLiteral("nginx")},
           QStringLiteral("runtime"), {QStringLiteral("upstream-refused")});
    QVERIFY(m_site.startPool());
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::poolHangs()
{
    {
        const Frozen frozen(m_site.pool());
        expect(QStringLiteral("PHP-FPM hangs"), QStringLiteral("Shop/Front"), {QStringLiteral("varnish")},
               QStringLiteral("runtime"), {QStringLiteral("upstream-timeout"), QStringLiteral("overload")});
    }
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::poolExhausted()
{
    LabProcess visitor;
    QVERIFY(visitor.start(LabProcess::find(QStringLiteral("curl")),
                          {QStringLiteral("-s"), QStringLiteral("-m"), QStringLiteral("60"),
                           QStringLiteral("http://127.0.0.1:%1/sleeping.php").arg(m_site.webServerPort())}));
    // From now on the only worker sleeps.
    QVERIFY(m_site.waitForStatus(503));
    expect(QStringLiteral("PHP-FPM pool exhausted"), QStringLiteral("Shop/Front"),
           {QStringLiteral("varnish")}, QStringLiteral("runtime"),
           {QStringLiteral("overload"), QStringLiteral("upstream-timeout")});
    visitor.stop();
    m_site.pool().stop();
    QVERIFY(m_site.startPool());
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::nameOfPoolGone()
{
    QVERIFY2(m_site.nameServer().start({}), qPrintable(m_site.problem()));
    QVERIFY(m_site.waitForStatus(502)); // nginx remembers the name for a second
    expect(QStringLiteral("name of PHP-FPM gone"), QStringLiteral("Shop/Front"), {QStringLiteral("nginx")},
           QStringLiteral("dns"), {QStringLiteral("upstream-unresolved")});
    QVERIFY2(m_site.nameServer().start({LabWordPress::poolName()}), qPrintable(m_site.problem()));
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::webServerStopped()
{
    m_site.webServer().stop();
    expect(QStringLiteral("nginx stopped"), QStringLiteral("Shop/Front"), {QStringLiteral("varnish")},
           QStringLiteral("web-server"), {QStringLiteral("upstream-refused")});
    QVERIFY(m_site.startWebServer());
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::webServerHangs()
{
    {
        const Frozen frozen(m_site.webServer());
        expect(QStringLiteral("nginx hangs"), QStringLiteral("Shop/Front"), {QStringLiteral("varnish")},
               QStringLiteral("web-server"), {QStringLiteral("upstream-timeout")});
    }
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::maintenance()
{
    QVERIFY(m_site.switchMaintenance(true));
    expect(QStringLiteral("maintenance file"), QStringLiteral("Shop/Front"), {QStringLiteral("wordpress")},
           QStringLiteral("application"), {QStringLiteral("maintenance")});
    QVERIFY(m_site.switchMaintenance(false));
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::rateLimit()
{
    QVERIFY(m_site.limitRequests(true));
    QVERIFY(m_site.waitForStatus(503)); // one request a minute is let through
    expect(QStringLiteral("rate limit in nginx"), QStringLiteral("Shop/Front"), {QStringLiteral("nginx")},
           QStringLiteral("web-server"), {QStringLiteral("rate-limited")});
    QVERIFY(m_site.limitRequests(false));
    QVERIFY(m_site.waitForStatus(200));
}

void WordPressTest::storedErrorAfterRecovery()
{
    m_site.database().stop();
    QVERIFY(m_site.waitForStatus(500, QStringLiteral("/wp-login.php?kept")));
    QVERIFY(m_site.startDatabase());
    QVERIFY(m_site.waitForStatus(200));
    expect(QStringLiteral("stored error after recovery"), QStringLiteral("Shop/Kept"),
           {QStringLiteral("wordpress"), QStringLiteral("varnish")}, QStringLiteral("cache"),
           {QStringLiteral("stored-error")});
}

void WordPressTest::cleanupTestCase()
{
    for (const auto &line : std::as_const(m_table))
        qInfo("%s", qPrintable(line));
}

QTEST_GUILESS_MAIN(WordPressTest)
#include "tst_wordpress.moc"
