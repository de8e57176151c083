// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/checkrunner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeprobe.h"

#include <QTest>

using namespace backwatch;
using namespace std::chrono_literals;

namespace {

Monitor withToken()
{
    Monitor monitor;
    monitor.id = 7;
    HttpCheck check;
    check.url = QUrl(QStringLiteral("http://127.0.0.1:1/"));
    check.authentication.kind = HttpAuthentication::Kind::Bearer;
    check.authentication.password.name = QStringLiteral("shop/token");
    monitor.check = check;
    return monitor;
}

Sample answered(Outcome outcome)
{
    Sample sample;
    sample.outcome = outcome;
    return sample;
}

struct Rig
{
    Rig() : runner(clock, probe)
    {
        QObject::connect(&runner, &CheckRunner::checked, &runner,
                         [this](MonitorId, const CheckResult &result) { results += result; });
    }

    FakeClock clock;
    FakeProbe probe;
    CheckRunner runner;
    QList<CheckResult> results;
};

} // namespace

class TestCheckRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsAreFilledInForTheProbeAlone()
    {
        Rig rig;
        std::function<void(Result<QHash<QString, QString>>)> give;
        rig.runner.setFindSecrets([&](const QStringList &names, auto callback) {
            QCOMPARE(names, QStringList{QStringLiteral("shop/token")});
            give = callback;
        });
        rig.runner.start(withToken());
        QVERIFY(rig.probe.requests.isEmpty()); // a locked keychain keeps nobody else waiting
        give(QHash<QString, QString>{{QStringLiteral("shop/token"), QStringLiteral("s3cret")}});
        QCOMPARE(rig.probe.requests.size(), 1);
        const auto check = std::get<HttpCheck>(rig.probe.requests.first().check);
        QCOMPARE(check.authentication.password.value, QStringLiteral("s3cret"));
    }

    /// Somebody who sleeps does not unlock it; the check gives its place back and tries again at its time.
    void aLockedKeychainIsNotWaitedForAllNight()
    {
        Rig rig;
        std::function<void(Result<QHash<QString, QString>>)> give;
        rig.runner.setFindSecrets([&](const QStringList &, auto callback) { give = callback; });
        const Monitor monitor = withToken();
        rig.runner.start(monitor);
        rig.clock.advance(monitor.timeout.count() - 1);
        QVERIFY(rig.results.isEmpty());
        rig.clock.advance(1);
        QCOMPARE(rig.results.size(), 1);
        QCOMPARE(rig.results.first().sample.outcome, Outcome::Internal);
        QCOMPARE(rig.results.first().sample.monitor, monitor.id);
        QVERIFY(rig.results.first().sample.detail.contains(QStringLiteral("keychain")));
        give(QHash<QString, QString>{{QStringLiteral("shop/token"), QStringLiteral("late")}});
        QVERIFY(rig.probe.requests.isEmpty());
        QCOMPARE(rig.results.size(), 1);
    }

    void withoutItsSecretNoCheckIsMade()
    {
        Rig rig;
        rig.runner.setFindSecrets([](const QStringList &, auto callback) {
            callback(failure(Error::Kind::Unavailable, QStringLiteral("The keychain is locked.")));
        });
        rig.runner.start(withToken());
        QVERIFY(rig.probe.requests.isEmpty());
        QCOMPARE(rig.results.size(), 1);
        QCOMPARE(rig.results.first().sample.outcome, Outcome::Internal);
        QCOMPARE(rig.results.first().sample.detail, QStringLiteral("The keychain is locked."));
    }

    void ownNetwork_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("lost");
        QTest::addColumn<bool>("asked");
        QTest::addColumn<Outcome>("told");
        const QString gone = QStringLiteral("The network is gone.");
        QTest::newRow("a good answer") << Outcome::Ok << gone << false << Outcome::Ok;
        QTest::newRow("a wrong answer") << Outcome::HttpStatus << gone << false << Outcome::HttpStatus;
        QTest::newRow("no answer") << Outcome::ConnectTimeout << gone << true << Outcome::LocalNetwork;
        QTest::newRow("network fine")
            << Outcome::ConnectTimeout << QString() << true << Outcome::ConnectTimeout;
        QTest::newRow("no name") << Outcome::DnsFailure << gone << true << Outcome::LocalNetwork;
    }

    void ownNetwork()
    {
        QFETCH(Outcome, outcome);
        QFETCH(QString, lost);
        QFETCH(bool, asked);
        Rig rig;
        int questions = 0;
        rig.runner.setAskOwnNetwork([&](const Sample &, const auto &callback) {
            ++questions;
            callback(lost);
        });
        rig.runner.start(withToken());
        rig.probe.answerAll(answered(outcome), 1'000, std::make_shared<const Exchange>());
        QCOMPARE(questions, asked ? 1 : 0);
        QCOMPARE(rig.results.size(), 1);
        QTEST(rig.results.first().sample.outcome, "told");
        const bool ours = rig.results.first().sample.outcome == Outcome::LocalNetwork;
        QCOMPARE(rig.results.first().exchange == nullptr, ours);
    }

    void nothingIsHeardOfWhatWasDiscarded()
    {
        Rig rig;
        rig.runner.start(withToken());
        QCOMPARE(rig.runner.discard(), QList<MonitorId>{7});
        rig.probe.answerAll(answered(Outcome::Ok), 1'000);
        QVERIFY(rig.results.isEmpty());
        QVERIFY(rig.runner.discard().isEmpty());
    }

    void anAnswerIsOverdueAfterItsTime()
    {
        Rig rig;
        auto monitor = withToken();
        monitor.timeout = 10s;
        rig.runner.start(monitor);
        rig.clock.advance(10'000);
        QCOMPARE(rig.runner.overdueBy(), 0ms);
        rig.clock.advance(5'000);
        QCOMPARE(rig.runner.overdueBy(), 5'000ms);
    }
};

QTEST_GUILESS_MAIN(TestCheckRunner)
#include "tst_checkrunner.moc"
