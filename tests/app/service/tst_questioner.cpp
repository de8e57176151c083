// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/planquestions.h"
#include "app/service/questioner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeprobe.h"

#include <QTest>

#include <algorithm>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

Question question(bool asksTarget = true)
{
    HttpCheck check;
    check.url = QUrl(QStringLiteral("http://127.0.0.1:1/"));
    Question one;
    one.check = check;
    one.asksTarget = asksTarget;
    return one;
}

QList<Question> questions(int count, bool askTarget = true)
{
    return QList<Question>(count, question(askTarget));
}

Sample sampleOf(Outcome outcome, std::optional<std::chrono::seconds> retryAfter = std::nullopt)
{
    Sample sample;
    sample.outcome = outcome;
    sample.retryAfter = retryAfter;
    return sample;
}

Fingerprints allFingerprints()
{
    return *Fingerprints::load(QStringLiteral(":/fingerprints"));
}

struct Rig
{
    quint64 ask(const QuestionRound &round)
    {
        return questioner.ask(round, [this](const QList<QuestionAnswer> &given) {
            ++rounds;
            answers = given;
        });
    }

    FakeClock clock;
    FakeProbe probe;
    Fingerprints fingerprints = allFingerprints();
    Questioner questioner{clock, probe, fingerprints};
    QList<QuestionAnswer> answers;
    int rounds = 0;
};

} // namespace

class TestQuestioner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreSpacedWhetherAnswersComeOrNot()
    {
        Rig rig;
        rig.ask({questions(11), 0s, {}});
        QVERIFY(rig.probe.requests.isEmpty()); // the one that failed was a moment ago
        for (int asked = 1; asked <= 11; ++asked) {
            rig.clock.advance(249);
            QCOMPARE(rig.probe.requests.size(), asked - 1);
            rig.clock.advance(1);
            QCOMPARE(rig.probe.requests.size(), asked);
        }
        rig.clock.advance(250);
        QCOMPARE(rig.probe.requests.size(), 11);
        QCOMPARE(rig.rounds, 0);
        rig.probe.answerAll(sampleOf(Outcome::Ok), rig.clock.utcMs());
        rig.clock.advance(0);
        QCOMPARE(rig.rounds, 1);
        QCOMPARE(rig.answers.size(), 11);
        QVERIFY(rig.answers.last().notAsked.isEmpty());
    }

    void fastAnswersMakeNoFasterQuestions()
    {
        Rig rig;
        rig.ask({questions(3), 0s, {}});
        qint64 last = rig.clock.monotonicMs();
        int asked = 0;
        for (int ms = 0; ms < 2'000; ++ms) {
            rig.clock.advance(1);
            if (rig.probe.requests.isEmpty())
                continue;
            ++asked;
            QVERIFY(rig.clock.monotonicMs() - last >= 250);
            last = rig.clock.monotonicMs();
            rig.probe.answerAll(sampleOf(Outcome::HttpStatus), rig.clock.utcMs());
        }
        QCOMPARE(asked, 3);
        QCOMPARE(rig.rounds, 1);
    }

    void aRoundEndsInTimeHoweverSilentTheyAre()
    {
        Rig rig;
        rig.ask({questions(11), 0s, {250ms, 2'000ms, 4'600ms}});
        rig.clock.advance(4'600);
        QCOMPARE(rig.rounds, 1);
        QVERIFY(rig.probe.requests.isEmpty()); // given up
        for (const auto &answer : std::as_const(rig.answers))
            QVERIFY(!answer.notAsked.isEmpty());
    }

    void noAnswerIsWaitedForLongerThanTheRound()
    {
        Rig rig;
        rig.ask({questions(11), 0s, {250ms, 2'000ms, 3'000ms}});
        rig.clock.advance(2'750);
        QCOMPARE(rig.probe.requests.first().timeout, 2'000ms);
        QCOMPARE(rig.probe.requests.last().timeout, 250ms);
    }

    /// Where one worker is left our own questions stand in its queue. The last one has the longest wait, and
    /// is not to be taken for a server that is silent.
    void questionsMayStandInAQueue()
    {
        Rig rig;
        rig.ask({questions(11), 0s, {}});
        const qint64 begin = rig.clock.monotonicMs();
        rig.clock.advance(11 * 250);
        QCOMPARE(rig.probe.requests.size(), 11);
        constexpr milliseconds kEach{600};
        for (int i = 0; i < 11; ++i) {
            const auto askedAt = milliseconds((i + 1) * 250);
            const auto answeredAt = milliseconds(250) + (i + 1) * kEach;
            QVERIFY2(rig.probe.requests[i].timeout >= answeredAt - askedAt, qPrintable(QString::number(i)));
        }
        rig.clock.advance(begin + 250 + 11 * kEach.count() - rig.clock.monotonicMs());
        QCOMPARE(rig.rounds, 0); // it is still waited for
        rig.probe.answerAll(sampleOf(Outcome::Ok), rig.clock.utcMs());
        rig.clock.advance(0);
        QTRY_COMPARE(rig.rounds, 1);
    }

    /// Its verdict on a slow target would otherwise come too late to be heard.
    void aVantagePointGivesUpBeforeItIsGivenUp()
    {
        QuestionSubject subject;
        HttpCheck check;
        check.url = QUrl(QStringLiteral("http://shop.example/"));
        subject.check = check;
        subject.vantagePoints = {QUrl(QStringLiteral("http://blackbox.example:9115/probe"))};
        const auto planned = planQuestions(subject);
        const auto vantage = std::find_if(planned.begin(), planned.end(), [](const Question &one) {
            return one.kind == QuestionKind::SecondVantage;
        });
        QVERIFY(vantage != planned.end());
        const auto headers = std::get<HttpCheck>(vantage->check).headers;
        const double tries = headerValue(headers, "X-Prometheus-Scrape-Timeout-Seconds").toDouble();
        const double waited = std::chrono::duration<double>(QuestioningLimits{}.oneAnswer).count();
        QVERIFY(tries > 2 && tries < waited);
    }

    void whoWantsToBeLeftAloneIs()
    {
        Rig rig;
        rig.ask({{question(), question(false), question()}, 600s, {}});
        rig.clock.advance(250);
        QCOMPARE(rig.probe.requests.size(), 1); // the part behind did not ask for anything
        rig.clock.advance(3'000);
        QCOMPARE(rig.probe.requests.size(), 1);
        rig.probe.answerAll(sampleOf(Outcome::ConnectRefused), rig.clock.utcMs());
        rig.clock.advance(0);
        QCOMPARE(rig.rounds, 1);
        QVERIFY2(rig.answers.first().notAsked.contains(QStringLiteral("600")),
                 qPrintable(rig.answers.first().notAsked));
        QVERIFY(rig.answers[1].notAsked.isEmpty());
        QCOMPARE(rig.answers[1].result.sample.outcome, Outcome::ConnectRefused);
    }

    void aShortPauseIsWaitedFor()
    {
        Rig rig;
        rig.ask({questions(1), 2s, {}});
        rig.clock.advance(1'999);
        QVERIFY(rig.probe.requests.isEmpty());
        rig.clock.advance(1);
        QCOMPARE(rig.probe.requests.size(), 1);
    }

    void anAnswerMayAskForAPauseToo()
    {
        Rig rig;
        rig.ask({questions(4), 0s, {}});
        rig.clock.advance(250);
        rig.probe.answerAll(sampleOf(Outcome::HttpStatus, 60s), rig.clock.utcMs());
        rig.clock.advance(5'000);
        QCOMPARE(rig.rounds, 1);
        QVERIFY(rig.probe.requests.isEmpty());
        QVERIFY(rig.answers[0].notAsked.isEmpty());
        for (int i = 1; i < 4; ++i)
            QVERIFY(rig.answers[i].notAsked.contains(QStringLiteral("Retry-After")));
    }

    void nothingIsHeardOfACancelledRound()
    {
        Rig rig;
        const quint64 round = rig.ask({questions(5), 0s, {}});
        rig.clock.advance(500);
        QCOMPARE(rig.probe.requests.size(), 2);
        rig.questioner.cancel(round);
        QVERIFY(rig.probe.requests.isEmpty());
        rig.clock.advance(10'000);
        QVERIFY(rig.probe.requests.isEmpty());
        QCOMPARE(rig.rounds, 0);
        QVERIFY(!rig.questioner.isBusy());
    }

    void withoutItsSecretAPartIsNotAsked()
    {
        Rig rig;
        rig.questioner.setFindSecrets([](const QStringList &names, auto callback) {
            if (names.first() == u"good")
                callback(QHash<QString, QString>{{QStringLiteral("good"), QStringLiteral("s3cret")}});
            else
                callback(failure(Error::Kind::Unavailable, QStringLiteral("The keychain is locked.")));
        });
        QList<Question> both;
        for (const auto &name : {QStringLiteral("good"), QStringLiteral("bad")}) {
            RedisCheck redis;
            redis.password.name = name;
            both.append(question());
            both.last().check = redis;
        }
        rig.ask({both, 0s, {}});
        rig.clock.advance(500);
        QCOMPARE(rig.probe.requests.size(), 1);
        QCOMPARE(std::get<RedisCheck>(rig.probe.requests.first().check).password.value,
                 QStringLiteral("s3cret"));
        rig.probe.answerAll(sampleOf(Outcome::Ok), rig.clock.utcMs());
        rig.clock.advance(250);
        QCOMPARE(rig.rounds, 1);
        QCOMPARE(rig.answers[1].notAsked, QStringLiteral("The keychain is locked."));
        // The value does not come back with the answer.
        QVERIFY(std::get<RedisCheck>(rig.answers[0].question.check).password.value.isEmpty());
    }

    void roundsDoNotWaitForEachOther()
    {
        Rig rig;
        for (int i = 0; i < Questioner::kMostRounds; ++i) {
            QVERIFY(!rig.questioner.isBusy());
            rig.ask({questions(2), 0s, {}});
        }
        QVERIFY(rig.questioner.isBusy());
        rig.clock.advance(250);
        QCOMPARE(rig.probe.requests.size(), Questioner::kMostRounds);
    }

    void nothingToAskIsAnsweredToo()
    {
        Rig rig;
        rig.ask({{}, 0s, {}});
        QCOMPARE(rig.rounds, 0); // never from within
        rig.clock.advance(0);
        QCOMPARE(rig.rounds, 1);
    }
};

QTEST_GUILESS_MAIN(TestQuestioner)
#include "tst_questioner.moc"
