// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/fingerprints.h"
#include "tests/support/harfile.h"

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
    row("status", R"({"status": [502, 503]})", true);
    row("other status", R"({"status": [500]})", false);
    row("reason", R"({"reason": "Gone fishing"})", true);
    row("reason is a part", R"({"reason": "Gone"})", false);
    row("body", R"({"body": "number 17"})", true);
    row("body not", R"({"body": "number 18"})", false);
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
