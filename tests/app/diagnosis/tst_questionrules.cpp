// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/questionrules.h"
#include "app/diagnosis/ranking.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

Cause cause(CauseKind kind, Confidence confidence = Confidence::Medium)
{
    Cause one;
    one.kind = kind;
    one.confidence = confidence;
    return one;
}

/// Varnish could not fetch, which has many reasons.
Diagnosis fetchFailed()
{
    Diagnosis diagnosis;
    diagnosis.status = 503;
    diagnosis.outcome = Outcome::HttpStatus;
    diagnosis.recognition.producer = QStringLiteral("varnish");
    diagnosis.recognition.layer = Layer::Cache;
    diagnosis.failing = {Layer::WebServer, {}};
    diagnosis.causes = {cause(CauseKind::UpstreamRefused), cause(CauseKind::UpstreamTimeout),
                        cause(CauseKind::UpstreamUnhealthy, Confidence::Low)};
    return diagnosis;
}

ExchangePtr failedExchange(milliseconds wait = 3ms, int status = 503)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->startedAt = 1'790'000'000'000;
    exchange->status = status;
    exchange->phases.wait = wait;
    exchange->responseHeaders = {{"Date", "Mon, 21 Sep 2026 13:33:20 GMT"}};
    return exchange;
}

QuestionAnswer answer(QuestionKind kind, Outcome outcome, const QString &subject = {})
{
    QuestionAnswer one;
    one.question.kind = kind;
    one.question.subject = subject;
    one.question.check = HttpCheck{};
    one.question.sentence = QStringLiteral("?");
    one.askedAt = 1'790'000'000'250;
    one.result.sample.outcome = outcome;
    return one;
}

QuestionAnswer stored(QuestionAnswer one, const HttpHeader &sign)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->status = 503;
    exchange->responseHeaders = {sign};
    one.result.exchange = exchange;
    return one;
}

QuestionAnswer part(const QString &name, Layer layer, const CheckSpec &check, Outcome outcome)
{
    QuestionAnswer one = answer(QuestionKind::Dependency, outcome, name);
    one.question.layer = layer;
    one.question.check = check;
    return one;
}

QuestionAnswer database(Outcome outcome)
{
    return part(QStringLiteral("MariaDB"), Layer::Database, DatabaseCheck{}, outcome);
}

QuestionAnswer pool(Outcome outcome)
{
    return part(QStringLiteral("PHP-FPM"), Layer::Runtime, FastCgiCheck{}, outcome);
}

QuestionAnswer webServer(Outcome outcome)
{
    return part(QStringLiteral("nginx"), Layer::WebServer, HttpCheck{}, outcome);
}

QuestionAnswer repeat(Outcome outcome)
{
    return answer(QuestionKind::Repeat, outcome);
}

QString causes(const Diagnosis &diagnosis)
{
    QStringList ids;
    for (const auto &one : diagnosis.causes)
        ids += causeId(one.kind).toString() + (one.confidence == Confidence::High     ? u"+"
                                               : one.confidence == Confidence::Medium ? u""
                                                                                      : u"-");
    return ids.join(u' ');
}

QString failing(const Diagnosis &diagnosis)
{
    return QString(layerId(diagnosis.failing.layer) + u'/' + diagnosis.failing.id);
}

Diagnosis after(const QList<QuestionAnswer> &answers, const Diagnosis &before = fetchFailed(),
                const ExchangePtr &failed = failedExchange())
{
    Diagnosis changed = before;
    changed.questions = weighed(before, failed, answers);
    Ranking ranking;
    for (const auto &one : before.causes)
        ranking.start(one.kind, one.confidence, one.supporting.value(0));
    for (const auto &question : std::as_const(changed.questions)) {
        for (const auto &effect : question.effects)
            ranking.weigh(effect);
        if (question.failing.layer != Layer::Unknown)
            changed.failing = question.failing;
    }
    changed.causes = ranking.causes();
    return changed;
}

} // namespace

class TestQuestionRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAnswersNothingChanges()
    {
        const Diagnosis same = after({});
        QCOMPARE(causes(same), causes(fetchFailed()));
        QCOMPARE(same.failing, fetchFailed().failing);
        QVERIFY(same.questions.isEmpty());
    }

    void everyQuestionStandsInTheLog()
    {
        auto left = repeat(Outcome::Ok);
        left.notAsked = QStringLiteral("Not asked.");
        const Diagnosis diagnosis = after({left, repeat(Outcome::HttpStatus)});
        QCOMPARE(diagnosis.questions.size(), 2);
        QCOMPARE(diagnosis.questions[0].answer, QStringLiteral("Not asked."));
        QCOMPARE(diagnosis.questions[1].id, QStringLiteral("repeat"));
        for (const auto &question : diagnosis.questions)
            QVERIFY(!question.consequence.isEmpty());
        QCOMPARE(causes(diagnosis), causes(fetchFailed()));
    }

    void whatDoesNotAnswerWhenAskedIsTheFailingPart_data()
    {
        QTest::addColumn<QList<QuestionAnswer>>("answers");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *name, const QList<QuestionAnswer> &answers, const char *first,
                            const char *part) {
            QTest::newRow(name) << answers << QString::fromLatin1(first) << QString::fromLatin1(part);
        };
        constexpr auto kGood = Outcome::Ok;
        constexpr auto kRefused = Outcome::ConnectRefused;
        constexpr auto kHangs = Outcome::FirstByteTimeout;
        constexpr auto k500 = Outcome::HttpStatus;
        row("database gone", {database(kRefused), pool(kGood), webServer(k500)}, "database-down+",
            "database/mysql");
        row("database hangs and keeps the workers", {database(kHangs), pool(kHangs), webServer(k500)},
            "database-down+", "database/mysql");
        row("pool gone", {database(kGood), pool(kRefused), webServer(k500)}, "upstream-refused+",
            "runtime/php-fpm");
        row("pool hangs", {database(kGood), pool(kHangs), webServer(k500)}, "upstream-timeout",
            "runtime/php-fpm");
        row("web server gone", {database(kGood), pool(kGood), webServer(kRefused)}, "upstream-refused+",
            "web-server/");
        row("both gone: the outermost is met first", {database(kRefused), pool(kRefused)},
            "upstream-refused+", "runtime/php-fpm");
        row("unreachable", {webServer(Outcome::ConnectTimeout)}, "upstream-unreachable+", "web-server/");
        row("name gone",
            {part(QStringLiteral("name"), Layer::Dns, DnsCheck{}, Outcome::DnsNotFound), pool(kGood)},
            "upstream-unresolved+", "dns/");
        FastCgiCheck watched;
        watched.statusPath = QStringLiteral("/status");
        row("pool full",
            {database(kGood), part(QStringLiteral("pool"), Layer::Runtime, watched, Outcome::Slow)},
            "overload+", "runtime/php-fpm");
        row("pool full, ping hangs",
            {part(QStringLiteral("pool"), Layer::Runtime, watched, Outcome::Slow), pool(kHangs)}, "overload+",
            "runtime/php-fpm");
    }

    void whatDoesNotAnswerWhenAskedIsTheFailingPart()
    {
        QFETCH(QList<QuestionAnswer>, answers);
        QFETCH(QString, first);
        QFETCH(QString, part);
        answers.prepend(repeat(Outcome::HttpStatus));
        const Diagnosis diagnosis = after(answers);
        QCOMPARE(causes(diagnosis).section(u' ', 0, 0), first);
        QCOMPARE(failing(diagnosis), part);
        QVERIFY(!diagnosis.causes.first().supporting.isEmpty());
        QVERIFY(!diagnosis.causes.first().disprovedBy.isEmpty());
    }

    void aPartThatOnlySpeaksBadlyIsNotCalledDown()
    {
        const Diagnosis diagnosis =
            after({repeat(Outcome::HttpStatus), webServer(Outcome::HttpStatus), database(Outcome::Ok)});
        QVERIFY(causes(diagnosis).startsWith(QStringLiteral("upstream-refused ")));
    }

    void allWellBehindIsTheFrontItself()
    {
        const Diagnosis diagnosis =
            after({repeat(Outcome::HttpStatus), webServer(Outcome::Ok), pool(Outcome::Ok)});
        QCOMPARE(failing(diagnosis), QStringLiteral("cache/varnish"));
        QVERIFY2(causes(diagnosis).startsWith(QStringLiteral("upstream-unhealthy")),
                 qPrintable(causes(diagnosis)));
        // It waited for somebody, so it reached one.
        const Diagnosis slow = after({repeat(Outcome::HttpStatus), webServer(Outcome::Ok)}, fetchFailed(),
                                     failedExchange(2'000ms));
        QCOMPARE(failing(slow), QStringLiteral("web-server/"));
        QVERIFY(causes(slow).startsWith(QStringLiteral("upstream-timeout")));
    }

    void storedErrorIsGoodPastTheCacheAndBadFromItsStore()
    {
        const HttpHeader age{"Age", "12"};
        const QList<QuestionAnswer> kept{stored(repeat(Outcome::HttpStatus), age),
                                         answer(QuestionKind::CacheBuster, Outcome::Ok),
                                         stored(repeat(Outcome::HttpStatus), age)};
        QCOMPARE(causes(after(kept)).section(u' ', 0, 0), QStringLiteral("stored-error+"));
        QCOMPARE(failing(after(kept)), QStringLiteral("cache/varnish"));

        const QList<QuestionAnswer> unsigned_{repeat(Outcome::HttpStatus),
                                              answer(QuestionKind::CacheBuster, Outcome::Ok),
                                              repeat(Outcome::HttpStatus)};
        QCOMPARE(causes(after(unsigned_)).section(u' ', 0, 0), QStringLiteral("stored-error"));

        const QList<QuestionAnswer> comesAndGoes{
            repeat(Outcome::HttpStatus), answer(QuestionKind::CacheBuster, Outcome::Ok), repeat(Outcome::Ok)};
        QVERIFY(!causes(after(comesAndGoes)).contains(QStringLiteral("stored-error")));
    }

    void aLimitLooksLikeAStoreButIsNot()
    {
        Diagnosis limited = fetchFailed();
        limited.causes = {cause(CauseKind::RateLimited)};
        const Diagnosis diagnosis =
            after({repeat(Outcome::HttpStatus), answer(QuestionKind::CacheBuster, Outcome::Ok),
                   repeat(Outcome::HttpStatus)},
                  limited);
        QCOMPARE(causes(diagnosis), QStringLiteral("rate-limited"));
    }

    void badPastTheCacheIsNotStored()
    {
        Diagnosis maybeStored = fetchFailed();
        maybeStored.causes = {cause(CauseKind::StoredError), cause(CauseKind::UpstreamRefused)};
        QCOMPARE(causes(after({answer(QuestionKind::CacheBuster, Outcome::HttpStatus)}, maybeStored)),
                 QStringLiteral("upstream-refused stored-error-"));
    }

    void goodDirectlyIsTheFront()
    {
        const Diagnosis diagnosis =
            after({repeat(Outcome::HttpStatus), answer(QuestionKind::OriginDirect, Outcome::Ok)});
        QCOMPARE(failing(diagnosis), QStringLiteral("cache/varnish"));
        QCOMPARE(causes(diagnosis), QStringLiteral("upstream-unhealthy upstream-refused- upstream-timeout-"));
    }

    void goodDirectlyAfterRecoveryTellsNothing()
    {
        const Diagnosis diagnosis =
            after({repeat(Outcome::Ok), answer(QuestionKind::OriginDirect, Outcome::Ok)});
        QCOMPARE(failing(diagnosis), QStringLiteral("web-server/"));
    }

    void refusedDirectlyIsTheOrigin()
    {
        auto direct =
            answer(QuestionKind::OriginDirect, Outcome::ConnectRefused, QStringLiteral("10.0.0.5:80"));
        direct.question.layer = Layer::WebServer;
        const Diagnosis diagnosis = after({direct});
        QCOMPARE(causes(diagnosis).section(u' ', 0, 0), QStringLiteral("upstream-refused+"));
        QVERIFY(diagnosis.causes.first().supporting.join(u' ').contains(QStringLiteral("10.0.0.5:80")));
    }

    void silentDirectlyMayBeAFirewall()
    {
        const Diagnosis diagnosis = after({answer(QuestionKind::OriginDirect, Outcome::ConnectTimeout)});
        QCOMPARE(causes(diagnosis), causes(fetchFailed()));
        QCOMPARE(diagnosis.failing, fetchFailed().failing);
    }

    void filesGoodPagesBad()
    {
        Diagnosis unknown = fetchFailed();
        unknown.failing = {};
        const auto file = answer(QuestionKind::StaticResource, Outcome::Ok, QStringLiteral("/a.css"));
        QCOMPARE(failing(after({repeat(Outcome::HttpStatus), file}, unknown)), QStringLiteral("runtime/"));
        QCOMPARE(failing(after({repeat(Outcome::Ok), file}, unknown)), QStringLiteral("unknown/"));
        const auto kept = stored(file, {"Age", "30"});
        QCOMPARE(failing(after({repeat(Outcome::HttpStatus), kept}, unknown)), QStringLiteral("unknown/"));
    }

    void filesBadToo()
    {
        Diagnosis application = fetchFailed();
        application.causes = {cause(CauseKind::ApplicationError), cause(CauseKind::UpstreamRefused)};
        auto file = answer(QuestionKind::StaticResource, Outcome::HttpStatus, QStringLiteral("/favicon.ico"));
        file.question.isCertain = false;
        QVERIFY(causes(after({file}, application)).startsWith(QStringLiteral("application-error ")));
        file.question.isCertain = true;
        QVERIFY(causes(after({file}, application)).startsWith(QStringLiteral("upstream-refused ")));
    }

    void oneMachineOfSeveral()
    {
        Diagnosis unknown = fetchFailed();
        unknown.failing = {};
        const auto bad =
            answer(QuestionKind::EachAddress, Outcome::ConnectRefused, QStringLiteral("192.0.2.7"));
        const auto good = answer(QuestionKind::EachAddress, Outcome::Ok, QStringLiteral("192.0.2.8"));
        const Diagnosis diagnosis = after({bad, good}, unknown);
        QCOMPARE(failing(diagnosis), QStringLiteral("host/"));
        QVERIFY(diagnosis.causes.first().supporting.join(u' ').contains(QStringLiteral("192.0.2.7")));
        QCOMPARE(failing(after({bad, bad}, unknown)), QStringLiteral("unknown/"));
    }

    void secondVantage_data()
    {
        QTest::addColumn<Diagnosis>("before");
        QTest::addColumn<QByteArray>("metrics");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("part");
        const QByteArray good("probe_duration_seconds 0.1\nprobe_success 1\n");
        const QByteArray bad("probe_success 0\nprobe_http_status_code ");
        const auto before = [](int status, Outcome outcome, const QList<CauseKind> &kinds) {
            Diagnosis diagnosis = fetchFailed();
            diagnosis.status = status;
            diagnosis.outcome = outcome;
            diagnosis.causes.clear();
            for (const auto kind : kinds)
                diagnosis.causes += cause(kind);
            return diagnosis;
        };
        using enum CauseKind;
        const auto page = [&](int status, const QList<CauseKind> &kinds) {
            return before(status, Outcome::HttpStatus, kinds);
        };
        const auto silence = [&](Outcome outcome, const QList<CauseKind> &kinds) {
            return before(0, outcome, kinds);
        };
        const QString here = QStringLiteral("client/");
        const QString there = QStringLiteral("web-server/");
        const auto limit = QStringLiteral("rate-limited");
        const auto refused = QStringLiteral("upstream-refused");
        QTest::newRow("good there, perhaps a limit")
            << page(503, {UpstreamRefused, Overload, RateLimited}) << good << limit << here;
        QTest::newRow("good there, forbidden here") << page(403, {Misconfigured}) << good << limit << here;
        QTest::newRow("good there, a page of nobody knows whom")
            << page(503, {Maintenance, Overload}) << good << limit << here;
        QTest::newRow("good there, a gateway that got nothing")
            << page(503, {UpstreamRefused, UpstreamTimeout}) << good << refused << there;
        QTest::newRow("good there, bad gateway") << page(502, {UpstreamRefused}) << good << refused << there;
        QTest::newRow("good there, the text is wrong here")
            << before(200, Outcome::BodyMismatch, {Maintenance}) << good << QStringLiteral("maintenance")
            << there;
        QTest::newRow("good there, refused here")
            << silence(Outcome::ConnectRefused, {UpstreamRefused, Misconfigured}) << good
            << QStringLiteral("upstream-unreachable") << here;
        QTest::newRow("good there, silence here")
            << silence(Outcome::ConnectTimeout, {Overload, UpstreamUnreachable}) << good
            << QStringLiteral("upstream-unreachable") << here;
        QTest::newRow("good there, an expired certificate here")
            << silence(Outcome::TlsExpired, {UpstreamTls}) << good << QStringLiteral("upstream-tls") << there;
        const Diagnosis limited = page(503, {RateLimited, Overload});
        const auto overload = QStringLiteral("overload");
        QTest::newRow("the same there") << limited << bad + "503\n" << overload << there;
        QTest::newRow("another failure there") << limited << bad + "502\n" << overload << there;
        QTest::newRow("no password there") << limited << bad + "401\n" << limit << there;
        QTest::newRow("no way there") << limited << bad + "0\n" << limit << there;
        QTest::newRow("the limit meets everybody") << page(429, {RateLimited, Overload}) << bad + "429\n"
                                                   << limit << there;
        QTest::newRow("no exporter") << limited << QByteArray("<html>probe_success 1</html>") << limit
                                     << there;
        QTest::newRow("another number") << limited << QByteArray("probe_success 2\n") << limit << there;
        QTest::newRow("nothing") << limited << QByteArray() << limit << there;
    }

    void secondVantage()
    {
        QFETCH(Diagnosis, before);
        QFETCH(QByteArray, metrics);
        QFETCH(QString, first);
        QFETCH(QString, part);
        auto there = answer(QuestionKind::SecondVantage, Outcome::Ok, QStringLiteral("blackbox.example"));
        auto exchange = std::make_shared<Exchange>();
        exchange->body = metrics;
        there.result.exchange = exchange;
        const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), there}, before);
        QVERIFY2(causes(diagnosis).startsWith(first), qPrintable(causes(diagnosis)));
        QCOMPARE(failing(diagnosis), part);
    }

    void whoIsTurnedAwayIsToldAtOnce()
    {
        Diagnosis before = fetchFailed();
        before.causes.append(cause(CauseKind::RateLimited));
        auto there = answer(QuestionKind::SecondVantage, Outcome::Ok, QStringLiteral("blackbox.example"));
        auto exchange = std::make_shared<Exchange>();
        exchange->body = "probe_success 1\n";
        there.result.exchange = exchange;
        const auto given = {repeat(Outcome::HttpStatus), there};
        QCOMPARE(failing(after(given, before, failedExchange(900ms))), QStringLiteral("client/"));
        QCOMPARE(failing(after(given, before, failedExchange(3s))), QStringLiteral("web-server/"));
    }

    /// It is no witness then, neither for nor against.
    void aVantagePointThatFailsItself()
    {
        Diagnosis before = fetchFailed();
        before.causes.prepend(cause(CauseKind::RateLimited));
        for (const auto outcome : {Outcome::ConnectRefused, Outcome::FirstByteTimeout, Outcome::HttpStatus}) {
            auto there = answer(QuestionKind::SecondVantage, outcome, QStringLiteral("blackbox.example"));
            auto exchange = std::make_shared<Exchange>();
            exchange->body = "Unknown module \"http_2xx\"\n";
            exchange->responseHeaders = {{"Content-Type", "text/plain; charset=utf-8"}};
            there.result.exchange = exchange;
            there.result.sample.detail = QStringLiteral("400 Bad Request");
            const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), there}, before);
            QCOMPARE(causes(diagnosis), causes(before));
            QCOMPARE(failing(diagnosis), failing(before));
            const QString said = diagnosis.questions.last().answer;
            QVERIFY2(said.startsWith(QStringLiteral("The exporter itself fails: 400 Bad Request: Unknown "
                                                    "module \"http_2xx\"")),
                     qPrintable(said));
        }
    }

    void aVantagePointTellsNothingOfWhatIsOver()
    {
        auto there = answer(QuestionKind::SecondVantage, Outcome::Ok, QStringLiteral("blackbox.example"));
        auto exchange = std::make_shared<Exchange>();
        exchange->body = "probe_success 1\n";
        there.result.exchange = exchange;
        const auto over = after({repeat(Outcome::Ok)});
        QCOMPARE(causes(after({repeat(Outcome::Ok), there})), causes(over));
        QCOMPARE(failing(after({repeat(Outcome::Ok), there})), failing(over));
    }

    void whatTheExchangeMadeCertainStaysFirst()
    {
        Diagnosis certain = fetchFailed();
        certain.causes.prepend(cause(CauseKind::Maintenance, Confidence::High));
        const Diagnosis diagnosis =
            after({repeat(Outcome::HttpStatus), database(Outcome::ConnectRefused)}, certain);
        QVERIFY2(causes(diagnosis).startsWith(QStringLiteral("maintenance+ ")),
                 qPrintable(causes(diagnosis)));
        QVERIFY(causes(diagnosis).contains(QStringLiteral("database-down")));
        QCOMPARE(failing(diagnosis), QStringLiteral("web-server/"));
    }

    void thisMachinesOwnTroubleTellsNothing()
    {
        for (const Outcome outcome : {Outcome::LocalNetwork, Outcome::Internal, Outcome::Cancelled}) {
            const Diagnosis diagnosis = after({repeat(outcome), database(outcome), pool(outcome),
                                               answer(QuestionKind::CacheBuster, outcome),
                                               answer(QuestionKind::OriginDirect, outcome)});
            QCOMPARE(causes(diagnosis), causes(fetchFailed()));
            QCOMPARE(diagnosis.failing, fetchFailed().failing);
        }
    }
};

QTEST_GUILESS_MAIN(TestQuestionRules)
#include "tst_questionrules.moc"
