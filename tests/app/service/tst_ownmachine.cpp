// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/service/servicerig.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kTarget = u"203.0.113.7"_s;

Monitor website(const QString &name)
{
    Monitor monitor;
    monitor.name = name;
    HttpCheck check;
    check.url = QUrl(u"http://203.0.113.7/"_s);
    monitor.check = check;
    monitor.interval = 30s;
    monitor.retries = 1;
    monitor.retryInterval = 5s;
    return monitor;
}

Sample answer(Outcome outcome)
{
    Sample sample;
    sample.outcome = outcome;
    sample.httpStatus = outcome == Outcome::Ok ? 200 : 0;
    sample.address = kTarget;
    sample.detail = outcomeId(outcome).toString();
    return sample;
}

bool isWitnessQuestion(const ProbeRequest &request)
{
    return request.monitor == 0;
}

} // namespace

/// What happens to this machine is never told of a target.
class TestOwnMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_rig = std::make_unique<ServiceRig>(m_folder->path());
        m_rig->paths.paths = {{kTarget, {NetworkScope::Wan, {}}}};
        m_id = waitFor(m_rig->service.addMonitor(website(u"Shop"_s))).value();
    }

    void cleanup() { m_rig.reset(); }

    /// A cut cable: the target fails, the witnesses are silent, and the target is not blamed.
    void aLostNetworkBlamesNobody()
    {
        checkAnswers(Outcome::Ok);
        answerWitnesses(Outcome::Ok); // asked for the first time, when all was well
        QSignalSpy opened(&m_rig->service, &Watch::incidentOpened);
        for (int round = 0; round < 3; ++round) {
            checkAnswers(Outcome::ConnectTimeout);
            answerWitnesses(Outcome::ConnectTimeout);
        }
        QCOMPARE(m_rig->service.status(m_id).state.state, State::NotObserved);
        QCOMPARE(m_rig->service.status(m_id).last->outcome, Outcome::LocalNetwork);
        QVERIFY(m_rig->service.health().ownNetworkFault.contains(u"1.1.1.1"_s));
        QVERIFY(m_rig->service.health().ownNetworkLostAt > 0);
        checkAnswers(Outcome::Ok);
        QCOMPARE(m_rig->service.status(m_id).state.state, State::Up);
        QCOMPARE(m_rig->service.health().ownNetworkFault, QString());
        QCOMPARE(opened.size(), 0);
    }

    void anOutageIsOneWhereTheNetworkIsThere()
    {
        checkAnswers(Outcome::Ok);
        answerWitnesses(Outcome::Ok);
        QSignalSpy opened(&m_rig->service, &Watch::incidentOpened);
        for (int round = 0; round < 2; ++round) {
            checkAnswers(Outcome::ConnectTimeout);
            answerWitnesses(Outcome::ConnectRefused); // a refusal is an answer
        }
        QCOMPARE(m_rig->service.status(m_id).state.state, State::Down);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(m_rig->service.health().ownNetworkFault, QString());
    }

    /// A sleep while a check hangs: nothing fails, nothing comes in a burst, the time is nobody's.
    void asleepIsNotObserved()
    {
        checkAnswers(Outcome::Ok);
        answerWitnesses(Outcome::Ok);
        m_rig->clock.advance(31'000); // the next check is under way
        QVERIFY(!m_rig->probe.requests.isEmpty());
        const UtcMs from = m_rig->clock.utcMs();
        m_rig->sleep.prepareForSleep(true);
        m_rig->clock.jumpUtc(3'600'000);
        m_rig->sleep.prepareForSleep(false);
        const UtcMs woke = m_rig->clock.utcMs();
        QCOMPARE(m_rig->service.status(m_id).state.state, State::NotObserved);
        QVERIFY(m_rig->probe.requests.isEmpty());
        m_rig->clock.advance(14'000);
        QVERIFY(m_rig->probe.requests.isEmpty()); // networks need a moment, too
        checkAnswers(Outcome::Ok);
        QCOMPARE(m_rig->service.status(m_id).state.state, State::Up);
        QVERIFY(waitFor(m_rig->writer->flush()));
        const auto intervals =
            waitFor(m_rig->service.stateIntervals(m_id, from - 120'000, woke + 60'000)).value();
        const auto asleep =
            std::find_if(intervals.cbegin(), intervals.cend(), [&](const StateInterval &interval) {
                return interval.state == State::NotObserved && interval.from == from;
            });
        QVERIFY(asleep != intervals.cend());
    }

    void aMissingPasswordIsNoOutage()
    {
        Monitor monitor = website(u"Members"_s);
        auto &check = std::get<HttpCheck>(monitor.check);
        check.authentication.kind = HttpAuthentication::Kind::Bearer;
        check.authentication.password.name = u"shop/token"_s;
        const MonitorId id = waitFor(m_rig->service.addMonitor(monitor)).value();
        QTRY_VERIFY(advancedUntil([&] { return m_rig->service.status(id).last.has_value(); }));
        QCOMPARE(m_rig->service.status(id).last->outcome, Outcome::Internal);
        QCOMPARE(m_rig->service.status(id).state.state, State::NotObserved);
        QVERIFY(m_rig->service.status(id).last->detail.contains(u"shop/token"_s));

        QVERIFY(waitFor(m_rig->service.setSecret(u"shop/token"_s, u"s3cret"_s)));
        m_rig->probe.requests.clear();
        m_rig->service.checkNow(id);
        m_rig->clock.advance(1);
        const auto asked = std::find_if(m_rig->probe.requests.cbegin(), m_rig->probe.requests.cend(),
                                        [id](const ProbeRequest &request) { return request.monitor == id; });
        QVERIFY(asked != m_rig->probe.requests.cend());
        QCOMPARE(std::get<HttpCheck>(asked->check).authentication.password.value, u"s3cret"_s);
    }

private:
    template <typename Condition>
    bool advancedUntil(const Condition &condition)
    {
        m_rig->clock.advance(100);
        return condition();
    }

    /// Moves time to the next check of a monitor and answers it; witnesses' questions wait.
    void checkAnswers(Outcome outcome)
    {
        const auto find = [this] {
            const auto &requests = m_rig->probe.requests;
            return std::find_if(requests.cbegin(), requests.cend(),
                                [](const ProbeRequest &request) { return !isWitnessQuestion(request); });
        };
        for (int steps = 0; find() == m_rig->probe.requests.cend() && steps < 1'000; ++steps)
            m_rig->clock.advance(100);
        QVERIFY(find() != m_rig->probe.requests.cend());
        const ProbeRequest request = *find();
        m_rig->probe.answer(request.token, request.monitor, answer(outcome), m_rig->clock.utcMs());
    }

    void answerWitnesses(Outcome outcome)
    {
        const auto requests = m_rig->probe.requests;
        for (const auto &request : requests)
            if (isWitnessQuestion(request))
                m_rig->probe.answer(request.token, 0, answer(outcome), m_rig->clock.utcMs());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServiceRig> m_rig;
    MonitorId m_id = 0;
};

QTEST_GUILESS_MAIN(TestOwnMachine)
#include "tst_ownmachine.moc"
