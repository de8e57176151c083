// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/monitorsfile.h"

#include <QRandomGenerator>
#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

const QByteArray kWhole = R"(version: 1
defaults: {interval: 1m, timeout: 5s, retries: 1, retryInterval: 10s}
services:
  - name: Shop
    monitors:
      - name: Front page
        layer: edge
        http:
          url: "https://shop.example/"
          method: POST
          headers: {X-First: one, Accept: 404}
          body: "a=1"
          connectTo: "[::1]:8443"
          family: ipv6
          followRedirects: no
          expect: {status: [200-299, 301, 4xx], body: {contains: Basket}, slowAfter: 2s, certificateDays: 7}
        dependsOn: [Database, Gateway]
      - name: Database
        layer: database
        interval: 30s
        paused: true
        http: {url: "http://10.0.0.5:3306/", expect: {status: 204}}
    load: {prometheus: "http://10.0.0.5:9100/metrics", php-fpm: "http://10.0.0.5/status"}
monitors:
  - name: Gateway
    http: {url: "https://gate.example"}
)";

/// A file with one monitor of which `fields` are the lines; the first one is line 5.
QByteArray withMonitor(const QByteArray &fields)
{
    QByteArray text = "version: 1\nmonitors:\n  - name: A\n    http: {url: \"http://a.example/\"}\n";
    for (const auto &line : fields.split('\n'))
        text += "    " + line + '\n';
    return text;
}

/// A file whose only monitor has these fields under http; they begin in line 5.
QByteArray withHttp(const QByteArray &fields)
{
    QByteArray text = "version: 1\nmonitors:\n  - name: A\n    http:\n";
    for (const auto &line : fields.split('\n'))
        text += "      " + line + '\n';
    return text;
}

QString sentenceFor(const QByteArray &text)
{
    const auto read = readMonitorsFile(text, QStringLiteral("m.yaml"));
    return read ? QString() : read.error().sentence;
}

const QByteArray kUrl = "url: \"http://a.example/\"\n";

} // namespace

class TestMonitorsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField();
    void readsJson();
    void readsAliases();
    void acceptsSpellings_data();
    void acceptsSpellings();
    void refuses_data();
    void refuses();
    void reportsEverythingAtOnce();
    void limitsTheReport();
    void resolvesDependencies();
    void survivesBombs_data();
    void survivesBombs();
    void survivesLongDependencyChain();
    void survivesManyMissingDependencies();
    void survivesRandomEdits();
};

void TestMonitorsFile::readsEveryField()
{
    const auto read = readMonitorsFile(kWhole, QStringLiteral("m.yaml"));
    QVERIFY2(read, qPrintable(sentenceFor(kWhole)));
    QCOMPARE(read->services.size(), 1);
    QCOMPARE(read->services[0].name, QStringLiteral("Shop"));
    const QList<LoadSource> load{
        {QStringLiteral("prometheus"), QUrl(QStringLiteral("http://10.0.0.5:9100/metrics"))},
        {QStringLiteral("php-fpm"), QUrl(QStringLiteral("http://10.0.0.5/status"))}};
    QVERIFY(read->services[0].load == load);

    QCOMPARE(read->monitors.size(), 3);
    HttpCheck front;
    front.url = QUrl(QStringLiteral("https://shop.example/"));
    front.method = HttpMethod::Post;
    front.headers = {{"X-First", "one"}, {"Accept", "404"}};
    front.body = "a=1";
    front.connectTo = QStringLiteral("[::1]:8443");
    front.family = AddressFamily::Ipv6;
    front.followRedirects = false;
    front.expect.status = {{200, 299}, {301, 301}, {400, 499}};
    front.expect.bodyContains = QStringLiteral("Basket");
    front.expect.slowAfter = 2s;
    front.expect.certificateDays = 7;
    Monitor expected;
    expected.service = QStringLiteral("Shop");
    expected.name = QStringLiteral("Front page");
    expected.layer = Layer::Edge;
    expected.check = front;
    expected.interval = 1min;
    expected.timeout = 5s;
    expected.retries = 1;
    expected.retryInterval = 10s;
    expected.dependsOn = {QStringLiteral("Database"), QStringLiteral("Gateway")};
    QVERIFY(read->monitors[0] == expected);

    QCOMPARE(read->monitors[1].interval, 30s);
    QCOMPARE(read->monitors[1].timeout, 5s);
    QVERIFY(read->monitors[1].paused);
    QVERIFY(std::get<HttpCheck>(read->monitors[1].check).expect.status == QList<StatusRange>({{204, 204}}));
    QCOMPARE(read->monitors[2].service, QString());
    QCOMPARE(read->monitors[2].name, QStringLiteral("Gateway"));
}

void TestMonitorsFile::readsJson()
{
    const auto read = readMonitorsFile(R"({"version": 1, "monitors": [
	{"name": "Größe \u00fc", "retries": 0, "paused": false, "http": {"url": "https://a.example/", "expect": {"status": [200, "300-399"]}}}]})",
                                       QStringLiteral("m.json"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
    QCOMPARE(read->monitors[0].name, QStringLiteral("Größe ü"));
    QCOMPARE(read->monitors[0].retries, 0);
    // As Python writes it; behind a backslash that is one itself no pair begins.
    const auto smile = readMonitorsFile(
        R"({"version": 1, "monitors": [{"name": "\ud83d\uDE00 \\ud83d", "http": {"url": "https://a.example/"}}]})",
        QStringLiteral("m.json"));
    QVERIFY2(smile, smile ? "" : qPrintable(smile.error().sentence));
    QCOMPARE(smile->monitors[0].name, QStringLiteral("😀 \\ud83d"));
}

void TestMonitorsFile::readsAliases()
{
    const auto read =
        readMonitorsFile("\xEF\xBB\xBFversion: 1\nmonitors:\n  - name: A\n    http: &h {url: \"http://a/\"}\n"
                         "  - {name: B, http: *h}\n",
                         QStringLiteral("m.yaml"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
    QVERIFY(read->monitors[0].check == read->monitors[1].check);
}

void TestMonitorsFile::acceptsSpellings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no line end") << QByteArray("version: 1");
    QTest::newRow("block text") << withHttp(kUrl + "method: POST\nbody: |+\n  a\n\n");
    QTest::newRow("smallest") << QByteArray("version: 1\n");
    QTest::newRow("windows lines") << QByteArray(
        "version: 1\r\nmonitors:\r\n  - name: A\r\n    http: {url: \"http://a/\"}\r\n");
    QTest::newRow("shortest interval") << withMonitor("interval: 1s");
    QTest::newRow("longest interval") << withMonitor("interval: 7d");
    QTest::newRow("shortest timeout") << withMonitor("timeout: 100ms");
    QTest::newRow("longest timeout") << withMonitor("timeout: 10m");
    QTest::newRow("compound") << withMonitor("interval: 1h30m");
    QTest::newRow("no dependency") << withMonitor("dependsOn: []");
    QTest::newRow("on") << withMonitor("paused: On");
    QTest::newRow("class") << withHttp(kUrl + "expect: {status: 2XX}");
    QTest::newRow("range with blanks") << withHttp(kUrl + "expect: {status: \"200 - 204\"}");
    QTest::newRow("idn") << withHttp("url: https://bücher.example/ü?q=ä#x");
    QTest::newRow("ipv6") << withHttp("url: \"http://[::1]:8080/\"");
    QTest::newRow("scheme in capitals") << withHttp("url: HTTP://a.example");
    QTest::newRow("header twice") << withHttp(kUrl + "headers: [{A: 1}, {B: 2}, {A: 3}]");
    QTest::newRow("binary body") << withHttp(kUrl + "method: POST\nbody: {base64: /w==}");
    QTest::newRow("document markers") << QByteArray("%YAML 1.2\n---\nversion: 1\n...\n");
}

void TestMonitorsFile::acceptsSpellings()
{
    QFETCH(QByteArray, text);
    QCOMPARE(sentenceFor(text), QString());
}

void TestMonitorsFile::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("position");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const QByteArray &text, const char *position, const char *word) {
        QTest::newRow(name) << text << QString::fromUtf8(position) << QString::fromUtf8(word);
    };
    // The file as a whole
    row("empty", "", "1:1", "empty");
    row("comment only", "# nothing\n", "1:1", "empty");
    row("null", "~\n", "1:1", "empty");
    row("empty map", "{}\n", "1:1", "version: 1");
    row("scalar", "hello\n", "1:1", "key: value");
    row("list", "- a\n", "1:1", "key: value");
    row("no version", "monitors: []\n", "1:1", "version: 1");
    row("newer version", "version: 2\n", "1:10", "newer Backwatch");
    row("version zero", "version: 0\n", "1:10", "number 1");
    row("version text", "version: one\n", "1:10", "number 1");
    row("version quoted", "version: \"1\"\n", "1:10", "number 1");
    row("version nothing", "version:\n", "1:1", "no value");
    row("two documents", "version: 1\n---\nversion: 1\n", "2:1", "second document");
    row("not utf-8", QByteArray("version: 1\n# caf\xE9\n"), "2:6", "UTF-8");
    row("cut utf-8", QByteArray("version: 1\n# \xC3"), "2:3", "UTF-8");
    row("utf-16", QByteArray("v\0e\0r\0", 6), "1:2", "UTF-8");
    row("nul", QByteArray("version: 1\0\n", 12), "1:11", "UTF-8");
    row("too large", QByteArray(16 * 1024 * 1024 + 1, '#'), "1:1", "16 MiB");
    row("unknown top key", "version: 1\nmonitor: []\n", "2:1", "Did you mean \"monitors\"?");
    row("unknown without idea", "version: 1\nxyzzy: []\n", "2:1", "no field \"xyzzy\"");
    row("merge key", "version: 1\ndefaults:\n  <<: {interval: 1s}\n", "3:3", "Merge keys");
    row("end mark only", "...\n", "1:1", "empty");
    // YAML
    row("tab", "version: 1\nmonitors:\n\t- name: A\n", "3:1", "tab");
    row("open list", "version: 1\nmonitors: [\n", "3:1", "not closed");
    row("open group", "version: 1\ndefaults: {interval: 1s\n", "3:1", "not closed");
    row("open quote", "version: 1\nmonitors: \"abc\n", "3:1", "quot");
    row("bad indentation", "version: 1\nmonitors:\n  - name: A\n   http: x\n", "4:4", "indent");
    row("colon in text", "version: 1\nmonitors: a: b\n", "2:12", "indent");
    row("unknown alias", "version: 1\nmonitors: *none\n", "2:11", "anchor");
    row("unknown escape", "version: 1\nmonitors: \"\\q\"\n", "2:14", "YAML");
    row("unknown tag", "version: 1\nmonitors: !secret x\n", "2:11", "!secret");
    row("duplicate key", "version: 1\nmonitors: []\nmonitors: []\n", "3:1", "line 2");
    row("duplicate key in a row", "version: 1\ndefaults: {interval: 1s, interval: 2s}\n", "2:26",
        "second time");
    row("key is a list", "version: 1\n? [a]\n: b\n", "2:3", "key");
    row("alias in itself", "version: 1\nmonitors: &a [*a]\n", "2:15", "inside");
    row("place markers", "version: 1\nmonitors: {\"%2%1\": 1, \"%2%1\": 2}\n", "2:23",
        "\"%2%1\" stands here a second");
    row("long value", withMonitor("interval: " + QByteArray(100'000, 'x')), "5:15", "…");
    // Structure
    row("services no list", "version: 1\nservices: {name: A}\n", "2:11", "list");
    row("service no group", "version: 1\nservices:\n  - A\n", "3:5", "key: value");
    row("service without name", "version: 1\nservices:\n  - monitors: []\n", "3:5", "needs a name");
    row("service empty name", "version: 1\nservices: [{name: \"\"}]\n", "2:19", "empty");
    row("service with slash", "version: 1\nservices: [{name: a/b}]\n", "2:19", "/");
    row("service twice", "version: 1\nservices:\n  - name: A\n  - name: A\n", "4:11", "line 3");
    row("service unknown key", "version: 1\nservices: [{name: A, loads: x}]\n", "2:22", "\"load\"");
    row("load unknown", "version: 1\nservices: [{name: A, load: {promethius: \"http://a/\"}}]\n", "2:41",
        "\"prometheus\"");
    row("load bad url", "version: 1\nservices: [{name: A, load: {nginx: a}}]\n", "2:36", "https://");
    row("monitors no list", "version: 1\nmonitors: 3\n", "2:11", "list");
    row("monitor no group", "version: 1\nmonitors: [3]\n", "2:12", "key: value");
    row("monitor nothing", "version: 1\nmonitors:\n  -\n", "4:1", "key: value");
    row("defaults no group", "version: 1\ndefaults: 3\n", "2:11", "key: value");
    row("defaults unknown", "version: 1\ndefaults: {intervall: 3s}\n", "2:12", "\"interval\"");
    row("defaults bad", "version: 1\ndefaults: {interval: 3}\n", "2:22", "unit");
    // Monitors
    row("no name", "version: 1\nmonitors:\n  - http: {url: \"http://a/\"}\n", "3:5", "needs a name");
    row("blank name", "version: 1\nmonitors: [{name: \"  \", http: {url: \"http://a/\"}}]\n", "2:19",
        "empty");
    row("name with slash", "version: 1\nmonitors: [{name: a/b, http: {url: \"http://a/\"}}]\n", "2:19", "/");
    row("name in two lines", "version: 1\nmonitors: [{name: \"a\\nb\", http: {url: \"http://a/\"}}]\n",
        "2:19", "one line");
    row("name too long",
        "version: 1\nmonitors: [{name: " + QByteArray(201, 'x') + ", http: {url: \"http://a/\"}}]\n", "2:19",
        "longer");
    row("name no text", "version: 1\nmonitors: [{name: [a], http: {url: \"http://a/\"}}]\n", "2:19", "text");
    row("name null", "version: 1\nmonitors: [{name: null, http: {url: \"http://a/\"}}]\n", "2:13",
        "no value");
    row("name twice",
        "version: 1\nmonitors:\n  - {name: A, http: {url: \"http://a/\"}}\n  - {name: A, http: {url: "
        "\"http://a/\"}}\n",
        "4:12", "line 3");
    row("no kind", "version: 1\nmonitors: [{name: A}]\n", "2:12", "what to check");
    row("two kinds", withMonitor("ping: {host: a}"), "5:11", "one thing");
    row("http twice", withMonitor("http: {url: \"http://b/\"}"), "5:5", "line 4");
    row("misspelt kind", "version: 1\nmonitors: [{name: A, htpp: {}}]\n", "2:22", "\"http\"");
    row("unknown layer", withMonitor("layer: webserver"), "5:12", "\"web-server\"");
    row("layer in capitals", withMonitor("layer: Edge"), "5:12", "\"edge\"");
    row("snake case", withMonitor("depends_on: [A]"), "5:5", "\"dependsOn\"");
    row("interval without unit", withMonitor("interval: 30"), "5:15", "30s");
    row("interval negative", withMonitor("interval: -5s"), "5:15", "negative");
    row("interval zero", withMonitor("interval: 0s"), "5:15", "from 1s");
    row("interval short", withMonitor("interval: 999ms"), "5:15", "from 1s");
    row("interval long", withMonitor("interval: 7d1ms"), "5:15", "to 7d");
    row("interval overflow", withMonitor("interval: 99999999999999999999d"), "5:15", "duration");
    row("interval text", withMonitor("interval: often"), "5:15", "30s");
    row("interval list", withMonitor("interval: [1s]"), "5:15", "text");
    row("interval nothing", withMonitor("interval:"), "5:5", "no value");
    row("timeout short", withMonitor("timeout: 99ms"), "5:14", "100ms");
    row("timeout long", withMonitor("timeout: 11m"), "5:14", "10m");
    row("retries negative", withMonitor("retries: -1"), "5:14", "whole number");
    row("retries fraction", withMonitor("retries: 1.5"), "5:14", "whole number");
    row("retries many", withMonitor("retries: 101"), "5:14", "100");
    row("retries overflow", withMonitor("retries: 99999999999"), "5:14", "whole number");
    row("retry interval zero", withMonitor("retryInterval: 0s"), "5:20", "from 1s");
    row("paused text", withMonitor("paused: maybe"), "5:13", "true or false");
    row("paused quoted", withMonitor("paused: \"true\""), "5:13", "true or false");
    row("after wide characters", withMonitor("paused: [äöü, \"€\"]\nretries: x"), "5:13", "true or false");
    row("depends on nothing", withMonitor("dependsOn: [B]"), "5:17", "no monitor \"B\"");
    row("depends on similar", withMonitor("dependsOn: [AA]"), "5:17", "\"A\"");
    row("depends on text", withMonitor("dependsOn: A"), "5:16", "list");
    row("depends on group", withMonitor("dependsOn: [{a: b}]"), "5:17", "names");
    row("depends on itself", withMonitor("dependsOn: [A]"), "5:17", "A -> A");
    // HTTP
    row("http text", "version: 1\nmonitors: [{name: A, http: \"http://a/\"}]\n", "2:28", "key: value");
    row("no url", withHttp("method: GET"), "5:7", "url");
    row("url without scheme", withHttp("url: a.example"), "5:12", "https://");
    row("url with ftp", withHttp("url: ftp://a.example"), "5:12", "ftp");
    row("url without host", withHttp("url: http:///path"), "5:12", "host");
    row("url with password", withHttp("url: http://u:p@a.example/"), "5:12", "keychain");
    row("url with user", withHttp("url: http://u@a.example/"), "5:12", "keychain");
    row("url with blank", withHttp("url: \"http://a.example/a b\""), "5:12", "blank");
    row("url with port 0", withHttp("url: http://a.example:0/"), "5:12", "65535");
    row("url with big port", withHttp("url: http://a.example:65536/"), "5:12", "address");
    row("url with broken ipv6", withHttp("url: \"http://[::1/\""), "5:12", "address");
    row("url with broken ipv4", withHttp("url: http://300.1.1.1/"), "5:12", "IPv4");
    row("url with dots", withHttp("url: http://a..b/"), "5:12", "host");
    row("url empty", withHttp("url: \"\""), "5:12", "empty");
    row("unknown http key", withHttp(kUrl + "metod: GET"), "6:7", "\"method\"");
    row("method", withHttp(kUrl + "method: TRACE"), "6:15", "GET, HEAD, POST");
    row("method in small letters", withHttp(kUrl + "method: get"), "6:15", "\"GET\"");
    row("family", withHttp(kUrl + "family: ipv5"), "6:15", "ipv4");
    row("headers text", withHttp(kUrl + "headers: \"A: b\""), "6:16", "group");
    row("header name", withHttp(kUrl + "headers: {\"A b\": c}"), "6:17", "header name");
    row("header name line break", withHttp(kUrl + "headers: {\"A\\r\\nB\": c}"), "6:17", "header name");
    row("header name empty", withHttp(kUrl + "headers: {\"\": c}"), "6:17", "header name");
    row("header value line break", withHttp(kUrl + "headers: {A: \"b\\r\\nC: d\"}"), "6:20", "line break");
    row("header value line feed", withHttp(kUrl + "headers: {A: \"b\\nC: d\"}"), "6:20", "line break");
    row("header value nul", withHttp(kUrl + "headers: {A: \"b\\0\"}"), "6:20", "control");
    row("header value list", withHttp(kUrl + "headers: {A: [b]}"), "6:20", "text");
    row("header value nothing", withHttp(kUrl + "headers: {A: }"), "6:17", "text");
    row("header hidden break", withHttp(kUrl + "headers: {A: {base64: DQo=}}"), "6:20", "line break");
    row("header secret without a name", withHttp(kUrl + "headers: {A: {secret: \"\"}}"), "6:20", "secret");
    row("header in two cases", withHttp(kUrl + "headers: {Abc: d, aBC: e}"), "6:25", "twice");
    row("body list", withHttp(kUrl + "body: [a]"), "6:13", "text");
    row("body bad base64", withHttp(kUrl + "body: {base64: \"*\"}"), "6:13", "base64");
    row("connect to without port", withHttp(kUrl + "connectTo: a"), "6:18", "host:port");
    row("connect to big port", withHttp(kUrl + "connectTo: a:65536"), "6:18", "host:port");
    row("connect to bare ipv6", withHttp(kUrl + "connectTo: \"::1:80\""), "6:18", "host:port");
    row("follow", withHttp(kUrl + "followRedirects: 3"), "6:24", "true or false");
    row("expect text", withHttp(kUrl + "expect: 200"), "6:15", "key: value");
    row("expect unknown", withHttp(kUrl + "expect: {stats: 200}"), "6:16", "\"status\"");
    row("status low", withHttp(kUrl + "expect: {status: 99}"), "6:24", "100 to 599");
    row("status high", withHttp(kUrl + "expect: {status: 600}"), "6:24", "100 to 599");
    row("status turned", withHttp(kUrl + "expect: {status: [200, 299-200]}"), "6:30", "lower end");
    row("status class", withHttp(kUrl + "expect: {status: 6xx}"), "6:24", "100 to 599");
    row("status text", withHttp(kUrl + "expect: {status: ok}"), "6:24", "100 to 599");
    row("status empty", withHttp(kUrl + "expect: {status: []}"), "6:24", "empty");
    row("status nested", withHttp(kUrl + "expect: {status: [[200]]}"), "6:25", "100 to 599");
    row("body text", withHttp(kUrl + "expect: {body: Basket}"), "6:22", "key: value");
    row("body unknown", withHttp(kUrl + "expect: {body: {contain: x}}"), "6:23", "\"contains\"");
    row("contains empty", withHttp(kUrl + "expect: {body: {contains: \"\"}}"), "6:33", "empty");
    row("slow without unit", withHttp(kUrl + "expect: {slowAfter: 2}"), "6:27", "2s");
    row("slow zero", withHttp(kUrl + "expect: {slowAfter: 0s}"), "6:27", "from 1ms");
    row("certificate days", withHttp(kUrl + "expect: {certificateDays: -1}"), "6:33", "whole number");
}

void TestMonitorsFile::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, position);
    QFETCH(QString, word);
    const auto read = readMonitorsFile(text, QStringLiteral("m.yaml"));
    QVERIFY(!read);
    const QString sentence = read.error().sentence;
    QVERIFY(read.error().kind == Error::Kind::Invalid);
    const QString start = QStringLiteral("m.yaml:%1: ").arg(position);
    QVERIFY2(sentence.startsWith(start) || sentence.contains(u'\n' + start), qPrintable(sentence));
    QVERIFY2(sentence.contains(word), qPrintable(sentence));
    for (const auto &line : sentence.split(u'\n'))
        QVERIFY2(line.startsWith(QStringLiteral("m.yaml:")) && (line.endsWith(u'.') || line.endsWith(u'?')),
                 qPrintable(line));
}

void TestMonitorsFile::reportsEverythingAtOnce()
{
    const QString sentence = sentenceFor(withMonitor("interval: 30\nretries: x\nlayer: nowhere"));
    const auto lines = sentence.split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith(QStringLiteral("m.yaml:5:15: ")));
    QVERIFY(lines[1].startsWith(QStringLiteral("m.yaml:6:14: ")));
    QVERIFY(lines[2].startsWith(QStringLiteral("m.yaml:7:12: ")));
    // Columns count characters, not bytes.
    QVERIFY(sentenceFor(withHttp("url: \"http://a/\"\nheaders: {A: \"ÄÖ€\", \"ö b\": c}"))
                .startsWith(QStringLiteral("m.yaml:6:27: ")));
}

void TestMonitorsFile::limitsTheReport()
{
    QByteArray fields;
    for (int i = 0; i < 50; ++i)
        fields += "wrong" + QByteArray::number(i) + ": 1\n";
    const auto lines = sentenceFor(withMonitor(fields.trimmed())).split(u'\n');
    QCOMPARE(lines.size(), 21);
    QVERIFY(lines.last().contains(QStringLiteral("30")));
}

void TestMonitorsFile::resolvesDependencies()
{
    const QByteArray head =
        "version: 1\nservices:\n"
        "  - {name: S, monitors: [{name: X, http: {url: \"http://a/\"}}]}\n"
        "  - {name: T, monitors: [{name: X, http: {url: \"http://a/\"}}, {name: Y, http: {url: "
        "\"http://a/\"}, dependsOn: [X]}]}\nmonitors:\n";
    const auto standalone = [&head](const QByteArray &dependsOn) {
        return sentenceFor(head + "  - {name: Z, dependsOn: [" + dependsOn +
                           "], http: {url: \"http://a/\"}}\n");
    };
    QCOMPARE(standalone("S/X, T/X, Y, T/Y"), QString());
    QVERIFY(standalone("X").contains(QStringLiteral("S/X, T/X")));
    QVERIFY(standalone("X").startsWith(QStringLiteral("m.yaml:6:27: ")));
    QVERIFY(standalone("U/X").contains(QStringLiteral("no monitor")));
    const QString circle = sentenceFor("version: 1\nmonitors:\n"
                                       "  - {name: A, dependsOn: [B], http: {url: \"http://a/\"}}\n"
                                       "  - {name: B, dependsOn: [C], http: {url: \"http://a/\"}}\n"
                                       "  - {name: C, dependsOn: [B], http: {url: \"http://a/\"}}\n");
    QVERIFY2(circle.contains(QStringLiteral("B -> C -> B")), qPrintable(circle));
    QVERIFY(circle.startsWith(QStringLiteral("m.yaml:4:27: ")));
}

void TestMonitorsFile::survivesBombs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("deep list") << QByteArray("version: 1\nmonitors: " + QByteArray(1'000'000, '['));
    QTest::newRow("deep mixed list") << QByteArray("version: 1\nmonitors: " +
                                                   QByteArray("[a,").repeated(200'000));
    QTest::newRow("deep group") << QByteArray("version: 1\nmonitors: " +
                                              QByteArray("{a: ").repeated(200'000));
    QTest::newRow("deep dashes") << QByteArray("version: 1\nmonitors:\n" +
                                               QByteArray("- ").repeated(200'000));
    QTest::newRow("deep keys") << QByteArray("version: 1\n" + QByteArray("? ").repeated(100'000));

    QByteArray laughs = "version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 20; ++i) {
        const auto before = QByteArray("*a" + QByteArray::number(i - 1));
        laughs += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + before +
                  QByteArray(", " + before).repeated(8) + "]\n";
    }
    QTest::newRow("laughs") << laughs;

    QByteArray chain = "version: 1\na0: &a0 [x]\n";
    for (int i = 1; i < 20'000; ++i)
        chain += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [*a" +
                 QByteArray::number(i - 1) + "]\n";
    QTest::newRow("deep by aliases") << chain;

    QByteArray many = "version: 1\nmonitors: &m\n";
    for (int i = 0; i < 1'000; ++i)
        many += "  - {name: m" + QByteArray::number(i) + ", http: {url: \"http://a/\"}}\n";
    many += "services:\n";
    for (int i = 0; i < 1'000; ++i)
        many += "  - {name: s" + QByteArray::number(i) + ", monitors: *m}\n";
    QTest::newRow("monitors times services") << many;
    QTest::newRow("many values") << QByteArray("version: 1\nmonitors: [" +
                                               QByteArray("a,").repeated(1'100'000) + "]\n");
    QTest::newRow("long key") << QByteArray("version: 1\n" + QByteArray(1'000'000, 'k') + ": 1\n");
}

void TestMonitorsFile::survivesBombs()
{
    QFETCH(QByteArray, text);
    QVERIFY(sentenceFor(text).startsWith(QStringLiteral("m.yaml:")));
}

void TestMonitorsFile::survivesLongDependencyChain()
{
    QByteArray text = "version: 1\nmonitors:\n  - {name: m0, http: {url: \"http://a/\"}}\n";
    for (int i = 1; i < 20'000; ++i)
        text += "  - {name: m" + QByteArray::number(i) + ", dependsOn: [m" + QByteArray::number(i - 1) +
                "], http: {url: \"http://a/\"}}\n";
    QCOMPARE(sentenceFor(text), QString());
}

void TestMonitorsFile::survivesManyMissingDependencies()
{
    QByteArray text = "version: 1\nmonitors:\n";
    for (int i = 0; i < 5'000; ++i)
        text += "  - {name: " + QByteArray(30, 'm') + QByteArray::number(i) + ", dependsOn: [" +
                QByteArray(30, 'n') + QByteArray::number(i) + "], http: {url: \"http://a/\"}}\n";
    QVERIFY(sentenceFor(text).contains(QStringLiteral("no monitor")));
}

void TestMonitorsFile::survivesRandomEdits()
{
    QRandomGenerator random(20'261'122);
    const QByteArray pieces = "{}[]:,-&*!|>'\"%@`#?~\n\t \\0x\xC3\xFF";
    int refused = 0;
    for (int round = 0; round < 2'000; ++round) {
        QByteArray text = kWhole;
        const int edits = random.bounded(1, 6);
        for (int edit = 0; edit < edits; ++edit) {
            const auto at = random.bounded(text.size());
            const char piece = random.bounded(2) == 0 ? pieces[random.bounded(pieces.size())]
                                                      : static_cast<char>(random.bounded(256));
            switch (random.bounded(4)) {
            case 0:
                text[at] = piece;
                break;
            case 1:
                text.insert(at, piece);
                break;
            case 2:
                text.remove(at, random.bounded(1, 20));
                break;
            default:
                text.insert(at, text.mid(random.bounded(text.size()), random.bounded(1, 60)));
            }
        }
        const auto read = readMonitorsFile(text, QStringLiteral("m.yaml"));
        if (read) {
            QVERIFY(readMonitorsFile(writeMonitorsFile(*read), QStringLiteral("again")).has_value());
        } else {
            ++refused;
            QVERIFY2(read.error().sentence.startsWith(QStringLiteral("m.yaml:")),
                     qPrintable(read.error().sentence));
        }
    }
    QVERIFY(refused > 500);
    QVERIFY(refused < 2'000);
}

QTEST_GUILESS_MAIN(TestMonitorsFile)
#include "tst_monitorsfile.moc"
