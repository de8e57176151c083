// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/reasoning.h"

#include <QTest>

#include <algorithm>

using namespace backwatch;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

using enum CauseKind;

/// Without a wait that was measured, time says nothing.
Exchange answerOf(int status, std::optional<milliseconds> wait = {})
{
    Exchange exchange;
    exchange.url = QUrl(u"https://www.example.test/basket"_s);
    exchange.status = status;
    exchange.outcome = status < 400 ? Outcome::Ok : Outcome::HttpStatus;
    if (wait)
        exchange.phases.wait = *wait;
    exchange.phases.receive = microseconds(0);
    return exchange;
}

Recognition madeBy(Layer layer)
{
    Recognition recognition;
    recognition.producer = u"probe"_s;
    recognition.name = u"Probe"_s;
    recognition.layer = layer;
    recognition.confidence = Confidence::High;
    return recognition;
}

/// A product that names these, most likely first.
Recognition madeBy(Layer layer, std::initializer_list<CauseKind> kinds)
{
    Recognition recognition = madeBy(layer);
    for (const auto kind : kinds)
        recognition.causes.append({kind, Confidence::Medium, u"The page says so."_s});
    return recognition;
}

QString causes(const Diagnosis &diagnosis)
{
    QStringList ids;
    for (const auto &one : diagnosis.causes)
        ids += causeId(one.kind).toString();
    return ids.join(u' ');
}

/// "+" for each fact that speaks for it, "-" for each against; "absent" where it is not among them.
QString facts(const Diagnosis &diagnosis, CauseKind kind)
{
    const auto found = std::find_if(diagnosis.causes.begin(), diagnosis.causes.end(),
                                    [kind](const Cause &one) { return one.kind == kind; });
    if (found == diagnosis.causes.end())
        return u"absent"_s;
    return QString(found->supporting.size(), u'+') + QString(found->opposing.size(), u'-');
}

Neighbour neighbour(Layer layer, const QString &kind, State state, Outcome outcome = Outcome::Ok)
{
    Neighbour one;
    one.name = u"Part"_s;
    one.layer = layer;
    one.kind = kind;
    one.state = state;
    one.outcome = outcome;
    one.detail = u"as it was found"_s;
    return one;
}

/// One sample for each letter: g good, b bad.
QList<StoredSample> minutes(const QByteArray &letters)
{
    QList<StoredSample> samples;
    for (const char letter : letters) {
        StoredSample one;
        one.sample.outcome = letter == 'b' ? Outcome::HttpStatus : Outcome::Ok;
        samples.append(one);
    }
    return samples;
}

} // namespace

/// What the exchange itself, the other monitors and the last minutes weigh, beside the recorded pages.
class TestEvidenceRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void neighboursThatAreWell()
    {
        const Recognition page =
            madeBy(Layer::WebServer, {UpstreamRefused, UpstreamUnresolved, DatabaseDown});
        DiagnosisContext context;
        context.neighbours = {neighbour(Layer::Database, u"mysql"_s, State::Up)};
        const auto database = diagnose(answerOf(502), page, context);
        QCOMPARE(facts(database, DatabaseDown), u"+-"_s);
        QCOMPARE(facts(database, UpstreamRefused), u"+"_s);
        context.neighbours = {neighbour(Layer::Runtime, u"fastcgi"_s, State::Up)};
        const auto pool = diagnose(answerOf(502), page, context);
        QCOMPARE(facts(pool, UpstreamRefused), u"+-"_s);
        QCOMPARE(facts(pool, UpstreamUnresolved), u"+-"_s);
        QCOMPARE(facts(pool, DatabaseDown), u"+"_s);
        // Another page of the same front is not behind it.
        context.neighbours = {neighbour(Layer::Edge, u"http"_s, State::Up)};
        QCOMPARE(facts(diagnose(answerOf(502), page, context), UpstreamRefused), u"+"_s);
    }

    /// How it fails tells nothing, but that it does.
    void neighbourThatFailsSomehow()
    {
        DiagnosisContext context;
        context.neighbours = {neighbour(Layer::Runtime, u"tcp"_s, State::Down, Outcome::BodyMismatch)};
        const auto diagnosis =
            diagnose(answerOf(502), madeBy(Layer::WebServer, {UpstreamTimeout, Overload}), context);
        QCOMPARE(facts(diagnosis, UpstreamTimeout), u"++"_s);
        QCOMPARE(facts(diagnosis, Overload), u"+"_s);
        QCOMPARE(diagnosis.failing, (FailingPart{Layer::Runtime, {}}));
    }

    void lastMinutes_data()
    {
        QTest::addColumn<QByteArray>("letters");
        QTest::addColumn<QString>("overload");
        QTest::addColumn<QString>("misconfigured");
        const auto row = [](const char *name, const char *letters, const char *overload,
                            const char *misconfigured) {
            QTest::newRow(name) << QByteArray(letters) << QString::fromLatin1(overload)
                                << QString::fromLatin1(misconfigured);
        };
        row("comes and goes", "gbgbgb", "++", "+-");
        row("went once", "gggbbb", "+", "+");
        row("came back and went", "bbgggb", "++", "+-");
        row("fails all the time", "bbbbbb", "+", "+");
        row("was well until now", "gggggg", "+", "+");
        row("too few", "gbgbg", "+", "+");
    }

    void lastMinutes()
    {
        QFETCH(const QByteArray, letters);
        QFETCH(const QString, overload);
        QFETCH(const QString, misconfigured);
        DiagnosisContext context;
        context.recent = minutes(letters);
        const auto diagnosis =
            diagnose(answerOf(503), madeBy(Layer::WebServer, {Misconfigured, Overload}), context);
        QCOMPARE(facts(diagnosis, Overload), overload);
        QCOMPARE(facts(diagnosis, Misconfigured), misconfigured);
    }

    void aRedirectLoopComesAndGoesByCookies()
    {
        DiagnosisContext context;
        context.recent = minutes("gbgbgb");
        Exchange exchange = answerOf(302);
        exchange.outcome = Outcome::RedirectLoop;
        QCOMPARE(facts(diagnose(exchange, {}, context), Misconfigured), QString());
    }

    void retryAfter_data()
    {
        QTest::addColumn<Layer>("layer");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("maintenance");
        QTest::addColumn<QString>("overload");
        QTest::newRow("none") << Layer::Application << 0 << u"+"_s << u"+"_s;
        QTest::newRow("a breath") << Layer::Application << 30 << u"+"_s << u"++"_s;
        QTest::newRow("work") << Layer::Application << 60 << u"++"_s << u"+"_s;
        QTest::newRow("on every page of a gateway") << Layer::Cache << 5 << u"+"_s << u"+"_s;
        QTest::newRow("put there by somebody") << Layer::Cache << 3'600 << u"++"_s << u"+"_s;
    }

    void retryAfter()
    {
        QFETCH(const Layer, layer);
        QFETCH(const int, seconds);
        QFETCH(const QString, maintenance);
        QFETCH(const QString, overload);
        Recognition page = madeBy(layer, {Maintenance, Overload});
        if (seconds > 0)
            page.standard.retryAfter = std::chrono::seconds(seconds);
        const auto diagnosis = diagnose(answerOf(503), page, {});
        QCOMPARE(facts(diagnosis, Maintenance), maintenance);
        QCOMPARE(facts(diagnosis, Overload), overload);
    }

    void timeOutsSayWhoseTheyAre()
    {
        Recognition page = madeBy(Layer::WebServer, {UpstreamRefused, UpstreamTimeout});
        page.timeouts = {{45s, u"patience"_s, UpstreamTimeout}};
        const auto said = [](const Diagnosis &diagnosis) {
            return diagnosis.causes.first().supporting.join(u' ');
        };
        const QString usual = said(diagnose(answerOf(504, 45'020ms), page, {}));
        QVERIFY2(usual.contains(u"patience of Probe runs out (45 s unless changed)"_s), qPrintable(usual));
        DiagnosisContext context;
        context.timeouts.insert(u"probe"_s, 7'300ms);
        const QString configured = said(diagnose(answerOf(504, 7'310ms), page, context));
        QVERIFY2(configured.contains(u"7.3 s that is configured for Probe"_s), qPrintable(configured));
    }

    /// What it says comes first; that its end is missing is all that is known of one that says nothing.
    void errorPageCutShort()
    {
        Exchange exchange = answerOf(503);
        exchange.truncated = true;
        QVERIFY2(causes(diagnose(exchange, {}, {})).contains(u"truncated"_s),
                 qPrintable(causes(diagnose(exchange, {}, {}))));
        const auto said = causes(diagnose(exchange, madeBy(Layer::WebServer, {UpstreamRefused}), {}));
        QVERIFY2(said.startsWith(u"upstream-refused"_s) && said.contains(u"truncated"_s), qPrintable(said));
    }

    void cutShort()
    {
        Exchange exchange = answerOf(200);
        exchange.truncated = true;
        QCOMPARE(causes(diagnose(exchange, {}, {})),
                 u"truncated upstream-closed upstream-timeout application-error"_s);
        exchange.responseHeaders = {{"Content-Length", "10"}, {"Content-Length", "20"}};
        QCOMPARE(diagnose(exchange, {}, {}).causes.first().kind, UpstreamInvalid);
        exchange.responseHeaders = {{"Content-Length", "10"}, {"content-length", "10"}};
        QCOMPARE(diagnose(exchange, {}, {}).causes.first().kind, Truncated);
        // It stood still until a time-out ran out.
        exchange.phases.wait = 300ms;
        exchange.phases.receive = 10'005ms;
        exchange.phases.total = 10'310ms;
        const auto stalled = diagnose(exchange, {}, {});
        QCOMPARE(stalled.causes.first().kind, UpstreamTimeout);
    }

    void sentBackToWhereItCameFrom_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("isLoop");
        const QString page = u"https://www.example.test/basket"_s;
        QTest::newRow("the same") << page << QByteArray("https://www.example.test/basket") << true;
        QTest::newRow("by path alone") << page << QByteArray("/basket") << true;
        QTest::newRow("with the usual port")
            << page << QByteArray("https://www.example.test:443/basket") << true;
        QTest::newRow("the usual port of http")
            << u"http://www.example.test/"_s << QByteArray("http://www.example.test:80/") << true;
        QTest::newRow("another port") << page << QByteArray("https://www.example.test:80/basket") << false;
        QTest::newRow("without a path")
            << u"https://www.example.test/"_s << QByteArray("https://www.example.test") << true;
        QTest::newRow("elsewhere") << page << QByteArray("/login") << false;
        QTest::newRow("to the other scheme")
            << u"http://www.example.test/"_s << QByteArray("https://www.example.test/") << false;
        QTest::newRow("inside, by name") << page << QByteArray("https://localhost/basket") << true;
        QTest::newRow("inside, loopback") << page << QByteArray("https://127.0.0.1:8443/basket") << true;
        QTest::newRow("inside, private") << page << QByteArray("https://10.1.2.3/basket") << true;
        QTest::newRow("another host") << page << QByteArray("https://shop.example.test/basket") << false;
        QTest::newRow("inside, asked there")
            << u"http://localhost/basket"_s << QByteArray("http://127.0.0.1/basket") << false;
    }

    void sentBackToWhereItCameFrom()
    {
        QFETCH(const QString, url);
        QFETCH(const QByteArray, location);
        QFETCH(const bool, isLoop);
        Exchange exchange = answerOf(302);
        exchange.url = QUrl(url);
        exchange.responseHeaders = {{"Location", location}};
        QCOMPARE(causes(diagnose(exchange, {}, {})),
                 isLoop ? u"redirect-loop misconfigured application-error"_s : QString());
    }

    void noAnswer_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("all");
        QTest::newRow("refused") << Outcome::ConnectRefused
                                 << u"upstream-refused misconfigured maintenance"_s;
        QTest::newRow("no name") << Outcome::DnsNotFound << u"upstream-unresolved misconfigured"_s;
        QTest::newRow("expired") << Outcome::TlsExpired << u"upstream-tls misconfigured"_s;
        QTest::newRow("no byte") << Outcome::FirstByteTimeout
                                 << u"overload upstream-timeout application-error database-down"_s;
    }

    void noAnswer()
    {
        QFETCH(const Outcome, outcome);
        QFETCH(const QString, all);
        Exchange exchange = answerOf(0);
        exchange.outcome = outcome;
        exchange.phases = {};
        const auto diagnosis = diagnose(exchange, {}, {});
        QCOMPARE(causes(diagnosis), all);
        QCOMPARE(diagnosis.causes.first().confidence, Confidence::Medium);
        QCOMPARE(facts(diagnosis, diagnosis.causes.first().kind), u"+"_s);
        QCOMPARE(facts(diagnosis, diagnosis.causes[1].kind), QString());
    }

    void proxyStatusNamesTheError()
    {
        Recognition page = madeBy(Layer::Balancer);
        ProxyStatus status;
        status.proxy = u"edge.example"_s;
        status.error = u"connection_refused"_s;
        page.standard.proxyStatus = {status};
        const auto diagnosis = diagnose(answerOf(502), page, {});
        QCOMPARE(diagnosis.causes.first().kind, UpstreamRefused);
        QCOMPARE(diagnosis.causes.first().confidence, Confidence::Medium);
        QVERIFY(diagnosis.causes.first().supporting.first().contains(u"connection_refused"_s));
    }

    void scriptBehindAGateway()
    {
        Exchange exchange = answerOf(500);
        QCOMPARE(diagnose(exchange, madeBy(Layer::WebServer), {}).causes.first().kind, Misconfigured);
        exchange.url = QUrl(u"https://www.example.test/cgi-bin/basket.pl"_s);
        QCOMPARE(diagnose(exchange, madeBy(Layer::WebServer), {}).causes.first().kind, UpstreamInvalid);
    }

    /// The words of a page count where it is nobody's own, or where an admin put another in the place of one.
    void wordsOfThePage()
    {
        Exchange exchange = answerOf(503);
        exchange.responseHeaders = {{"Content-Type", "text/html"}};
        exchange.body = "<html><head><title>Maintenance</title></head><body><h1>We are down for maintenance"
                        "</h1></body></html>";
        const auto unknown = diagnose(exchange, {}, {});
        QCOMPARE(unknown.causes.first().kind, Maintenance);
        QCOMPARE(unknown.causes.first().confidence, Confidence::Medium);
        QCOMPARE(facts(unknown, Maintenance), u"+"_s);

        Recognition replaced = madeBy(Layer::Balancer, {UpstreamRefused, Maintenance});
        replaced.confidence = Confidence::Medium;
        QCOMPARE(facts(diagnose(exchange, replaced, {}), Maintenance), u"++"_s);
        replaced.confidence = Confidence::High;
        QCOMPARE(facts(diagnose(exchange, replaced, {}), Maintenance), u"+"_s);
        replaced.confidence = Confidence::Medium;
        replaced.layer = Layer::Application;
        QCOMPARE(facts(diagnose(exchange, replaced, {}), Maintenance), u"+"_s);
    }

    void thePageNamesThePart()
    {
        Recognition page = madeBy(Layer::WebServer, {Misconfigured, Overload});
        page.failing = {Layer::WebServer, {}};
        QCOMPARE(diagnose(answerOf(503), page, {}).failing, (FailingPart{Layer::WebServer, u"probe"_s}));
        page.failing = {Layer::Runtime, {}};
        QCOMPARE(diagnose(answerOf(503), page, {}).failing, (FailingPart{Layer::Runtime, {}}));
        page.failing = {Layer::WebServer, u"other"_s};
        QCOMPARE(diagnose(answerOf(503), page, {}).failing, (FailingPart{Layer::WebServer, u"other"_s}));
    }
};

QTEST_GUILESS_MAIN(TestEvidenceRules)
#include "tst_evidencerules.moc"
