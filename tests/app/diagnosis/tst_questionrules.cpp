// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/diagnosis/questionfixture.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

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

    void whatIsOverDidNotLast()
    {
        const Diagnosis before =
            fetchFailed({CauseKind::Misconfigured, CauseKind::Overload, CauseKind::RateLimited,
                         CauseKind::UpstreamUnhealthy, CauseKind::UpstreamClosed});
        const Diagnosis diagnosis = after({repeat(Outcome::Ok)}, before);
        QCOMPARE(
            weights(diagnosis),
            QStringLiteral("overload+1 rate-limited+1 upstream-unhealthy+1 upstream-closed+1 misconfigured-3 "
                           "stored-error-3 database-down-3 upstream-unresolved-3 upstream-tls-3"));
        QCOMPARE(causes(diagnosis).section(u' ', 0, 0), QStringLiteral("overload"));
        QVERIFY(diagnosis.causes.first().supporting.join(u' ').contains(QStringLiteral("250 ms later")));
    }

    void whatComesOutOfAStoreAgainIsKept()
    {
        const auto kept = stored(repeat(Outcome::HttpStatus), {"X-Varnish", "32775 32771"});
        QCOMPARE(weights(after({kept})), QStringLiteral("stored-error+1"));
        QCOMPARE(weights(after({stored(repeat(Outcome::HttpStatus), {"X-Varnish", "32775"})})), QString());
        QCOMPARE(weights(after({stored(repeat(Outcome::LocalNetwork), {"Age", "12"})})), QString());
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
        QCOMPARE(failing(after(unsigned_)), QStringLiteral("cache/varnish"));

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
        QCOMPARE(weights(diagnosis), QStringLiteral("rate-limited+1"));
        QCOMPARE(failing(diagnosis), QStringLiteral("web-server/"));
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

    void filesGoodSpeakForTheProgram()
    {
        const auto file = answer(QuestionKind::StaticResource, Outcome::Ok, QStringLiteral("/a.css"));
        const Diagnosis diagnosis = after(
            {repeat(Outcome::HttpStatus), file},
            fetchFailed({CauseKind::UpstreamRefused, CauseKind::ApplicationError, CauseKind::DatabaseDown,
                         CauseKind::UpstreamTimeout, CauseKind::Overload, CauseKind::Maintenance}));
        QCOMPARE(weights(diagnosis), QStringLiteral("application-error+1 database-down+1 upstream-timeout+1 "
                                                    "overload+1 maintenance+1"));
        QCOMPARE(causes(diagnosis).section(u' ', 0, 0), QStringLiteral("application-error"));
    }

    void otherScheme()
    {
        const auto said = [](Outcome outcome, int status) {
            const auto other = answer(QuestionKind::OtherScheme, outcome, QStringLiteral("http"));
            const Diagnosis diagnosis = after({other}, fetchFailed({CauseKind::UpstreamTls}, status));
            return QString(weights(diagnosis) + diagnosis.questions.last().consequence);
        };
        QVERIFY(
            said(Outcome::Ok, 0).startsWith(QStringLiteral("The machine is there and answers over http;")));
        QCOMPARE(said(Outcome::Ok, 503), QStringLiteral("The front is alive over http."));
        QCOMPARE(said(Outcome::ConnectRefused, 0), QStringLiteral("It is not one scheme alone."));
        QCOMPARE(said(Outcome::LocalNetwork, 0), QStringLiteral("None."));
    }

    void otherVersion()
    {
        const auto good = answer(QuestionKind::OtherVersion, Outcome::Ok, QStringLiteral("1.1"));
        const Diagnosis older = after({repeat(Outcome::HttpStatus), good});
        QCOMPARE(weights(older), QStringLiteral("misconfigured+4"));
        QCOMPARE(causes(older).section(u' ', 0, 0), QStringLiteral("misconfigured"));
        // Meanwhile it may have come back.
        QCOMPARE(weights(after({repeat(Outcome::Ok), good})), weights(after({repeat(Outcome::Ok)})));
        const auto bad = answer(QuestionKind::OtherVersion, Outcome::HttpStatus, QStringLiteral("1.1"));
        const Diagnosis same = after({repeat(Outcome::HttpStatus), bad});
        QCOMPARE(weights(same), QString());
        QCOMPARE(same.questions.last().consequence, QStringLiteral("It is not the HTTP version."));
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

    void howOneMachineOfSeveralFails_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("said");
        QTest::newRow("refused") << Outcome::ConnectRefused
                                 << QStringLiteral(
                                        "upstream-refused+4 upstream-timeout-3 upstream-unhealthy-3");
        const auto unreachable =
            QStringLiteral("upstream-unreachable+4 upstream-refused-3 upstream-timeout-3 "
                           "upstream-unhealthy-3");
        QTest::newRow("silent") << Outcome::ConnectTimeout << unreachable;
        QTest::newRow("no way") << Outcome::Unreachable << unreachable;
        QTest::newRow("with a page") << Outcome::HttpStatus << QStringLiteral("upstream-refused+1");
    }

    void howOneMachineOfSeveralFails()
    {
        QFETCH(const Outcome, outcome);
        QFETCH(const QString, said);
        const auto bad = answer(QuestionKind::EachAddress, outcome, QStringLiteral("192.0.2.7"));
        const auto good = answer(QuestionKind::EachAddress, Outcome::Ok, QStringLiteral("192.0.2.8"));
        const Diagnosis diagnosis = after({bad, good});
        QCOMPARE(weights(diagnosis), said);
        QCOMPARE(failing(diagnosis), QStringLiteral("web-server/")); // known better than by address
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
