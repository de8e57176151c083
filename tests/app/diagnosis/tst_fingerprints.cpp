// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/fingerprints.h"
#include "tests/support/harfile.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto kNoReference = "";

QByteArray product(const QByteArray &rules, const QByteArray &rest = {})
{
    return R"({"id": "probe", "name": "Probe", "layer": "cache", "rules": [)" + rules + "]" + rest + "}";
}

QByteArray rule(const QByteArray &matcher)
{
    return R"({"all": [)" + matcher + R"(], "confidence": "high", "fact": "It fits.", "source": "none"})";
}

} // namespace

class FingerprintsTest : public QObject
{
    Q_OBJECT

private:
    Result<Fingerprints> loadOne(const QByteArray &json)
    {
        const QString path = m_dir.filePath(u"probe.json"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size())
            qFatal("cannot write %s", qPrintable(path));
        file.close();
        return Fingerprints::load(m_dir.path());
    }

    QTemporaryDir m_dir;

private Q_SLOTS:
    void recordedExchange_data();
    void recordedExchange();
    void matcher_data();
    void matcher();
    void rejectedData_data();
    void rejectedData();
    void runawayExpressionIsBounded();
    void pageOfAnotherProducerGivesNoReference();
    void aFileMoreIsAProductMore();
    void proxyStatusSpeaksForAKnownProxy();
    void hopsStandAsViaNamesThem();
    void nameOf();
    void emptyFolder();
};

void FingerprintsTest::recordedExchange_data()
{
    QTest::addColumn<QString>("producer");
    QTest::addColumn<QString>("meaning");
    QTest::addColumn<Confidence>("confidence");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("xid");
    const auto row = [](const char *file, const char *producer, const char *meaning, const char *path = "",
                        const char *xid = kNoReference, Confidence confidence = Confidence::High) {
        QTest::newRow(file) << QString::fromLatin1(producer) << QString::fromLatin1(meaning) << confidence
                            << QString::fromLatin1(path) << QString::fromLatin1(xid);
    };
    // The producer is the truth known of each recording; what stays empty made no page of a product here.
    row("varnish-refused", "varnish", "fetch-failed", "", "4");
    row("varnish-timeout", "varnish", "fetch-failed", "", "7");
    row("varnish-synth-503", "varnish", "synth", "", "15");
    row("varnish-abandon", "varnish", "synth", "", "98320");
    row("varnish-vsthrottle-429", "varnish", "synth", "", "65553");
    row("varnish-custom-error", "varnish", "fetch-failed", "", "32836", Confidence::Medium);
    row("varnish-app_500", "application", "own-500", "varnish,gunicorn", "32797", Confidence::Medium);
    row("varnish-healthy", "", "", "varnish,gunicorn", "32770", Confidence::Low);
    row("varnish-wp-maintenance", "wordpress", "maintenance", "varnish,nginx", "21");
    row("varnish-grace-stale-1", "", "", "varnish", "98310", Confidence::Low);
    row("varnish-chain-nginx-refused", "nginx", "bad-gateway", "varnish", "3");
    row("varnish-chain-varnish-refused", "varnish", "fetch-failed", "", "98326");
    row("apache-chain-varnish-refused", "varnish", "fetch-failed", "", "98314");
    row("nginx-chain-varnish-timeout", "varnish", "fetch-failed", "nginx", "98311");
    row("nginx-refused", "nginx", "bad-gateway");
    row("nginx-timeout", "nginx", "gateway-timeout");
    row("nginx-h2-504", "nginx", "gateway-timeout");
    row("nginx-limit-conn-503", "nginx", "own-503");
    row("nginx-worker-connections", "nginx", "own-500");
    row("nginx-tokens-off-502", "nginx", "bad-gateway");
    row("nginx-plain-to-https-port", "nginx", "");
    row("nginx-app_503_retry_after", "application", "own-503", "nginx", kNoReference, Confidence::Low);
    row("nginx-healthy", "", "", "nginx", kNoReference, Confidence::Low);
    row("nginx-return-444", "", "", "", kNoReference, Confidence::Low);
    row("nginx-chain-apache-refused", "apache", "own-503", "nginx");
    row("apache-refused", "apache", "own-503");
    row("apache-signature-off-503", "apache", "own-503");
    row("apache-reset", "apache", "bad-gateway");
    row("apache-php-timeout", "apache", "gateway-timeout");
    row("apache-dns-nxdomain", "apache", "unresolved");
    row("apache-tls_cert_wrong_host", "apache", "upstream-tls");
    row("apache-htaccess-syntax", "apache", "own-500");
    row("apache-errordocument-503", "apache", "own-503", "", kNoReference, Confidence::Medium);
    row("haproxy-refused", "haproxy", "no-server");
    row("haproxy-healthy", "", "", "gunicorn", kNoReference, Confidence::Low);
}

void FingerprintsTest::recordedExchange()
{
    QFETCH(QString, producer);
    const auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY2(fingerprints, fingerprints ? "" : qPrintable(fingerprints.error().sentence));
    const auto exchange = readHarFile(QStringLiteral(BACKWATCH_TEST_DATA "/exchanges/%1.har")
                                          .arg(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(exchange, exchange ? "" : qPrintable(exchange.error().sentence));

    const auto recognition = fingerprints->recognise(*exchange);
    QCOMPARE(recognition.producer, producer);
    QTEST(recognition.meaning, "meaning");
    QTEST(recognition.confidence, "confidence");
    QTEST(recognition.path.join(u','), "path");
    QTEST((recognition.references.isEmpty() ? QString() : recognition.references.first().value), "xid");
    QCOMPARE(recognition.layer == Layer::Unknown, producer.isEmpty());
    QCOMPARE(recognition.name.isEmpty(), producer.isEmpty());
    QVERIFY(producer.isEmpty() || !recognition.facts.isEmpty());
}

void FingerprintsTest::matcher_data()
{
    QTest::addColumn<QByteArray>("matcher");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *name, const QByteArray &matcher, bool fits) {
        QTest::newRow(name) << matcher << fits;
    };
    row("header present", R"({"header": "x-CACHE"})", true);
    row("header not there", R"({"header": "X-Other"})", false);
    row("header equals", R"({"header": "X-Cache", "equals": "hit FROM edge"})", true);
    row("header equals only a part", R"({"header": "X-Cache", "equals": "hit"})", false);
    row("header contains", R"({"header": "X-Cache", "contains": "EDGE"})", true);
    row("header contains not", R"({"header": "X-Cache", "contains": "core"})", false);
    row("second field of a name", R"({"header": "X-Cache", "equals": "miss"})", true);
    row("header matches", R"({"header": "X-Cache", "matches": "^Hit from \\w+$"})", true);
    row("header matches not", R"({"header": "X-Cache", "matches": "^from"})", false);
    row("no header", R"({"noHeader": "X-Other"})", true);
    row("no header but there", R"({"noHeader": "X-CACHE"})", false);
    row("header in these letters", R"({"headerWritten": "X-Cache"})", true);
    row("header in other letters", R"({"headerWritten": "x-cache"})", false);
    row("status", R"({"status": [502, 503]})", true);
    row("other status", R"({"status": [500]})", false);
    row("reason", R"({"reason": "Gone fishing"})", true);
    row("reason is a part", R"({"reason": "Gone"})", false);
    row("body", R"({"body": "number 17"})", true);
    row("body not", R"({"body": "number 18"})", false);
    row("body is", R"({"bodyIs": "This is number 17."})", true);
    row("body is only a part", R"({"bodyIs": "number 17."})", false);
    row("not in body", R"({"notInBody": "number 18"})", true);
    row("not in body but there", R"({"notInBody": "number 17"})", false);
    row("no body", R"({"noBody": true})", false);
    row("status range", R"({"statusRange": [500, 599]})", true);
    row("other status range", R"({"statusRange": [400, 499]})", false);
    row("method", R"({"method": "HEAD"})", false);
    row("any", R"({"any": [{"body": "never"}, {"status": [503]}]})", true);
    row("none of any", R"({"any": [{"body": "never"}, {"status": [500]}]})", false);
    row("all", R"({"all": [{"body": "number"}, {"status": [503]}]})", true);
    row("not all", R"({"all": [{"body": "number"}, {"status": [500]}]})", false);
    row("body matches", R"({"bodyMatches": "number \\d+"})", true);
    row("group in header", R"j({"bodyMatches": "number (\\d+)", "inHeader": "X-Numbers"})j", true);
    row("group not in header", R"j({"bodyMatches": "number (\\d+)", "notInHeader": "X-Numbers"})j", false);
    row("group is a part of a word", R"j({"bodyMatches": "number (\\d)", "inHeader": "X-Numbers"})j", false);
}

void FingerprintsTest::matcher()
{
    QFETCH(QByteArray, matcher);
    const auto fingerprints = loadOne(product(rule(matcher)));
    QVERIFY2(fingerprints, fingerprints ? "" : qPrintable(fingerprints.error().sentence));
    Exchange exchange;
    exchange.status = 503;
    exchange.reason = "Gone fishing";
    exchange.responseHeaders = {{"X-Cache", "Hit from edge"}, {"X-Cache", "miss"}, {"X-Numbers", "16 17"}};
    exchange.body = "This is number 17.";
    QTEST(!fingerprints->recognise(exchange).producer.isEmpty(), "fits");
}

void FingerprintsTest::rejectedData_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QByteArray &json, const char *named) {
        QTest::newRow(name) << json << QString::fromLatin1(named);
    };
    const QByteArray good = rule(R"({"body": "x"})");
    row("no JSON", "{", "not JSON");
    row("a list", "[]", "one JSON object");
    row("other id than the file", R"({"id": "x", "name": "X", "layer": "cache", "rules": [)" + good + "]}",
        "\"id\"");
    row("unknown layer", R"({"id": "probe", "name": "X", "layer": "sky", "rules": [)" + good + "]}",
        "\"layer\"");
    row("no name", R"({"id": "probe", "layer": "cache", "rules": [)" + good + "]}", "\"name\"");
    row("no rules", product({}), "\"rules\"");
    row("misspelt key", product(good, R"(, "hops": [])"), "\"hops\"");
    row("confidence",
        product(R"({"all": [{"body": "x"}], "confidence": "sure", "fact": "F.", "source": "S"})"),
        "\"rules[0].confidence\"");
    row("no source", product(R"({"all": [{"body": "x"}], "confidence": "high", "fact": "F."})"),
        "\"rules[0].source\"");
    row("no fact", product(R"({"all": [{"body": "x"}], "confidence": "high"})"), "\"rules[0].fact\"");
    row("rule that fits everything",
        product(R"({"all": [], "confidence": "high", "fact": "F.", "source": "S"})"), "\"rules[0].all\"");
    row("unknown cause", product(R"({"all": [{"body": "x"}], "confidence": "high", "fact": "F.",
                "source": "S", "causes": [{"id": "bad-luck", "confidence": "low"}]})"),
        "\"rules[0].causes[0].id\"");
    row("unknown failing layer", product(R"({"all": [{"body": "x"}], "confidence": "high", "fact": "F.",
                "source": "S", "failing": {"layer": "sky"}})"),
        "\"rules[0].failing.layer\"");
    row("no time", product(good, R"(, "timeouts": [{"seconds": 0, "setting": "s", "cause": "overload"}])"),
        "\"timeouts[0].seconds\"");
    row("half a range", product(rule(R"({"statusRange": [500]})")), "\"rules[0].all[0].statusRange\"");
    row("empty any", product(rule(R"({"any": []})")), "\"rules[0].all[0].any\"");
    row("bad expression", product(rule(R"({"bodyMatches": "("})")), "\"rules[0].all[0].bodyMatches\"");
    row("two matchers in one", product(rule(R"({"body": "x", "reason": "y"})")), "\"rules[0].all[0].");
    row("no matcher", product(rule(R"({"equals": "x"})")), "\"rules[0].all[0].");
    row("equals and contains", product(rule(R"({"header": "A", "equals": "x", "contains": "y"})")),
        "\"rules[0].all[0].");
    row("status in words", product(rule(R"({"status": ["503"]})")), "\"rules[0].all[0].status\"");
    row("comparison without a group", product(rule(R"({"bodyMatches": "x", "inHeader": "A"})")),
        "\"rules[0].all[0].bodyMatches\"");
    row("reference without a group", product(good, R"(, "references": [{"kind": "k", "body": "x"}])"),
        "\"references[0].body\"");
}

void FingerprintsTest::rejectedData()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, named);
    const auto fingerprints = loadOne(json);
    QVERIFY(!fingerprints);
    const QString sentence = fingerprints.error().sentence;
    QVERIFY2(sentence.contains(u"probe.json"), qPrintable(sentence));
    QVERIFY2(sentence.contains(named), qPrintable(sentence));
    QVERIFY(sentence.endsWith(u'.'));
}

void FingerprintsTest::runawayExpressionIsBounded()
{
    const auto fingerprints = loadOne(product(rule(R"({"bodyMatches": "(?:(a+)+)+b"})")));
    QVERIFY(fingerprints);
    Exchange exchange;
    exchange.status = 503;
    exchange.body = QByteArray(Exchange::kBodyLimit, 'a');
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 5; ++i)
        QVERIFY(fingerprints->recognise(exchange).producer.isEmpty());
    // Without a bound this takes longer than anybody lives; the margin is for slow machines.
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
}

void FingerprintsTest::pageOfAnotherProducerGivesNoReference()
{
    const auto fingerprints = loadOne(product(
        rule(R"({"body": "never"})"),
        R"j(, "hop": [{"header": "X-Probe"}], "references": [{"kind": "k", "body": "number (\\d+)"}])j"));
    QVERIFY(fingerprints);
    Exchange exchange;
    exchange.status = 503;
    exchange.responseHeaders = {{"X-Probe", "1"}};
    exchange.body = "number 17";
    const auto recognition = fingerprints->recognise(exchange);
    QCOMPARE(recognition.path, QStringList{u"probe"_s});
    QVERIFY(recognition.references.isEmpty());
}

/// What a contributor does: one file beside those that are shipped.
void FingerprintsTest::aFileMoreIsAProductMore()
{
    QTemporaryDir folder;
    const auto shipped = QDir(u":/fingerprints"_s).entryInfoList({u"*.json"_s});
    for (const auto &file : shipped)
        QVERIFY(QFile::copy(file.filePath(), folder.filePath(file.fileName())));
    Exchange exchange;
    exchange.status = 503;
    exchange.responseHeaders = {{"Content-Type", "text/plain"}};
    exchange.body = "gatekeeper: no pod for you (ticket 4711)";
    const auto before = Fingerprints::load(folder.path());
    QVERIFY(before);
    QVERIFY(before->recognise(exchange).producer.isEmpty());

    QFile file(folder.filePath(u"gatekeeper.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"j({"id": "gatekeeper", "name": "Gatekeeper", "layer": "balancer",
        "rules": [{"all": [{"bodyMatches": "\\Agatekeeper: no pod"}], "confidence": "high",
                   "fact": "The text is Gatekeeper's own.", "source": "gatekeeper 1.0 answers.c",
                   "causes": [{"id": "upstream-unhealthy", "confidence": "high", "fact": "No pod is ready."}],
                   "failing": {"layer": "runtime", "id": "kubernetes"}}],
        "references": [{"kind": "ticket", "body": "ticket (\\d{1,9})"}],
        "timeouts": [{"seconds": 2.5, "setting": "wait", "cause": "upstream-timeout"}]})j");
    file.close();
    const auto after = Fingerprints::load(folder.path());
    QVERIFY2(after, after ? "" : qPrintable(after.error().sentence));
    const auto recognition = after->recognise(exchange);
    QCOMPARE(recognition.producer, u"gatekeeper"_s);
    QCOMPARE(recognition.causes, (QList<CandidateCause>{{CauseKind::UpstreamUnhealthy, Confidence::High,
                                                         u"No pod is ready."_s}}));
    QCOMPARE(recognition.failing, (FailingPart{Layer::Runtime, u"kubernetes"_s}));
    QCOMPARE(recognition.references, (QList<Reference>{{u"ticket"_s, u"4711"_s}}));
    QCOMPARE(recognition.timeouts,
             (QList<KnownTimeout>{{milliseconds(2500), u"wait"_s, CauseKind::UpstreamTimeout}}));
}

void FingerprintsTest::proxyStatusSpeaksForAKnownProxy()
{
    const auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY(fingerprints);
    Exchange exchange;
    exchange.status = 502;
    exchange.responseHeaders = {
        {"Proxy-Status", "Squid; error=connection_refused; next-hop=\"10.0.0.1:80\""}};
    const auto known = fingerprints->recognise(exchange);
    QCOMPARE(known.producer, u"squid"_s);
    QCOMPARE(known.causes.value(0).kind, CauseKind::UpstreamRefused);
    QCOMPARE(known.causes.value(0).confidence, Confidence::High);
    exchange.responseHeaders = {{"Proxy-Status", "somebody; error=connection_refused"}};
    const auto stranger = fingerprints->recognise(exchange);
    QVERIFY(stranger.producer.isEmpty());
    QCOMPARE(stranger.causes.value(0).confidence, Confidence::Medium);
    exchange.responseHeaders = {{"Proxy-Status", "Squid; received-status=502"}};
    QVERIFY(fingerprints->recognise(exchange).producer.isEmpty());
}

void FingerprintsTest::hopsStandAsViaNamesThem()
{
    const auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY(fingerprints);
    Exchange exchange;
    exchange.status = 503;
    exchange.responseHeaders = {{"Via", "1.1 varnish (Varnish/7.1), 1.1 Caddy"}, {"X-Varnish", "3"}};
    QCOMPARE(fingerprints->recognise(exchange).path, (QStringList{u"caddy"_s, u"varnish"_s}));
    exchange.responseHeaders = {{"Via", "1.1 Caddy, 1.1 varnish (Varnish/7.1)"}, {"X-Varnish", "3"}};
    QCOMPARE(fingerprints->recognise(exchange).path, (QStringList{u"varnish"_s, u"caddy"_s}));
}

void FingerprintsTest::nameOf()
{
    const auto fingerprints = Fingerprints::load(u":/fingerprints"_s);
    QVERIFY(fingerprints);
    QCOMPARE(fingerprints->nameOf(u"varnish"_s), u"Varnish Cache"_s);
    QCOMPARE(fingerprints->nameOf(u"of-tomorrow"_s), u"of-tomorrow"_s);
}

void FingerprintsTest::emptyFolder()
{
    const QTemporaryDir empty;
    const auto fingerprints = Fingerprints::load(empty.path());
    QVERIFY(!fingerprints);
    QVERIFY(fingerprints.error().sentence.contains(empty.path()));
}

QTEST_GUILESS_MAIN(FingerprintsTest)
#include "tst_fingerprints.moc"
