// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/support/labservers.h"
#include "tests/lab/support/program.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

#include <zstd.h>

#include <memory>

using namespace backwatch;

namespace {

QByteArray decompressed(const QByteArray &packed)
{
    const auto size = ZSTD_getFrameContentSize(packed.constData(), static_cast<std::size_t>(packed.size()));
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > 16'000'000)
        return {};
    QByteArray plain(static_cast<qsizetype>(size), Qt::Uninitialized);
    const auto written = ZSTD_decompress(plain.data(), static_cast<std::size_t>(plain.size()),
                                         packed.constData(), static_cast<std::size_t>(packed.size()));
    return ZSTD_isError(written) ? QByteArray() : plain;
}

QJsonObject responseOf(const QByteArray &har)
{
    const QJsonArray entries = QJsonDocument::fromJson(har).object()[u"log"].toObject()[u"entries"].toArray();
    return entries.last().toObject()[u"response"].toObject();
}

/// ["up", "up", "suspect", "down"] → "up suspect down"
QString withoutRepeats(QStringList words)
{
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words.join(u' ');
}

} // namespace

/// A website as many are: nginx behind Varnish. nginx stops and comes back.
class VarnishNginxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void healthySiteIsUp();
    void lookingInHarmsNothing();
    void stoppedBackendOpensAnIncident();
    void returningBackendClosesIt();
    void terminationIsClean();
    void samplesTellTheStory();
    void incidentNamesVarnishAndItsMark();
    void evidenceHoldsBothExchanges();
    void historyPrintsTheSamples();

private:
    QByteArray har(const QString &role) const;

    Program m_program;
    LabNginx m_nginx;
    LabVarnish m_varnish;
    std::unique_ptr<LabProcess> m_watching = std::make_unique<LabProcess>();
};

void VarnishNginxTest::initTestCase()
{
    if (!LabNginx::installed() || !LabVarnish::installed() ||
        LabProcess::find(QStringLiteral("sqlite3")).isEmpty())
        QSKIP("nginx, varnish or sqlite3 is not installed (packaging/quickstart deps installs them)");
    QVERIFY2(m_nginx.start(), qPrintable(m_nginx.problem()));
    QVERIFY2(m_varnish.start(m_nginx.port()), qPrintable(m_varnish.problem()));

    const QString file =
        m_program.write(QStringLiteral("monitors.yaml"),
                        monitorsFile({{QStringLiteral("Front page"), m_varnish.url()}},
                                     "interval: 1s, timeout: 5s, retries: 2, retryInterval: 1s"));
    const Finished applied = m_program.run({QStringLiteral("apply"), file});
    QVERIFY2(applied.exitCode == 0, qPrintable(applied.error));
    QVERIFY2(applied.output.contains(QStringLiteral("+ Shop/Front page")), qPrintable(applied.output));
    const Finished again = m_program.run({QStringLiteral("apply"), file});
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(again.output, QString());
}

void VarnishNginxTest::healthySiteIsUp()
{
    const Finished byUrl = m_program.run({QStringLiteral("check"), m_varnish.url()});
    QVERIFY2(byUrl.exitCode == 0, qPrintable(byUrl.output + byUrl.error));
    QVERIFY2(byUrl.output.startsWith(QStringLiteral("OK - ")), qPrintable(byUrl.output));
    QCOMPARE(m_program.run({QStringLiteral("check"), QStringLiteral("Front page")}).exitCode, 0);
    QCOMPARE(m_program.run({QStringLiteral("check"), QStringLiteral("Shop/Front page")}).exitCode, 0);

    QVERIFY2(m_program.watch(m_watching.get()), qPrintable(m_watching->problem()));
    QVERIFY(m_program.waitForSql(QStringLiteral("SELECT count(*) >= 3 FROM sample WHERE http_status = 200"),
                                 {QStringLiteral("1")}));
    QCOMPARE(m_program.sql(QStringLiteral("SELECT count(*) FROM incident")),
             QStringList{QStringLiteral("0")});
}

/// Somebody opens the database in another program and closes it again. Were the locks on it lost, that would
/// take the write-ahead log away under this one, and with it everything that is written from then on.
void VarnishNginxTest::lookingInHarmsNothing()
{
    const QString count = QStringLiteral("SELECT count(*) FROM sample");
    const int before = m_program.sql(count).value(0).toInt();
    QVERIFY(m_program.waitForSql(QStringLiteral("SELECT count(*) > %1 FROM sample").arg(before + 2),
                                 {QStringLiteral("1")}));
    const QDir descriptors(QStringLiteral("/proc/%1/fd").arg(m_watching->pid()));
    const QStringList names = descriptors.entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names) {
        const QString target = QFile::symLinkTarget(descriptors.filePath(name));
        QVERIFY2(!(target.contains(QStringLiteral("-wal")) && target.endsWith(QStringLiteral("(deleted)"))),
                 qPrintable(target));
    }
}

void VarnishNginxTest::stoppedBackendOpensAnIncident()
{
    QVERIFY(m_nginx.stop());
    QVERIFY(m_program.waitForSql(QStringLiteral("SELECT count(*) FROM v_incidents WHERE closed_at IS NULL"),
                                 {QStringLiteral("1")}));

    const Finished checked = m_program.run({QStringLiteral("check"), m_varnish.url()});
    QCOMPARE(checked.exitCode, 2);
    QVERIFY2(checked.output.contains(QStringLiteral("503")), qPrintable(checked.output));
    const Finished json = m_program.run({QStringLiteral("check"), m_varnish.url(), QStringLiteral("--json")});
    QCOMPARE(json.exitCode, 2);
    const QJsonObject answer = QJsonDocument::fromJson(json.output.toUtf8()).object();
    QCOMPARE(answer[u"outcome"].toString(), QStringLiteral("http-status"));
    QCOMPARE(answer[u"httpStatus"].toInt(), 503);
}

void VarnishNginxTest::returningBackendClosesIt()
{
    QVERIFY2(m_nginx.start(), qPrintable(m_nginx.problem()));
    QVERIFY(
        m_program.waitForSql(QStringLiteral("SELECT count(*) FROM v_incidents WHERE closed_at IS NOT NULL"),
                             {QStringLiteral("1")}));
}

void VarnishNginxTest::terminationIsClean()
{
    QVERIFY2(m_watching->stop(), "SIGTERM was not enough");
    QVERIFY2(!m_watching->crashed(), m_watching->output().constData());
    QCOMPARE(m_watching->exitCode(), 0);
    QCOMPARE(m_program.sql(QStringLiteral("PRAGMA integrity_check")), QStringList{QStringLiteral("ok")});
}

void VarnishNginxTest::samplesTellTheStory()
{
    const QStringList failed = m_program.sql(QStringLiteral(
        "SELECT DISTINCT o.id || ' ' || s.http_status FROM sample s JOIN outcome o ON o.number = s.outcome "
        "WHERE s.http_status <> 200"));
    QCOMPARE(failed, QStringList{QStringLiteral("http-status 503")});
    const QStringList states = m_program.sql(
        QStringLiteral("SELECT t.id FROM sample s JOIN state t ON t.number = s.state ORDER BY s.started_at"));
    QCOMPARE(withoutRepeats(states), QStringLiteral("up suspect down up"));
    QCOMPARE(states.count(QStringLiteral("suspect")), 2); // the first failure and one of its two retries
    const QStringList intervals = m_program.sql(QStringLiteral(
        "SELECT t.id FROM state_interval i JOIN state t ON t.number = i.state ORDER BY i.started_at"));
    QCOMPARE(intervals.join(u' '), QStringLiteral("up down up"));
}

void VarnishNginxTest::incidentNamesVarnishAndItsMark()
{
    QCOMPARE(m_program.sql(QStringLiteral("SELECT monitor, outcome, http_status, producer, duration_s > 0 "
                                          "FROM v_incidents")),
             QStringList{QStringLiteral("Front page|http-status|503|varnish|1")});
    // It began with the first failing sample and ended with the first good one after it.
    QCOMPARE(m_program.sql(QStringLiteral(
                 "SELECT opened_at = (SELECT min(started_at) FROM sample WHERE http_status = 503), "
                 "closed_at = (SELECT min(started_at) FROM sample WHERE http_status = 200 AND started_at > "
                 "opened_at) "
                 "FROM incident")),
             QStringList{QStringLiteral("1|1")});

    // The mark is the one on the page that opened the incident, not on a later one.
    static const QRegularExpression mark(QStringLiteral("XID: ([0-9]+)"));
    const QString page = responseOf(har(QStringLiteral("failed")))[u"content"].toObject()[u"text"].toString();
    const QRegularExpressionMatch match = mark.match(page);
    QVERIFY2(match.hasMatch(), qPrintable(page));
    QCOMPARE(m_program.sql(QStringLiteral("SELECT value FROM incident_reference WHERE kind = 'xid'")),
             QStringList{match.captured(1)});
}

void VarnishNginxTest::evidenceHoldsBothExchanges()
{
    QCOMPARE(m_program.sql(QStringLiteral("SELECT role FROM evidence ORDER BY role")),
             (QStringList{QStringLiteral("failed"), QStringLiteral("last-good")}));
    QCOMPARE(m_program.sql(QStringLiteral("SELECT DISTINCT hex(substr(har, 1, 4)) FROM evidence")),
             QStringList{QStringLiteral("28B52FFD")}); // a zstd frame
    QCOMPARE(responseOf(har(QStringLiteral("failed")))[u"status"].toInt(), 503);
    QCOMPARE(responseOf(har(QStringLiteral("last-good")))[u"status"].toInt(), 200);
}

void VarnishNginxTest::historyPrintsTheSamples()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Finished printed =
        m_program.run({QStringLiteral("history"), QStringLiteral("Front page"), QStringLiteral("--from"),
                       now.addSecs(-3600).toString(Qt::ISODate), QStringLiteral("--to"),
                       now.addSecs(60).toString(Qt::ISODate), QStringLiteral("--resolution"),
                       QStringLiteral("raw"), QStringLiteral("--format"), QStringLiteral("csv")});
    QVERIFY2(printed.exitCode == 0, qPrintable(printed.error));
    const QStringList lines = printed.output.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(
        lines.value(0).trimmed(),
        QStringLiteral("startedAt,outcome,state,httpStatus,dnsMs,connectMs,tlsMs,sendMs,waitMs,receiveMs,"
                       "totalMs,address,detail"));
    QCOMPARE(QStringList{QString::number(lines.size() - 1)},
             m_program.sql(QStringLiteral("SELECT count(*) FROM sample")));
    QCOMPARE(QStringList{QString::number(lines.filter(QStringLiteral(",http-status,down,503,")).size())},
             m_program.sql(QStringLiteral("SELECT count(*) FROM sample s JOIN state t ON t.number = s.state "
                                          "WHERE t.id = 'down'")));
}

QByteArray VarnishNginxTest::har(const QString &role) const
{
    const QStringList hex =
        m_program.sql(QStringLiteral("SELECT hex(har) FROM evidence WHERE role = '%1'").arg(role));
    return decompressed(QByteArray::fromHex(hex.value(0).toLatin1()));
}

QTEST_GUILESS_MAIN(VarnishNginxTest)
#include "tst_varnish_nginx.moc"
