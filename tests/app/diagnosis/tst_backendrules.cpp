// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/diagnosis/questionfixture.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

using enum CauseKind;

QuestionAnswer origin(Outcome outcome, Layer layer = Layer::WebServer)
{
    QuestionAnswer one = answer(QuestionKind::OriginDirect, outcome, QStringLiteral("10.0.0.5:80"));
    one.question.layer = layer;
    return one;
}

/// With a page of that product.
QuestionAnswer origin(Outcome outcome, const QString &producer, Layer layer)
{
    QuestionAnswer one = origin(outcome);
    one.recognition.producer = producer;
    one.recognition.layer = layer;
    return one;
}

} // namespace

/// What follows from asking the parts behind a front, weight by weight.
class TestBackendRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodOriginBehindASilentFront()
    {
        const Diagnosis silent = fetchFailed({Overload, UpstreamTimeout, DatabaseDown}, 0);
        const Diagnosis diagnosis = after({repeat(Outcome::FirstByteTimeout), origin(Outcome::Ok)}, silent);
        QCOMPARE(weights(diagnosis),
                 QStringLiteral("upstream-timeout-3 database-down-3 application-error-3 overload+1"));
        QCOMPARE(failing(diagnosis), failing(silent));
        QCOMPARE(causes(diagnosis), QStringLiteral("overload upstream-timeout- database-down-"));
    }

    /// A server that is marked down, a limit and a stored answer make nobody wait.
    void goodOriginAtOnce()
    {
        const Diagnosis limited = fetchFailed({RateLimited, UpstreamUnhealthy, StoredError, Overload});
        const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), origin(Outcome::Ok)}, limited);
        const QString said = weights(diagnosis);
        QVERIFY2(said.endsWith(QStringLiteral("upstream-unhealthy+1 rate-limited+1 stored-error+1")),
                 qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("overload")));
    }

    /// A queue does.
    void goodOriginAfterAWait()
    {
        const Diagnosis queued = fetchFailed({UpstreamTimeout, Overload, UpstreamUnhealthy});
        const auto answers = {repeat(Outcome::HttpStatus), origin(Outcome::Ok)};
        const QString said = weights(after(answers, queued, failedExchange(1'000ms)));
        QVERIFY2(said.endsWith(QStringLiteral("application-error-3 overload+1")), qPrintable(said));
        QCOMPARE(causes(after(answers, queued, failedExchange(1'000ms))),
                 QStringLiteral("overload upstream-unhealthy upstream-timeout-"));
    }

    void goodOriginThatTheFrontDoesNotReach()
    {
        const Diagnosis diagnosis =
            after({repeat(Outcome::HttpStatus), origin(Outcome::Ok)},
                  fetchFailed({UpstreamUnreachable, UpstreamUnresolved, UpstreamTls, Misconfigured}));
        QVERIFY2(weights(diagnosis).endsWith(QStringLiteral("upstream-unreachable+1 upstream-unresolved+1 "
                                                            "upstream-tls+1 misconfigured+1")),
                 qPrintable(weights(diagnosis)));
    }

    void originThatNobodyAnswersAt()
    {
        const Diagnosis diagnosis =
            after({origin(Outcome::ConnectTimeout)}, fetchFailed({UpstreamRefused, UpstreamUnreachable}));
        QCOMPARE(weights(diagnosis), QStringLiteral("upstream-unreachable+1"));
        QCOMPARE(failing(diagnosis), QStringLiteral("web-server/"));
    }

    /// The page is that of who stands deeper than who was thought of.
    void originThatSpeaksBadly()
    {
        const Diagnosis stored = fetchFailed({StoredError, UpstreamTimeout});
        const Diagnosis byApplication =
            after({origin(Outcome::HttpStatus, QStringLiteral("django"), Layer::Application)}, stored);
        QCOMPARE(weights(byApplication), QStringLiteral("stored-error-3"));
        QCOMPARE(failing(byApplication), QStringLiteral("application/django"));
        // A gateway there only passes on, but for a web server, which may make the page itself.
        Diagnosis balanced = stored;
        balanced.failing = {Layer::Edge, {}};
        QCOMPARE(failing(after({origin(Outcome::HttpStatus, QStringLiteral("nginx"), Layer::WebServer)},
                               balanced)),
                 QStringLiteral("web-server/nginx"));
        QCOMPARE(failing(after({origin(Outcome::HttpStatus, QStringLiteral("haproxy"), Layer::Balancer)},
                               balanced)),
                 QStringLiteral("edge/"));
        QCOMPARE(failing(after({origin(Outcome::HttpStatus, {}, Layer::Application)}, stored)),
                 QStringLiteral("web-server/"));
        Diagnosis deeper = stored;
        deeper.failing = {Layer::Database, QStringLiteral("mysql")};
        QCOMPARE(failing(after({origin(Outcome::HttpStatus, QStringLiteral("django"), Layer::Application)},
                               deeper)),
                 QStringLiteral("database/mysql"));
    }

    void originThatHangsIsTheFailingPart()
    {
        const Diagnosis diagnosis = after({origin(Outcome::FirstByteTimeout, Layer::Runtime)});
        QCOMPARE(weights(diagnosis), QStringLiteral("upstream-timeout+4"));
        QCOMPARE(causes(diagnosis).section(u' ', 0, 0), QStringLiteral("upstream-timeout"));
        QCOMPARE(failing(diagnosis), QStringLiteral("runtime/"));
    }

    void originIsDraggedAlong()
    {
        const Diagnosis diagnosis =
            after({origin(Outcome::FirstByteTimeout), database(Outcome::ConnectRefused)});
        QCOMPARE(causes(diagnosis).section(u' ', 0, 0), QStringLiteral("database-down+"));
        QCOMPARE(failing(diagnosis), QStringLiteral("database/mysql"));
        QVERIFY(!weights(diagnosis).contains(QStringLiteral("upstream-timeout+")));
        // Its own process is not gone because of a database.
        const Diagnosis gone = after({origin(Outcome::ConnectRefused), database(Outcome::FirstByteTimeout)});
        QVERIFY(weights(gone).contains(QStringLiteral("upstream-refused+4")));
    }

    void databaseThatIsWell()
    {
        const Diagnosis blamed = fetchFailed({DatabaseDown, ApplicationError});
        const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), database(Outcome::Ok)}, blamed);
        QVERIFY2(weights(diagnosis).startsWith(QStringLiteral("database-down-3")),
                 qPrintable(weights(diagnosis)));
        QCOMPARE(causes(diagnosis).section(u' ', 0, 0), QStringLiteral("application-error"));
        // That it is well again now says nothing of before.
        QCOMPARE(weights(after({repeat(Outcome::Ok), database(Outcome::Ok)}, blamed)),
                 weights(after({repeat(Outcome::Ok)}, blamed)));
        // Another part that is well says nothing of the database, nor does one that could not be asked.
        QVERIFY(!weights(after({repeat(Outcome::HttpStatus), pool(Outcome::Ok)}, blamed))
                     .contains(QStringLiteral("database-down")));
        QCOMPARE(weights(after({repeat(Outcome::HttpStatus), database(Outcome::LocalNetwork)}, blamed)),
                 QString());
    }

    void partThatFailsToo()
    {
        const Diagnosis diagnosis =
            after({repeat(Outcome::HttpStatus),
                   part(QStringLiteral("API"), Layer::Runtime, HttpCheck{}, Outcome::HttpStatus)});
        QCOMPARE(weights(diagnosis), QString());
        QCOMPARE(failing(diagnosis), QStringLiteral("runtime/"));
        Diagnosis deeper = fetchFailed();
        deeper.failing = {Layer::Database, {}};
        QCOMPARE(failing(after({repeat(Outcome::HttpStatus), part(QStringLiteral("API"), Layer::Runtime,
                                                                  HttpCheck{}, Outcome::HttpStatus)},
                               deeper)),
                 QStringLiteral("database/"));
        Diagnosis nobody = fetchFailed();
        nobody.failing = {};
        QCOMPARE(failing(after({repeat(Outcome::HttpStatus), webServer(Outcome::HttpStatus)}, nobody)),
                 QStringLiteral("web-server/"));
    }

    /// A pool without a free worker hangs just as a dead one does.
    void poolThatHangs()
    {
        const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), pool(Outcome::FirstByteTimeout)},
                                          fetchFailed({UpstreamTimeout, Overload}));
        QCOMPARE(weights(diagnosis), QStringLiteral("upstream-timeout+4 overload+1"));
    }

    /// Nothing between the front and a pool was asked; a web server would have been.
    void aPartInBetweenWasNotAsked()
    {
        Diagnosis cached = fetchFailed({UpstreamRefused, UpstreamUnhealthy});
        cached.failing = {};
        const Diagnosis diagnosis = after({repeat(Outcome::HttpStatus), pool(Outcome::Ok)}, cached);
        QCOMPARE(weights(diagnosis), QString());
        QCOMPARE(failing(diagnosis), QStringLiteral("web-server/"));
        const QString said = diagnosis.questions.last().consequence;
        QVERIFY2(said.endsWith(QStringLiteral("Rule: the fault is in front of what is well.")),
                 qPrintable(said));
    }

    void allWellAndRefusedAtOnce()
    {
        const Diagnosis before =
            fetchFailed({UpstreamRefused, UpstreamTimeout, UpstreamClosed, UpstreamInvalid, UpstreamUnhealthy,
                         UpstreamUnresolved, RateLimited, Misconfigured, StoredError});
        const auto answers = {repeat(Outcome::HttpStatus), webServer(Outcome::Ok)};
        QCOMPARE(
            weights(after(answers, before)),
            QStringLiteral("upstream-refused-3 upstream-unreachable-3 upstream-timeout-3 upstream-closed-3 "
                           "upstream-invalid-3 upstream-unhealthy+1 upstream-unresolved+1 rate-limited+1 "
                           "misconfigured+1 stored-error+1"));
        // It was given something odd, so it did reach a program there.
        QCOMPARE(weights(after(answers, before, failedExchange(3ms, 502))),
                 QStringLiteral("upstream-refused-3 upstream-unreachable-3"));
    }
};

QTEST_GUILESS_MAIN(TestBackendRules)
#include "tst_backendrules.moc"
