// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labnetwork.h"
#include "tests/lab/support/program.h"

#include <QFile>
#include <QtTest>

using namespace backwatch;

namespace {

// %1 folder.
const QString kServer = QStringLiteral(R"(daemon off;
user root;
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
    server { listen 8080; location / { return 200 "fine\n"; } }
}
)");

const QByteArray kMonitors = "version: 1\n"
                             "defaults: {interval: 1s, timeout: 1s, retries: 1, retryInterval: 1s}\n"
                             "network: {witnesses: [{scope: lan, host: 10.77.0.1, port: 53}]}\n"
                             "monitors:\n"
                             "  - {name: One, http: {url: \"http://10.77.0.11:8080/\"}}\n"
                             "  - {name: Two, tcp: {host: 10.77.0.12, port: 8080}}\n"
                             "  - {name: Three, ping: {host: 10.77.0.11, count: 1}}\n";

const QString kCount = QStringLiteral("SELECT count(*) FROM ");
// Numbers of State and Outcome; see resources/schema.
const QString kDown = QStringLiteral("state_interval WHERE state IN (4, 5)");
const QString kIncidents = QStringLiteral("incident");

} // namespace

/// The real program in a network of its own whose cable can be cut.
class OwnNetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aCutOfItsOwnIsNobodysOutage_data();
    void aCutOfItsOwnIsNobodysOutage();
    void aTargetThatIsCutOffIsDown();

private:
    bool waitForGood(int each);
    int number(const QString &from) const { return m_program.sql(kCount + from).value(0).toInt(); }

    LabNetwork m_network;
    Program m_program;
    LabProcess m_server;
    LabProcess m_watching;
};

/// So many good answers of every monitor from now on.
bool OwnNetworkTest::waitForGood(int each)
{
    const QString last = m_program.sql(QStringLiteral("SELECT coalesce(max(id), 0) FROM sample")).value(0);
    return m_program.waitForSql(QStringLiteral("SELECT count(*) >= 3 FROM (SELECT monitor_id FROM sample "
                                               "WHERE outcome = 0 AND state = 1 AND id > "
                                               "%1 GROUP BY monitor_id HAVING count(*) >= %2)")
                                    .arg(last)
                                    .arg(each),
                                {QStringLiteral("1")});
}

void OwnNetworkTest::initTestCase()
{
    if (!m_network.problem().isEmpty())
        QSKIP(qPrintable(m_network.problem()));
    for (const char *needed : {"nginx", "sqlite3"})
        if (LabProcess::find(QString::fromLatin1(needed)).isEmpty())
            QSKIP("nginx or sqlite3 is not installed (packaging/quickstart deps installs them)");
    const QString folder = QFileInfo(m_program.filePath(QStringLiteral("x"))).path();
    const QString configuration = m_program.write(QStringLiteral("nginx.conf"), kServer.arg(folder).toUtf8());
    QVERIFY2(m_server.start(QStringLiteral("ip"),
                            m_network.there().mid(1) + QStringList{LabProcess::find(QStringLiteral("nginx")),
                                                                   QStringLiteral("-p"), folder,
                                                                   QStringLiteral("-e"),
                                                                   folder + QStringLiteral("/error.log"),
                                                                   QStringLiteral("-c"), configuration}),
             qPrintable(m_server.problem()));
    const auto applied =
        m_program.run({QStringLiteral("apply"), m_program.write(QStringLiteral("m.yaml"), kMonitors)});
    QVERIFY2(applied.exitCode == 0, qPrintable(applied.error));
    QVERIFY2(m_program.watch(&m_watching, m_network.here()), qPrintable(m_watching.problem()));
    QVERIFY2(waitForGood(3), m_watching.output().constData());
}

void OwnNetworkTest::aCutOfItsOwnIsNobodysOutage_data()
{
    using Cut = bool (LabNetwork::*)(bool);
    QTest::addColumn<Cut>("cut");
    QTest::newRow("its link is switched off") << Cut(&LabNetwork::switchOwnLink);
    QTest::newRow("nothing is at the other end of the cable") << Cut(&LabNetwork::pullOtherEnd);
    QTest::newRow("the link is up, but nobody answers") << Cut(&LabNetwork::silenceEverybody);
}

void OwnNetworkTest::aCutOfItsOwnIsNobodysOutage()
{
    using Cut = bool (LabNetwork::*)(bool);
    QFETCH(Cut, cut);
    const int downBefore = number(kDown);
    const int incidentsBefore = number(kIncidents);
    const int lostBefore = number(QStringLiteral("sample WHERE outcome = 25"));
    QVERIFY((m_network.*cut)(false));
    // Far longer than a failure takes to be confirmed.
    QVERIFY2(m_program.waitForSql(
                 QStringLiteral("SELECT count(*) >= %1 FROM sample WHERE outcome = 25").arg(lostBefore + 9),
                 {QStringLiteral("1")}),
             m_watching.output().constData());
    QCOMPARE(number(QStringLiteral(
                 "(SELECT monitor_id FROM state_interval WHERE state = 0 AND ended_at IS NULL)")),
             3);
    QVERIFY((m_network.*cut)(true));
    QVERIFY(waitForGood(2));
    QCOMPARE(number(kDown), downBefore);
    QCOMPARE(number(kIncidents), incidentsBefore);
}

void OwnNetworkTest::aTargetThatIsCutOffIsDown()
{
    const QString one = QStringLiteral("10.77.0.11");
    QVERIFY(m_network.silence(one, false));
    const QString down =
        QStringLiteral("SELECT m.name FROM state_interval s JOIN monitor m ON m.id = s.monitor_id WHERE "
                       "s.state = 4 AND s.ended_at IS NULL ORDER BY m.name");
    QVERIFY(m_program.waitForSql(down, {QStringLiteral("One"), QStringLiteral("Three")}));
    QCOMPARE(m_program.sql(QStringLiteral(
                 "SELECT m.name FROM incident i JOIN monitor m ON m.id = i.monitor_id ORDER BY 1")),
             (QStringList{QStringLiteral("One"), QStringLiteral("Three")}));
    QVERIFY(m_network.silence(one, true));
    QVERIFY(waitForGood(2));
    QCOMPARE(number(QStringLiteral("incident WHERE closed_at IS NULL")), 0);
}

QTEST_GUILESS_MAIN(OwnNetworkTest)
#include "tst_own_network.moc"
