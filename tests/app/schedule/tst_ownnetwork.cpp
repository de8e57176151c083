// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/schedule/ownnetwork.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenetworkpaths.h"

#include <QSignalSpy>
#include <QTest>

#include <utility>

using namespace backwatch;
using namespace Qt::StringLiterals;

namespace {

const QString kWebsite = u"203.0.113.7"_s;
const QString kOther = u"203.0.113.8"_s;
const QString kNas = u"192.168.1.9"_s;
const QString kRouter = u"192.168.1.1"_s;

/// A small world: two websites beyond a router, a machine beside it; witnesses answer when a test says so.
struct World
{
    World()
        : network(clock, paths, [this](const Witness &witness, const std::function<void(bool)> &take) {
            asked.append(witness.host);
            open.append({witness.host, take});
        })
    {
        paths.paths = {{kWebsite, {NetworkScope::Wan, {}}},
                       {kOther, {NetworkScope::Wan, {}}},
                       {kNas, {NetworkScope::Lan, {}}}};
        paths.routers = {kRouter};
    }

    void answerAll(bool answered)
    {
        const auto now = std::exchange(open, {});
        for (const auto &question : now)
            question.second(answered);
    }

    /// A target answered, and whoever is asked for the first time then does too.
    void getToKnow(const QString &address)
    {
        network.noteAnswer(address);
        answerAll(true);
        asked.clear();
    }

    void fail(const QString &address, Outcome outcome = Outcome::ConnectTimeout)
    {
        Sample sample;
        sample.address = address;
        sample.outcome = outcome;
        network.ask(sample, [this](const QString &lost) { answers.append(lost); });
    }

    FakeClock clock;
    FakeNetworkPaths paths;
    QStringList asked;
    QList<std::pair<QString, std::function<void(bool)>>> open;
    QStringList answers; ///< to fail(); empty ones say that the network is there
    OwnNetwork network;
};

} // namespace

class TestOwnNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loopbackNeedsNoNetwork()
    {
        World world;
        world.fail(u"127.0.0.1"_s);
        QCOMPARE(world.answers, QStringList{QString()});
        QVERIFY(world.asked.isEmpty());
    }

    void theKernelKnowsABrokenLink()
    {
        World world;
        world.paths.paths[kWebsite].broken = u"The link is cut."_s;
        world.fail(kWebsite);
        QCOMPARE(world.answers, QStringList{u"The link is cut."_s});
        QVERIFY(world.asked.isEmpty());
        QCOMPARE(world.network.lost(), u"The link is cut."_s);
        QCOMPARE(world.network.lostAt(), world.clock.utcMs());
    }

    void silentWitnessesMeanLost()
    {
        World world;
        QSignalSpy changed(&world.network, &OwnNetwork::changed);
        world.getToKnow(kWebsite);
        world.fail(kWebsite);
        world.fail(kOther); // asked together
        QCOMPARE(world.asked, (QStringList{u"1.1.1.1"_s, u"9.9.9.9"_s, u"2606:4700:4700::1111"_s}));
        QVERIFY(world.answers.isEmpty());
        world.answerAll(false);
        QCOMPARE(world.answers.size(), 2);
        QVERIFY(world.answers.first().contains(u"1.1.1.1"_s));
        QCOMPARE(changed.size(), 1);
    }

    void oneWitnessIsEnough()
    {
        World world;
        world.getToKnow(kWebsite);
        world.fail(kWebsite);
        world.open.takeFirst().second(false);
        QVERIFY(world.answers.isEmpty());
        world.open.takeFirst().second(true);
        QCOMPARE(world.answers, QStringList{QString()});
        world.open.takeFirst().second(false); // too late to say anything
        QCOMPARE(world.network.lost(), QString());
    }

    void anotherTargetIsAWitnessToo()
    {
        World world;
        world.getToKnow(kWebsite);
        world.fail(kWebsite);
        world.network.noteAnswer(kOther);
        QCOMPARE(world.answers, QStringList{QString()});
        world.answerAll(false);
        QCOMPARE(world.network.lost(), QString());
    }

    /// A company's firewall keeps the public resolvers away; a website that is down is down all the same.
    void whoNeverAnsweredSaysNothing()
    {
        World world;
        world.network.noteAnswer(kWebsite);
        world.answerAll(false);
        world.asked.clear();
        world.fail(kWebsite);
        QCOMPARE(world.answers, QStringList{QString()});
        QVERIFY(world.asked.isEmpty());
    }

    /// Switched on where there is no network yet: only what the admin named can be believed.
    void theAdminsOwnWitnessIsBelievedUntilSomebodyAnswered()
    {
        World world;
        NetworkSettings settings;
        settings.witnesses = {{NetworkScope::Wan, u"198.51.100.1"_s, 443}};
        world.network.setSettings(settings);
        world.fail(kWebsite);
        QCOMPARE(world.asked, QStringList{u"198.51.100.1"_s});
        world.answerAll(false);
        QVERIFY(!world.answers.last().isEmpty());
        world.network.noteAnswer(kOther); // so it is only that witness
        world.answerAll(false);
        world.clock.advance(2'000);
        world.fail(kWebsite);
        QVERIFY(world.answers.last().isEmpty());
    }

    void scopesAreApart()
    {
        World world;
        world.getToKnow(kWebsite);
        world.getToKnow(kNas);
        world.fail(kNas);
        QCOMPARE(world.asked, QStringList{kRouter});
        world.answerAll(true);
        QCOMPARE(world.answers, QStringList{QString()});
        world.fail(kWebsite);
        world.answerAll(false);
        QVERIFY(!world.answers.last().isEmpty());
        world.clock.advance(1'500); // longer than a network that was there just now is taken for granted
        world.open.clear();
        world.fail(kNas);
        world.answerAll(true);
        QVERIFY(world.answers.last().isEmpty());
        QVERIFY(!world.network.lost().isEmpty());
    }

    void isNotAskedAgainAtOnce()
    {
        World world;
        world.getToKnow(kWebsite);
        world.fail(kWebsite);
        world.answerAll(true);
        world.asked.clear();
        world.fail(kOther);
        QCOMPARE(world.answers.size(), 2);
        QVERIFY(world.asked.isEmpty());
        world.clock.advance(1'100);
        world.fail(kOther);
        QVERIFY(!world.asked.isEmpty());
    }

    void comesBackByItself()
    {
        World world;
        world.getToKnow(kWebsite);
        world.fail(kWebsite);
        world.answerAll(false);
        QSignalSpy changed(&world.network, &OwnNetwork::changed);
        world.clock.advance(5'000);
        world.answerAll(false);
        QVERIFY(!world.network.lost().isEmpty());
        world.clock.advance(5'000);
        world.answerAll(true);
        QCOMPARE(world.network.lost(), QString());
        QCOMPARE(world.network.lostAt(), 0);
        QCOMPARE(changed.size(), 1);
        world.answerAll(true);
        world.asked.clear();
        world.clock.advance(60'000);
        QVERIFY(world.asked.isEmpty()); // and then there is peace
    }

    void comesBackWithAnAnsweringTarget()
    {
        World world;
        world.getToKnow(kWebsite);
        world.paths.paths[kWebsite].broken = u"The link is cut."_s;
        world.fail(kWebsite);
        world.paths.paths[kWebsite].broken.clear();
        world.network.noteAnswer(kOther);
        QCOMPARE(world.network.lost(), QString());
    }

    /// Names that nobody resolves are this machine's trouble when its own resolver is silent.
    void aSilentResolverIsThisMachines()
    {
        World world;
        world.paths.paths.insert(QString(), {NetworkScope::Wan, {}});
        world.getToKnow(kWebsite);
        world.fail({}, Outcome::DnsTimeout);
        world.answerAll(true); // the witnesses; now the resolver
        QVERIFY(world.answers.isEmpty());
        QCOMPARE(world.open.size(), 1);
        QVERIFY(world.open.first().first.isEmpty());
        world.answerAll(false);
        QVERIFY(!world.answers.first().isEmpty());
        world.clock.advance(5'000);
        world.answerAll(true);
        QCOMPARE(world.network.lost(), QString());
        world.clock.advance(2'000);
        world.fail({}, Outcome::DnsTimeout);
        world.answerAll(true);
        world.answerAll(true);
        QVERIFY(world.answers.last().isEmpty());
    }

    void nothingUsualWhereNotWanted()
    {
        World world;
        NetworkSettings settings;
        settings.usualWitnesses = false;
        world.network.setSettings(settings);
        world.getToKnow(kWebsite);
        world.fail(kWebsite);
        QCOMPARE(world.answers, QStringList{QString()});
        QVERIFY(world.asked.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOwnNetwork)
#include "tst_ownnetwork.moc"
