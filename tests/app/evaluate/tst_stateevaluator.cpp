// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/evaluate/incidenttracker.h"
#include "app/evaluate/stateevaluator.h"

#include <QTest>

using namespace backwatch;

namespace {

/// Letters of a history: . good, d degraded, x failed, ? says nothing.
Sample sampleOf(QChar letter, UtcMs at)
{
    Sample sample;
    sample.monitor = 7;
    sample.startedAt = at;
    sample.outcome = letter == u'.'   ? Outcome::Ok
                     : letter == u'd' ? Outcome::Slow
                     : letter == u'?' ? Outcome::Internal
                                      : Outcome::HttpStatus;
    sample.httpStatus = letter == u'x' ? 503 : 200;
    sample.detail = QString(letter) + QString::number(at);
    return sample;
}

QChar letterOf(State state)
{
    switch (state) {
    case State::Up:
        return u'U';
    case State::Degraded:
        return u'G';
    case State::Suspect:
        return u's';
    case State::Down:
        return u'D';
    default:
        return u'-';
    }
}

struct Replay
{
    QString states;
    QString settled;   ///< "U0 D3": state and when it began
    QString incidents; ///< "3-7": opened and closed
    QString rechecks;
};

Replay replay(const QString &samples, int retries, MonitorState state = {}, std::optional<Incident> open = {})
{
    Replay result;
    Sample firstFailure;
    for (qsizetype i = 0; i < samples.size(); ++i) {
        const Sample sample = sampleOf(samples[i], i);
        const auto evaluation = evaluate(state, sample, {retries});
        if (evaluation.next.failuresInARow == 1)
            firstFailure = sample;
        const auto change = track(open, evaluation, sample, firstFailure);
        if (change.opened) {
            open = change.opened;
            result.incidents += QString::number(open->openedAt) + u'-';
        }
        if (change.closed) {
            result.incidents += QString::number(*change.closed->closedAt) + u' ';
            open.reset();
        }
        if (evaluation.settled)
            result.settled +=
                letterOf(evaluation.settled->to) + QString::number(evaluation.settled->at) + u' ';
        result.states += letterOf(evaluation.next.state);
        result.rechecks += evaluation.recheckSoon ? u'r' : u'.';
        state = evaluation.next;
    }
    return result;
}

} // namespace

class TestStateEvaluator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void histories_data()
    {
        QTest::addColumn<QString>("samples");
        QTest::addColumn<int>("retries");
        QTest::addColumn<QString>("states");
        QTest::addColumn<QString>("settled");
        QTest::addColumn<QString>("incidents");
        QTest::addColumn<QString>("rechecks");

        QTest::newRow("up from the first answer") << "..." << 2 << "UUU"
                                                  << "U0 "
                                                  << ""
                                                  << "...";
        QTest::newRow("down counts from the first failure") << ".xxxx.." << 2 << "UssDDUU"
                                                            << "U0 D1 U5 "
                                                            << "1-5 "
                                                            << ".rr....";
        QTest::newRow("refuted is forgotten") << ".xx." << 2 << "UssU"
                                              << "U0 "
                                              << ""
                                              << ".rr.";
        QTest::newRow("without retries down at once") << ".x." << 0 << "UDU"
                                                      << "U0 D1 U2 "
                                                      << "1-2 "
                                                      << "...";
        QTest::newRow("first answers fail") << "xxx." << 2 << "ssDU"
                                            << "D0 U3 "
                                            << "0-3 "
                                            << "rr..";
        QTest::newRow("degraded is no failure") << ".d." << 2 << "UGU"
                                                << "U0 G1 U2 "
                                                << ""
                                                << "...";
        QTest::newRow("degraded ends an incident") << "xd" << 0 << "DG"
                                                   << "D0 G1 "
                                                   << "0-1 "
                                                   << "..";
        QTest::newRow("neutral changes nothing") << ".?x?xx" << 2 << "UUsssD"
                                                 << "U0 D2 "
                                                 << "2-"
                                                 << "..rrr.";
        QTest::newRow("neutral while down keeps it") << "x?." << 0 << "DDU"
                                                     << "D0 U2 "
                                                     << "0-2 "
                                                     << "...";
        QTest::newRow("two incidents") << "x.x." << 0 << "DUDU"
                                       << "D0 U1 D2 U3 "
                                       << "0-1 2-3 "
                                       << "....";
    }

    void histories()
    {
        QFETCH(QString, samples);
        QFETCH(int, retries);
        const auto result = replay(samples, retries);
        QTEST(result.states, "states");
        QTEST(result.settled, "settled");
        QTEST(result.incidents, "incidents");
        QTEST(result.rechecks, "rechecks");
    }

    void sinceIsTheFirstSampleOfTheState()
    {
        MonitorState state;
        for (const auto &[letter, since] : {std::pair{u'.', 0}, {u'.', 0}, {u'x', 2}, {u'x', 2}, {u'.', 0}}) {
            static UtcMs at = 0;
            state = evaluate(state, sampleOf(QChar(letter), at++), {2}).next;
            QCOMPARE(state.since, since);
        }
    }

    void anIncidentOutlivesARestart()
    {
        MonitorState restored;
        restored.state = State::Down;
        restored.failuresInARow = 3;
        restored.firstFailureAt = -100;
        Incident open;
        open.id = 12;
        open.openedAt = -100;
        // The time in which nothing was watched is not Down time: Down settles anew with the first sample.
        const auto result = replay(QStringLiteral("xx."), 2, restored, open);
        QCOMPARE(result.states, QStringLiteral("DDU"));
        QCOMPARE(result.settled, QStringLiteral("D0 U2 "));
        QCOMPARE(result.incidents, QStringLiteral("2 "));
    }

    void anIncidentCarriesItsFirstFailure()
    {
        MonitorState state;
        Sample first = sampleOf(u'x', 10);
        first.detail = QStringLiteral("503 Backend fetch failed");
        state = evaluate(state, first, {1}).next;
        const Sample second = sampleOf(u'x', 15);
        const auto evaluation = evaluate(state, second, {1});
        const auto change = track(std::nullopt, evaluation, second, first);
        QVERIFY(change.opened);
        QCOMPARE(change.opened->monitor, 7);
        QCOMPARE(change.opened->openedAt, 10);
        QCOMPARE(change.opened->confirmedAt, 15);
        QCOMPARE(change.opened->outcome, Outcome::HttpStatus);
        QCOMPARE(change.opened->httpStatus, 503);
        QCOMPARE(change.opened->detail, QStringLiteral("503 Backend fetch failed"));
        QVERIFY(!change.opened->closedAt);
        QVERIFY(!change.closed);
    }
};

QTEST_GUILESS_MAIN(TestStateEvaluator)
#include "tst_stateevaluator.moc"
