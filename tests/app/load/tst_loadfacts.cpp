// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/loadfacts.h"
#include "tests/app/load/recordedload.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr UtcMs kAt = 1'790'000'000'000; // 14:13:20 UTC

QList<LoadFact> factsOf(QStringView kind, const QString &recording)
{
    return loadFacts(loadReport(kind, recordedLoad(recording)), u"10.0.0.5"_s, kAt);
}

} // namespace

class TestLoadFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordings_data();
    void recordings();
    void thresholds_data();
    void thresholds();
    void theWorstComesFirst();
};

void TestLoadFacts::recordings_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<LoadStrain>("strain");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("product");
    const auto row = [](const char *name, const char *kind, LoadStrain strain, const QString &sentence,
                        const char *product) {
        QTest::newRow(name) << QString::fromLatin1(kind) << strain << sentence
                            << QString::fromLatin1(product);
    };
    row("php-fpm-queue.txt", "php-fpm", LoadStrain::Workers,
        u"PHP-FPM: 5 of 5 worker(s) busy, 24 request(s) wait (14:13:20 UTC)."_s, "php-fpm");
    row("php-fpm-dynamic-reached.json", "php-fpm", LoadStrain::Workers,
        u"PHP-FPM: 4 of 4 worker(s) busy, 7 request(s) wait (14:13:20 UTC)."_s, "php-fpm");
    row("php-fpm-idle.txt", "php-fpm", LoadStrain::Room,
        u"PHP-FPM: 0 of 5 worker(s) busy, no request waits (14:13:20 UTC)."_s, "");
    row("apache-event-busy.txt", "apache", LoadStrain::Workers,
        u"Apache: 10 of 10 worker(s) busy, none idle (14:13:20 UTC)."_s, "apache");
    row("apache-prefork-busy.txt", "apache", LoadStrain::Workers,
        u"Apache: 4 of 4 worker(s) busy, none idle (14:13:20 UTC)."_s, "apache");
    row("apache-event-idle.txt", "apache", LoadStrain::Room,
        u"Apache: 1 worker(s) busy, 4 idle (14:13:20 UTC)."_s, "");
    row("haproxy-queue.csv", "haproxy", LoadStrain::Workers,
        u"HAProxy: 4 request(s) wait for a server, pool/web1 has 2 of 2 session(s) (14:13:20 UTC)."_s, "");
    row("haproxy-idle.csv", "haproxy", LoadStrain::Room,
        u"HAProxy: no request waits for a server (14:13:20 UTC)."_s, "");
}

void TestLoadFacts::recordings()
{
    QFETCH(const QString, kind);
    QFETCH(const LoadStrain, strain);
    QFETCH(const QString, sentence);
    QFETCH(const QString, product);
    const auto facts = factsOf(kind, QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(facts.size(), 1);
    QCOMPARE(facts.first().sentence, sentence);
    QCOMPARE(facts.first().strain, strain);
    QCOMPARE(facts.first().product, product);
}

void TestLoadFacts::thresholds_data()
{
    QTest::addColumn<QList<LoadReading>>("readings");
    QTest::addColumn<bool>("atMost");
    QTest::addColumn<int>("strain"); // -1: nothing is said
    const auto row = [](const char *name, const QList<LoadReading> &readings, int strain,
                        bool atMost = false) { QTest::newRow(name) << readings << atMost << strain; };
    using enum LoadMetric;
    constexpr int kRoom = 0;
    constexpr int kMachine = 1;
    constexpr int kWorkers = 2;
    row("memory at its least", {{HostMemoryAvailable, 0.05}}, -1);
    row("memory below", {{HostMemoryAvailable, 0.049}}, kMachine);
    row("load of four times the CPUs", {{HostLoad1, 16, 4.0}}, -1);
    row("load above", {{HostLoad1, 16.1, 4.0}}, kMachine);
    row("load of an idle machine", {{HostLoad1, 0.5, 4.0}}, kRoom);
    row("load of unknown CPUs", {{HostLoad1, 99}}, -1);
    row("disk at its least", {{HostDiskFree, 0.02, std::nullopt, u"/var"_s}}, -1);
    row("disk below", {{HostDiskFree, 0.019, std::nullopt, u"/var"_s}}, kMachine);
    row("one request waits", {{PhpFpmActive, 3, 5.0}, {PhpFpmQueue, 1, 511.0}}, kWorkers);
    row("all busy, may grow", {{PhpFpmActive, 5, 5.0}, {PhpFpmQueue, 0, 511.0}}, -1);
    row("all busy, may not", {{PhpFpmActive, 5, 5.0}, {PhpFpmQueue, 0, 511.0}}, kWorkers, true);
    row("the one that answers", {{PhpFpmActive, 1, 1.0}, {PhpFpmQueue, 0, 511.0}}, -1, true);
    row("limit met just now", {{PhpFpmActive, 4, 5.0}, {PhpFpmQueue, 0, 511.0}, {PhpFpmLimitReached, 1}},
        kWorkers);
    row("limit met before", {{PhpFpmActive, 4, 5.0}, {PhpFpmQueue, 0, 511.0}, {PhpFpmLimitReached, 0}},
        kRoom);
    row("no idle worker, room to start one", {{ApacheBusy, 5, 10.0}, {ApacheIdle, 0}}, kWorkers);
    row("a frontend full", {{HaproxyQueue, 0}, {HaproxyFullest, 50, 50.0, u"shop"_s}}, kWorkers);
    row("a frontend nearly full", {{HaproxyQueue, 0}, {HaproxyFullest, 49, 50.0, u"shop"_s}}, kRoom);
    row("nginx dropped", {{NginxActive, 512}, {NginxDropped, 3}}, kWorkers);
    row("nginx did not", {{NginxActive, 512}, {NginxDropped, 0}}, -1);
}

void TestLoadFacts::thresholds()
{
    QFETCH(const QList<LoadReading>, readings);
    QFETCH(const bool, atMost);
    QFETCH(const int, strain);
    LoadReport report{readings};
    report.workersAtMost = atMost;
    const auto facts = loadFacts(report, u"10.0.0.5"_s, kAt);
    QCOMPARE(facts.size(), strain < 0 ? 0 : 1);
    if (facts.isEmpty())
        return;
    QCOMPARE(static_cast<int>(facts.first().strain), strain);
    QVERIFY2(facts.first().sentence.contains(u"14:13:20 UTC"), qPrintable(facts.first().sentence));
    QVERIFY(!facts.first().sentence.contains(u'%') || facts.first().sentence.contains(u" % of "));
}

void TestLoadFacts::theWorstComesFirst()
{
    const LoadReport report{{{LoadMetric::HostLoad1, 0.1, 2.0},
                             {LoadMetric::HostMemoryAvailable, 0.01},
                             {LoadMetric::ApacheBusy, 150, 150.0},
                             {LoadMetric::ApacheIdle, 0}}};
    const auto facts = loadFacts(report, u"10.0.0.5"_s, kAt);
    QCOMPARE(facts.size(), 3);
    QCOMPARE(facts[0].strain, LoadStrain::Workers);
    QCOMPARE(facts[1].sentence, u"The machine 10.0.0.5: 1.0 % of the memory is available (14:13:20 UTC)."_s);
    QCOMPARE(facts[2].strain, LoadStrain::Room);
}

QTEST_APPLESS_MAIN(TestLoadFacts)
#include "tst_loadfacts.moc"
