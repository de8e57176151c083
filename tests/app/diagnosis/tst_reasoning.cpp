// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/diagnosisjson.h"
#include "app/diagnosis/reasoning.h"

#include <QTest>

using namespace backwatch;
using namespace Qt::Literals::StringLiterals;

namespace {

Exchange answerOf(int status, milliseconds wait)
{
    Exchange exchange;
    exchange.url = QUrl(u"https://www.example.test/"_s);
    exchange.status = status;
    exchange.outcome = status < 400 ? Outcome::Ok : Outcome::HttpStatus;
    exchange.phases.wait = wait;
    exchange.phases.receive = microseconds(0);
    return exchange;
}

Recognition gateway()
{
    Recognition recognition;
    recognition.producer = u"probe"_s;
    recognition.name = u"Probe"_s;
    recognition.layer = Layer::WebServer;
    recognition.confidence = Confidence::High;
    recognition.timeouts = {{milliseconds(45'000), u"patience"_s, CauseKind::UpstreamTimeout}};
    return recognition;
}

CauseKind firstOf(const Diagnosis &diagnosis)
{
    return diagnosis.causes.isEmpty() ? CauseKind::Unknown : diagnosis.causes.first().kind;
}

Neighbour database(State state)
{
    Neighbour neighbour;
    neighbour.name = u"Shop database"_s;
    neighbour.layer = Layer::Database;
    neighbour.kind = u"mysql"_s;
    neighbour.state = state;
    neighbour.outcome = state == State::Down ? Outcome::ConnectRefused : Outcome::Ok;
    neighbour.detail = u"refused"_s;
    neighbour.isDependency = true;
    return neighbour;
}

} // namespace

class ReasoningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void healthyHasNoVerdict();
    void nothingFitsIsUnknown();
    void carriedRefusalIsOfTheApplication();
    void wordOfThePageLeads();
    void cutShortIsTruncated();
    void timeOutOfTheProduct();
    void configuredTimeOut();
    void storedErrorComesFirst();
    void failingDatabaseIsNamed();
    void answeredQuestionChangesTheRanking();
    void storedDocumentGivesTheSameBack();
};

void ReasoningTest::healthyHasNoVerdict()
{
    QVERIFY(!reachesVerdict(diagnose(answerOf(200, milliseconds(3)), {}, {})));
}

void ReasoningTest::nothingFitsIsUnknown()
{
    const auto diagnosis = diagnose(answerOf(599, milliseconds(3)), {}, {});
    QCOMPARE(firstOf(diagnosis), CauseKind::Unknown);
    QVERIFY(reachesVerdict(diagnosis));
    QCOMPARE(diagnosis.failing.layer, Layer::Unknown);
}

void ReasoningTest::carriedRefusalIsOfTheApplication()
{
    Recognition carried;
    carried.path = {u"probe"_s};
    const auto diagnosis = diagnose(answerOf(503, milliseconds(3)), carried, {});
    QCOMPARE(firstOf(diagnosis), CauseKind::Maintenance);
    QCOMPARE(diagnosis.failing.layer, Layer::Application);
    QCOMPARE(firstOf(diagnose(answerOf(503, milliseconds(3)), {}, {})), CauseKind::Unknown);
}

void ReasoningTest::wordOfThePageLeads()
{
    Recognition application;
    application.layer = Layer::Application;
    application.causes = {{CauseKind::ApplicationError, Confidence::Medium, {}}};
    auto exchange = answerOf(500, milliseconds(3));
    exchange.body = "dial tcp 127.0.0.1:5432: connect: connection refused";
    QCOMPARE(firstOf(diagnose(exchange, application, {})), CauseKind::DatabaseDown);
    // A form that stands for one cause alone is surer than a word in the page.
    application.causes.first().confidence = Confidence::High;
    QCOMPARE(firstOf(diagnose(exchange, application, {})), CauseKind::ApplicationError);
}

void ReasoningTest::cutShortIsTruncated()
{
    auto exchange = answerOf(200, milliseconds(3));
    exchange.truncated = true;
    QCOMPARE(firstOf(diagnose(exchange, {}, {})), CauseKind::Truncated);
}

void ReasoningTest::timeOutOfTheProduct()
{
    QCOMPARE(firstOf(diagnose(answerOf(503, milliseconds(3)), gateway(), {})), CauseKind::UpstreamRefused);
    const auto late = diagnose(answerOf(503, milliseconds(45'020)), gateway(), {});
    QCOMPARE(firstOf(late), CauseKind::UpstreamTimeout);
    QVERIFY(late.causes.first().supporting.join(u' ').contains(u"45020 ms"_s));
    QCOMPARE(late.causes.first().confidence, Confidence::Medium);
}

void ReasoningTest::configuredTimeOut()
{
    DiagnosisContext context;
    context.timeouts.insert(u"probe"_s, milliseconds(7'300));
    const auto diagnosis = diagnose(answerOf(503, milliseconds(7'310)), gateway(), context);
    QCOMPARE(firstOf(diagnosis), CauseKind::UpstreamTimeout);
    QVERIFY(diagnosis.causes.first().supporting.join(u' ').contains(u"7.3 s"_s));
}

void ReasoningTest::storedErrorComesFirst()
{
    auto exchange = answerOf(503, milliseconds(3));
    exchange.responseHeaders = {{"X-Cache", "HIT"}};
    QCOMPARE(firstOf(diagnose(exchange, gateway(), {})), CauseKind::StoredError);
}

void ReasoningTest::failingDatabaseIsNamed()
{
    DiagnosisContext context;
    context.neighbours = {database(State::Down)};
    const auto diagnosis = diagnose(answerOf(504, milliseconds(45'000)), gateway(), context);
    QCOMPARE(firstOf(diagnosis), CauseKind::DatabaseDown);
    QCOMPARE(diagnosis.failing, (FailingPart{Layer::Database, u"mysql"_s}));

    context.neighbours = {database(State::Up)};
    QVERIFY(firstOf(diagnose(answerOf(504, milliseconds(45'000)), gateway(), context)) !=
            CauseKind::DatabaseDown);
}

void ReasoningTest::answeredQuestionChangesTheRanking()
{
    AnsweredQuestion answer;
    answer.id = u"origin-direct"_s;
    answer.effects = {{CauseKind::UpstreamUnhealthy, 4, u"The origin answers 200 in 12 ms."_s, false}};
    answer.failing = {Layer::Balancer, {}};
    DiagnosisContext context;
    context.answeredQuestions = {answer};
    const auto diagnosis = diagnose(answerOf(503, milliseconds(3)), gateway(), context);
    QCOMPARE(firstOf(diagnosis), CauseKind::UpstreamUnhealthy);
    QCOMPARE(diagnosis.failing.layer, Layer::Balancer);
    QCOMPARE(diagnosis.questions.size(), 1);
}

void ReasoningTest::storedDocumentGivesTheSameBack()
{
    auto diagnosis = diagnose(answerOf(503, milliseconds(45'020)), gateway(), {});
    diagnosis.madeAt = 1'790'000'000'000;
    const auto back = diagnosisFromJson(storedDiagnosis(diagnosis));
    QCOMPARE(back.causes, diagnosis.causes);
    QCOMPARE(back.failing, diagnosis.failing);
    QCOMPARE(back.madeAt, diagnosis.madeAt);
    QCOMPARE(back.recognition.producer, diagnosis.recognition.producer);
}

QTEST_GUILESS_MAIN(ReasoningTest)
#include "tst_reasoning.moc"
