// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/loadrates.h"
#include "app/load/loadtext.h"
#include "app/load/prometheustext.h"
#include "tests/app/load/recordedload.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QStringList kKinds{u"prometheus"_s, u"nginx"_s, u"apache"_s, u"haproxy"_s, u"php-fpm"_s};

LoadReport recorded(QStringView kind, const QString &name)
{
    return loadReport(kind, recordedLoad(name));
}

double valueOf(const LoadReport &report, LoadMetric metric)
{
    const auto reading = report.reading(metric);
    return reading ? reading->value : -1;
}

} // namespace

class TestLoadParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nginx();
    void apache();
    void haproxy();
    void haproxyForPrometheus();
    void phpFpm_data();
    void phpFpm();
    void phpFpmTellsWhetherItMayGrow();
    void nodeExporter();
    void nodeExporterOfManyDisks();
    void nginxExporter();
    void exportersOfOthers();
    void ratesNeedTwoReadings();
    void aRestartIsNoRate();
    void prometheusText();
    void whatIsNotThatText_data();
    void whatIsNotThatText();
    void pagesForPeopleSayWhatToAdd();
    void cutAnywhere();
    void randomBytes();
    void boundsOfSize();
    void everyMetricHasItsId();
};

void TestLoadParser::nginx()
{
    const auto busy = recorded(u"nginx", u"nginx-busy.txt"_s);
    QCOMPARE(busy.readings, (QList<LoadReading>{{LoadMetric::NginxActive, 42},
                                                {LoadMetric::NginxReading, 0},
                                                {LoadMetric::NginxWriting, 41},
                                                {LoadMetric::NginxWaiting, 1}}));
    QCOMPARE(busy.counters.value(LoadCounter::NginxHandled), 45.0);
    QCOMPARE(valueOf(recorded(u"nginx", u"nginx-idle.txt"_s), LoadMetric::NginxActive), 2.0);
}

void TestLoadParser::apache()
{
    const auto busy = recorded(u"apache", u"apache-event-busy.txt"_s);
    QCOMPARE(busy.readings,
             (QList<LoadReading>{{LoadMetric::ApacheBusy, 10, 10.0}, {LoadMetric::ApacheIdle, 0}}));
    // Slots without a worker belong to the limit.
    const auto idle = recorded(u"apache", u"apache-event-idle.txt"_s);
    QCOMPARE(idle.readings,
             (QList<LoadReading>{{LoadMetric::ApacheBusy, 1, 10.0}, {LoadMetric::ApacheIdle, 4}}));
    QCOMPARE(recorded(u"apache", u"apache-prefork-busy.txt"_s).reading(LoadMetric::ApacheBusy)->limit, 4.0);
    // Without ExtendedStatus there is little more than this.
    const auto least = loadReport(u"apache", "BusyWorkers: 3\r\nIdleWorkers: 0\r\n");
    QCOMPARE(least.readings, (QList<LoadReading>{{LoadMetric::ApacheBusy, 3}, {LoadMetric::ApacheIdle, 0}}));
    QVERIFY(least.counters.isEmpty());
}

void TestLoadParser::haproxy()
{
    const auto queue = recorded(u"haproxy", u"haproxy-queue.csv"_s);
    // The backend's fullconn of 5 is met as well, and is no limit.
    QCOMPARE(queue.readings, (QList<LoadReading>{{LoadMetric::HaproxyQueue, 4},
                                                 {LoadMetric::HaproxySessions, 7},
                                                 {LoadMetric::HaproxyFullest, 2, 2.0, u"pool/web1"_s}}));
    const auto idle = recorded(u"haproxy", u"haproxy-idle.csv"_s);
    QCOMPARE(valueOf(idle, LoadMetric::HaproxyQueue), 0.0);
    QCOMPARE(idle.reading(LoadMetric::HaproxyFullest)->part, u"stats"_s);

    // Other versions have other columns, and texts with commas stand in quotes.
    const auto other = loadReport(
        u"haproxy", "# pxname,svname,last_chk,slim,scur,qcur,\nweb,s1,\"a, \"\"b\"\"\",10,9,3,\n\n");
    QCOMPARE(other.readings, (QList<LoadReading>{{LoadMetric::HaproxyQueue, 3},
                                                 {LoadMetric::HaproxySessions, 0},
                                                 {LoadMetric::HaproxyFullest, 9, 10.0, u"web/s1"_s}}));
}

void TestLoadParser::haproxyForPrometheus()
{
    // Read a moment after the CSV.
    QCOMPARE(recorded(u"prometheus", u"haproxy-queue.prom"_s).readings,
             recorded(u"haproxy", u"haproxy-queue.csv"_s).readings);
}

void TestLoadParser::phpFpm_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"php-fpm-queue.txt", "php-fpm-queue.json", "php-fpm-queue-full.json", "php-fpm-queue-full.txt"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestLoadParser::phpFpm()
{
    QFETCH(const QString, name);
    const auto report = recorded(u"php-fpm", name);
    QCOMPARE(report.readings,
             (QList<LoadReading>{{LoadMetric::PhpFpmActive, 5, 5.0}, {LoadMetric::PhpFpmQueue, 24, 4096.0}}));
    QCOMPARE(report.counters.value(LoadCounter::PhpFpmRequests), 5.0);
    QVERIFY(report.workersAtMost);
}

void TestLoadParser::phpFpmTellsWhetherItMayGrow()
{
    const auto idle = recorded(u"php-fpm", u"php-fpm-dynamic-idle.json"_s);
    QVERIFY(!idle.workersAtMost);
    QCOMPARE(idle.reading(LoadMetric::PhpFpmActive), (LoadReading{LoadMetric::PhpFpmActive, 0, 1.0}));
    const auto reached = recorded(u"php-fpm", u"php-fpm-dynamic-reached.json"_s);
    QVERIFY(reached.workersAtMost);
    QCOMPARE(reached.counters.value(LoadCounter::PhpFpmLimitReached), 1.0);
}

void TestLoadParser::nodeExporter()
{
    const auto first = recorded(u"prometheus", u"node_exporter-1.prom"_s);
    QCOMPARE(first.reading(LoadMetric::HostLoad1), (LoadReading{LoadMetric::HostLoad1, 3.62, 2.0}));
    QCOMPARE(valueOf(first, LoadMetric::HostMemoryAvailable), 2.397984768e10 / 2.527602688e10);
    const auto disk = first.reading(LoadMetric::HostDiskFree);
    QVERIFY(disk);
    QCOMPARE(disk->part, u"/"_s);
    QCOMPARE(disk->value, 6.2582923264e+10 / 2.70553174016e+11);
    QVERIFY(!first.reading(LoadMetric::HostCpuBusy));

    const auto second = recorded(u"prometheus", u"node_exporter-2.prom"_s);
    const auto rates = loadRates(first, second, 10s);
    QCOMPARE(rates.size(), 1);
    QCOMPARE(rates.first().metric, LoadMetric::HostCpuBusy);
    // 0.01 s of idleness in 16.13 s of both CPUs.
    QVERIFY(std::abs(rates.first().value - (1 - 0.01 / 16.13)) < 1e-6);
}

void TestLoadParser::nodeExporterOfManyDisks()
{
    const auto report = loadReport(
        u"prometheus",
        "node_filesystem_size_bytes{device=\"a\",fstype=\"ext4\",mountpoint=\"/\"} 100\n"
        "node_filesystem_avail_bytes{device=\"a\",fstype=\"ext4\",mountpoint=\"/\"} 50\n"
        "node_filesystem_size_bytes{device=\"b\",fstype=\"xfs\",mountpoint=\"/srv/my \\\"data\\\"\"} 100\n"
        "node_filesystem_avail_bytes{device=\"b\",fstype=\"xfs\",mountpoint=\"/srv/my \\\"data\\\"\"} 10\n"
        // These are fuller and do not count.
        "node_filesystem_size_bytes{device=\"c\",fstype=\"squashfs\",mountpoint=\"/snap/x\"} 100\n"
        "node_filesystem_avail_bytes{device=\"c\",fstype=\"squashfs\",mountpoint=\"/snap/x\"} 0\n"
        "node_filesystem_size_bytes{device=\"d\",fstype=\"tmpfs\",mountpoint=\"/run\"} 100\n"
        "node_filesystem_avail_bytes{device=\"d\",fstype=\"tmpfs\",mountpoint=\"/run\"} 1\n"
        "node_filesystem_size_bytes{device=\"e\",fstype=\"ext4\",mountpoint=\"/boot\"} 100\n"
        "node_filesystem_avail_bytes{device=\"e\",fstype=\"ext4\",mountpoint=\"/boot\"} 1\n"
        "node_filesystem_size_bytes{device=\"f\",fstype=\"ext4\",mountpoint=\"/ro\"} 100\n"
        "node_filesystem_avail_bytes{device=\"f\",fstype=\"ext4\",mountpoint=\"/ro\"} 1\n"
        "node_filesystem_readonly{device=\"f\",fstype=\"ext4\",mountpoint=\"/ro\"} 1\n"
        "node_filesystem_size_bytes{device=\"g\",fstype=\"nfs4\",mountpoint=\"/gone\"} NaN\n");
    QCOMPARE(report.readings,
             (QList<LoadReading>{{LoadMetric::HostDiskFree, 0.1, std::nullopt, u"/srv/my \"data\""_s}}));
}

void TestLoadParser::nginxExporter()
{
    const auto report = recorded(u"prometheus", u"nginx_exporter.prom"_s);
    QCOMPARE(valueOf(report, LoadMetric::NginxActive), 41.0);
    QCOMPARE(valueOf(report, LoadMetric::NginxWriting), 41.0);
    QCOMPARE(report.counters.value(LoadCounter::NginxAccepted), 51.0);
    QCOMPARE(report.counters.value(LoadCounter::NginxRequests), 52.0);
}

void TestLoadParser::exportersOfOthers()
{
    const auto report = loadReport(u"prometheus", "apache_workers{state=\"busy\"} 9\n"
                                                  "apache_workers{state=\"idle\"} 1\n"
                                                  "apache_accesses_total 77\n"
                                                  "phpfpm_active_processes{pool=\"a\"} 2\n"
                                                  "phpfpm_active_processes{pool=\"b\"} 3\n"
                                                  "phpfpm_total_processes{pool=\"a\"} 4\n"
                                                  "phpfpm_total_processes{pool=\"b\"} 3\n"
                                                  "phpfpm_listen_queue{pool=\"b\"} 6\n"
                                                  "phpfpm_max_children_reached{pool=\"b\"} 1\n");
    QCOMPARE(valueOf(report, LoadMetric::ApacheBusy), 9.0);
    QCOMPARE(valueOf(report, LoadMetric::ApacheIdle), 1.0);
    QCOMPARE(report.reading(LoadMetric::PhpFpmActive), (LoadReading{LoadMetric::PhpFpmActive, 5, 7.0}));
    QCOMPARE(valueOf(report, LoadMetric::PhpFpmQueue), 6.0);
    QCOMPARE(report.counters.value(LoadCounter::ApacheRequests), 77.0);
}

void TestLoadParser::ratesNeedTwoReadings()
{
    const auto first = recorded(u"nginx", u"nginx-idle.txt"_s);
    const auto later = loadReport(u"nginx", "Active connections: 9 \nserver accepts handled requests\n "
                                            "100 93 1003 \nReading: 0 Writing: 9 Waiting: 0 \n");
    const double handled = first.counters.value(LoadCounter::NginxHandled);
    const double requests = first.counters.value(LoadCounter::NginxRequests);
    const auto rates = loadRates(first, later, 10s);
    QCOMPARE(rates, (QList<LoadReading>{{LoadMetric::NginxDropped, 7},
                                        {LoadMetric::NginxRequests, (1003 - requests) / 10}}));
    QCOMPARE(handled, first.counters.value(LoadCounter::NginxAccepted));
    QVERIFY(loadRates(first, later, 0s).isEmpty());
    QVERIFY(loadRates(first, later, -1s).isEmpty());
    QVERIFY(loadRates(first, later, 1h).isEmpty());
    QVERIFY(loadRates({}, later, 10s).isEmpty());
}

void TestLoadParser::aRestartIsNoRate()
{
    const auto before = recorded(u"nginx", u"nginx-busy.txt"_s);
    const auto after = recorded(u"nginx", u"nginx-idle.txt"_s);
    QVERIFY(loadRates(before, after, 10s).isEmpty());
}

void TestLoadParser::prometheusText()
{
    QList<QByteArray> seen;
    const auto read = eachPrometheusSample(
        "# HELP a b\n\n a{x=\"1\",y=\"q\\\\\\\"\\n\",} 1.5e3 1790000000000\r\nb NaN\nc{} +Inf\nd -Inf\n"
        "e\t7\n",
        [](QByteArrayView name) { return name != "b"; },
        [&](const PrometheusSample &sample) {
            seen +=
                sample.name.toByteArray() + ' ' + sample.label("y") + ' ' + QByteArray::number(sample.value);
        });
    QVERIFY(read);
    QCOMPARE(seen, (QList<QByteArray>{"a q\\\"\n 1500", "c  inf", "d  -inf", "e  7"}));
}

void TestLoadParser::whatIsNotThatText_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QByteArray>("text");
    for (const auto &kind : kKinds) {
        const auto row = [&kind](const char *what, const QByteArray &text) {
            QTest::newRow(qPrintable(kind + u' ' + QLatin1String(what))) << kind << text;
        };
        row("nothing", {});
        row("a line end", "\n");
        row("a word", "hello");
        row("a page", "<!DOCTYPE html><html><body>Sign in</body></html>");
        row("zeros", QByteArray(1'000, '\0'));
        row("json", "{\"a\": [1, 2}");
        row("xml", recordedLoad(u"php-fpm-queue.xml"_s));
    }
    const auto row = [](const char *kind, const char *what, const QByteArray &text) {
        QTest::newRow(what) << QString::fromLatin1(kind) << text;
    };
    row("nginx", "nginx negative",
        "Active connections: -1 \nserver accepts handled requests\n 1 1 1\n"
        "Reading: 0 Writing: 1 Waiting: 0\n");
    row("nginx", "nginx infinite",
        "Active connections: 1e999 \nserver accepts handled requests\n 1 1 1\n"
        "Reading: 0 Writing: 1 Waiting: 0\n");
    row("nginx", "nginx two counts",
        "Active connections: 1 \nserver accepts handled requests\n 1 1\n"
        "Reading: 0 Writing: 1 Waiting: 0\n");
    row("apache", "apache words", "BusyWorkers: many\nIdleWorkers: 1\n");
    row("haproxy", "haproxy short row", "# pxname,svname,qcur,scur,slim\nweb,s1,0\n");
    row("haproxy", "haproxy words", "# pxname,svname,qcur,scur,slim\nweb,s1,x,0,1\n");
    row("haproxy", "haproxy open quote", "# pxname,svname,qcur,scur,slim\nweb,\"s1,1,0,1\n");
    row("haproxy", "haproxy without sessions", "# pxname,svname,qcur\nweb,s1,0\n");
    row("haproxy", "haproxy columns", "# pxname,svname,qcur,scur,slim" + QByteArray(100'000, ','));
    row("php-fpm", "fpm list", "[1]");
    row("php-fpm", "fpm texts", "{\"active processes\":\"x\",\"total processes\":1,\"listen queue\":0}");
    row("php-fpm", "fpm negative", "{\"active processes\":-1,\"total processes\":1,\"listen queue\":0}");
    row("php-fpm", "fpm deep", QByteArray("{\"a\":").repeated(200'000));
    row("prometheus", "no value", "node_load1\n");
    row("prometheus", "two values", "node_load1 1 2 3\n");
    row("prometheus", "a word for a time", "node_load1 1 now\n");
    row("prometheus", "open label", "node_load1{a=\"b 1\n");
    row("prometheus", "open braces", "node_load1{a=\"b\" 1\n");
    row("prometheus", "no comma", "node_load1{a=\"b\"c=\"d\"} 1\n");
    row("prometheus", "other metrics only", "up 1\n");
    row("prometheus", "broken behind", "node_load1 1\n\xff\xfe\n");
    row("prometheus", "labels", "node_load1{" + QByteArray("a=\"b\",").repeated(100) + "} 1\n");
}

void TestLoadParser::whatIsNotThatText()
{
    QFETCH(const QString, kind);
    QFETCH(const QByteArray, text);
    const auto report = parseLoad(kind, text);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Invalid);
    QVERIFY2(report.error().sentence.endsWith(u'.') && report.error().sentence.size() > 40,
             qPrintable(report.error().sentence));
}

void TestLoadParser::pagesForPeopleSayWhatToAdd()
{
    QVERIFY(parseLoad(u"apache", recordedLoad(u"apache-status.html"_s)).error().sentence.contains(u"?auto"));
    QVERIFY(parseLoad(u"haproxy", recordedLoad(u"haproxy-stats.html"_s)).error().sentence.contains(u";csv"));
    QVERIFY(parseLoad(u"php-fpm", recordedLoad(u"php-fpm-queue.xml"_s)).error().sentence.contains(u"?json"));
    const auto unknown = parseLoad(u"iis", "x");
    QVERIFY(unknown.error().sentence.contains(u"iis"));
}

/// Half of what a server says is a sentence or values within bounds, never a crash.
void TestLoadParser::cutAnywhere()
{
    const QList<std::pair<QString, QString>> recordings{
        {u"nginx"_s, u"nginx-busy.txt"_s},           {u"apache"_s, u"apache-event-busy.txt"_s},
        {u"haproxy"_s, u"haproxy-queue.csv"_s},      {u"php-fpm"_s, u"php-fpm-queue.json"_s},
        {u"php-fpm"_s, u"php-fpm-queue-full.txt"_s}, {u"prometheus"_s, u"nginx_exporter.prom"_s}};
    for (const auto &[kind, name] : recordings) {
        const QByteArray whole = recordedLoad(name);
        for (qsizetype size = 0; size < whole.size(); ++size)
            if (const auto report = parseLoad(kind, QByteArrayView(whole).first(size)))
                QVERIFY(!report->readings.isEmpty());
    }
}

void TestLoadParser::randomBytes()
{
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        for (const auto &name : {u"haproxy-queue.csv"_s, u"php-fpm-queue.json"_s, u"nginx_exporter.prom"_s,
                                 u"apache-event-busy.txt"_s, u"nginx-busy.txt"_s}) {
            QByteArray text = recordedLoad(name);
            for (int change = 0; change < 5; ++change)
                text[static_cast<qsizetype>(random() % static_cast<unsigned>(text.size()))] =
                    static_cast<char>(random() % 256);
            for (const auto &kind : kKinds)
                if (const auto report = parseLoad(kind, text))
                    for (const auto &reading : report->readings)
                        QVERIFY(std::isfinite(reading.value) && reading.value >= 0 &&
                                reading.part.size() <= 81);
        }
    }
}

void TestLoadParser::boundsOfSize()
{
    const QByteArray line("node_load1 1\n");
    for (const auto &kind : kKinds)
        QVERIFY(!parseLoad(kind, QByteArray(kMostLoadBytes + 1, 'x')));
    QVERIFY(!parseLoad(u"prometheus", line.repeated(kMostLoadLines + 1)));
    QVERIFY(parseLoad(u"prometheus", line.repeated(1'000)));
    // Many names of parts fill no memory, and one endless name fills no sentence.
    QByteArray many("# pxname,svname,qcur,scur,slim\n");
    for (int i = 0; i < 50'000; ++i)
        many += "p" + QByteArray::number(i) + ",s,0,0,1\n";
    QCOMPARE(loadReport(u"haproxy", many).readings.size(), 3);
    const auto name = loadReport(u"haproxy", "# pxname,svname,qcur,scur,slim\n" + QByteArray(9'999, 'p') +
                                                 ",s\x1b[31m,1,1,1\n");
    QVERIFY(name.reading(LoadMetric::HaproxyFullest)->part.size() <= 81);
}

void TestLoadParser::everyMetricHasItsId()
{
    QSet<QString> ids;
    for (int i = 0; i <= static_cast<int>(LoadMetric::PhpFpmRequests); ++i) {
        const auto metric = static_cast<LoadMetric>(i);
        QCOMPARE(loadMetricFromId(loadMetricId(metric)), metric);
        ids.insert(loadMetricId(metric));
    }
    QCOMPARE(ids.size(), static_cast<int>(LoadMetric::PhpFpmRequests) + 1);
    QVERIFY(!loadMetricFromId(u"nginx"));
    QCOMPARE(loadUnit(LoadMetric::HostDiskFree), LoadUnit::Share);
}

QTEST_APPLESS_MAIN(TestLoadParser)
#include "tst_loadparser.moc"
