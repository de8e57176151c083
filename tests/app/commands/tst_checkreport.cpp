// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/checkreport.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

Monitor monitorOf(const QString &url)
{
    Monitor monitor;
    HttpCheck check;
    check.url = QUrl(url);
    monitor.check = check;
    return monitor;
}

Sample sampleOf(Outcome outcome)
{
    Sample sample;
    sample.startedAt = 1'790'000'000'123;
    sample.outcome = outcome;
    sample.httpStatus = 503;
    sample.httpVersion = QStringLiteral("1.1");
    sample.address = QStringLiteral("192.0.2.7");
    sample.port = 443;
    sample.detail = QStringLiteral("503 Backend fetch failed");
    sample.phases = {1'200us, 9'800us, 14'100us, 100us, 51'000us, 400us, 76'600us};
    return sample;
}

} // namespace

class TestCheckReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exitCodes_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<int>("code");
        QTest::newRow("ok") << Outcome::Ok << 0;
        QTest::newRow("slow") << Outcome::Slow << 1;
        QTest::newRow("certificate-expiring") << Outcome::CertificateExpiring << 1;
        QTest::newRow("http-status") << Outcome::HttpStatus << 2;
        QTest::newRow("connect-refused") << Outcome::ConnectRefused << 2;
        QTest::newRow("internal") << Outcome::Internal << 3;
        QTest::newRow("local-network") << Outcome::LocalNetwork << 3;
        QTest::newRow("cancelled") << Outcome::Cancelled << 3;
    }

    void exitCodes()
    {
        QFETCH(Outcome, outcome);
        QTEST(pluginExitCode(stateOfOne(outcome)), "code");
    }

    void json()
    {
        auto sample = sampleOf(Outcome::HttpStatus);
        sample.certificate = Certificate{QStringLiteral("shop.example"), QStringLiteral("Example CA"),
                                         sample.startedAt + 43 * 86'400'000LL + 5};
        const auto object =
            checkJson(monitorOf(QStringLiteral("https://shop.example/")), sample, sample.startedAt);
        const QJsonObject expected{
            {QStringLiteral("target"), QStringLiteral("https://shop.example/")},
            {QStringLiteral("kind"), QStringLiteral("http")},
            {QStringLiteral("startedAt"), QStringLiteral("2026-09-21T14:13:20.123Z")},
            {QStringLiteral("outcome"), QStringLiteral("http-status")},
            {QStringLiteral("state"), QStringLiteral("down")},
            {QStringLiteral("detail"), QStringLiteral("503 Backend fetch failed")},
            {QStringLiteral("httpStatus"), 503},
            {QStringLiteral("httpVersion"), QStringLiteral("1.1")},
            {QStringLiteral("address"), QStringLiteral("192.0.2.7")},
            {QStringLiteral("port"), 443},
            {QStringLiteral("phasesMs"), QJsonObject{{QStringLiteral("dns"), 1.2},
                                                     {QStringLiteral("connect"), 9.8},
                                                     {QStringLiteral("tls"), 14.1},
                                                     {QStringLiteral("send"), 0.1},
                                                     {QStringLiteral("wait"), 51.0},
                                                     {QStringLiteral("receive"), 0.4}}},
            {QStringLiteral("totalMs"), 76.6},
            {QStringLiteral("certificate"),
             QJsonObject{{QStringLiteral("subject"), QStringLiteral("shop.example")},
                         {QStringLiteral("issuer"), QStringLiteral("Example CA")},
                         {QStringLiteral("notAfter"), QStringLiteral("2026-11-03T14:13:20.128Z")},
                         {QStringLiteral("daysLeft"), 43}}}};
        QCOMPARE(object, expected);
    }

    void whatDidNotHappenIsAbsent()
    {
        Sample sample;
        sample.outcome = Outcome::DnsNotFound;
        sample.phases.dns = 3'000us;
        sample.phases.total = 3'000us;
        const auto object = checkJson(monitorOf(QStringLiteral("https://nowhere.invalid/")), sample, 0);
        for (const auto key : {"httpStatus", "httpVersion", "address", "port", "certificate"})
            QVERIFY2(!object.contains(QLatin1StringView(key)), key);
        QCOMPARE(object.value(QLatin1StringView("phasesMs")).toObject().keys(),
                 QStringList{QStringLiteral("dns")});
    }

    void pluginLineIsOneLineWithOneBar()
    {
        auto sample = sampleOf(Outcome::HttpStatus);
        sample.detail = QStringLiteral("503 a|b\r\nOK - forged");
        const auto line = pluginLine(monitorOf(QStringLiteral("http://h/")), sample);
        QCOMPARE(line, QStringLiteral("CRITICAL - 503 a/b  OK - forged | time=0.076600s;;;0;10.000"));
    }

    void passwordsAreNotShown()
    {
        const auto object =
            checkJson(monitorOf(QStringLiteral("https://u:secret@h/")), sampleOf(Outcome::Ok), 0);
        QVERIFY(!QString::fromUtf8(object.value(QLatin1StringView("target")).toString().toUtf8())
                     .contains(QStringLiteral("secret")));
    }
};

QTEST_GUILESS_MAIN(TestCheckReport)
#include "tst_checkreport.moc"
