// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychainsecrets.h"
#include "app/secrets/secretnames.h"
#include "tests/app/secrets/fakekeychain.h"
#include "tests/support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;
using Kind = KeychainAnswer::Kind;
using State = SecretStore::State;

namespace {

/// A store on a keychain that the test moves.
struct Bench
{
    explicit Bench(KeychainOptions options = {})
    {
        auto made = std::make_unique<FakeKeychain>();
        keychain = made.get();
        store = std::make_unique<KeychainSecrets>(std::move(made), clock, options);
    }

    FakeClock clock;
    FakeKeychain *keychain;
    std::unique_ptr<KeychainSecrets> store;
};

template <typename T>
std::optional<Error> errorOf(const QFuture<Result<T>> &future)
{
    if (!future.isFinished() || future.result())
        return {};
    return future.result().error();
}

QString valueOf(const QFuture<Result<QString>> &future)
{
    return future.isFinished() ? future.result().value_or(u"(error)"_s) : u"(open)"_s;
}

} // namespace

class TestKeychainSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aValueIsAskedForOnce()
    {
        Bench bench;
        bench.keychain->entries = {{u"shop"_s, u"geheim"_s}, {kNamesEntry, u"shop"_s}};
        QCOMPARE(valueOf(bench.store->read(u"shop"_s)), u"geheim"_s);
        QCOMPARE(bench.store->state(), State::Ready);
        const auto asked = bench.keychain->questions.size();
        for (int i = 0; i < 9; ++i) {
            bench.clock.advance(30'000);
            QCOMPARE(valueOf(bench.store->read(u"shop"_s)), u"geheim"_s);
        }
        QCOMPARE(bench.keychain->questions.size(), asked);
    }

    void whatAnotherProgramChangedIsSeen()
    {
        Bench bench;
        bench.keychain->entries = {{u"shop"_s, u"old"_s}};
        bench.store->read(u"shop"_s);
        bench.keychain->entries[u"shop"_s] = u"new"_s;
        QSignalSpy changed(bench.store.get(), &SecretStore::changed);
        bench.clock.advance(5 * 60'000 + 1);
        bench.store->read(u"shop"_s); // may still give the old one, and has it looked up
        QCOMPARE(changed.size(), 1);
        QCOMPARE(valueOf(bench.store->read(u"shop"_s)), u"new"_s);

        bench.keychain->entries[u"shop"_s] = u"newer"_s;
        bench.store->forget(u"shop"_s);
        QCOMPARE(valueOf(bench.store->read(u"shop"_s)), u"newer"_s);
    }

    void aLockedKeychainKeepsWhatIsKnownAndAsksNobody()
    {
        Bench bench;
        bench.keychain->entries = {{u"shop"_s, u"geheim"_s}};
        bench.store->read(u"shop"_s);
        bench.keychain->mood = Kind::Locked;
        bench.keychain->questions.clear();
        bench.clock.advance(60 * 60'000);
        QCOMPARE(valueOf(bench.store->read(u"shop"_s)), u"geheim"_s);
        QCOMPARE(bench.keychain->questions, QStringList());
    }

    void waitsBehindOnePrompt()
    {
        Bench bench;
        bench.keychain->entries = {{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}, {kNamesEntry, u"a\nb"_s}};
        bench.keychain->silent = true;
        const auto a = bench.store->read(u"a"_s);
        const auto again = bench.store->read(u"a"_s);
        const auto b = bench.store->read(u"b"_s);
        QCOMPARE(bench.keychain->open(), 1);
        bench.clock.advance(900);
        QCOMPARE(bench.store->state(), State::Unknown);
        bench.clock.advance(200);
        QCOMPARE(bench.store->state(), State::Locked);
        QVERIFY(!bench.store->trouble().isEmpty());
        QVERIFY(!a.isFinished());
        QCOMPARE(bench.keychain->open(), 1);
        bench.keychain->answerAll();
        QCOMPARE(valueOf(a), u"1"_s);
        QCOMPARE(valueOf(again), u"1"_s);
        QCOMPARE(valueOf(b), u"2"_s);
        QCOMPARE(bench.store->state(), State::Ready);
        QCOMPARE(bench.store->trouble(), QString());
    }

    void aRefusedPromptIsNotRepeatedForEveryCheck()
    {
        Bench bench;
        bench.keychain->entries = {{u"a"_s, u"1"_s}};
        bench.keychain->silent = true;
        const auto a = bench.store->read(u"a"_s);
        const auto b = bench.store->read(u"b"_s);
        bench.keychain->mood = Kind::Locked;
        bench.keychain->answerAll();
        QCOMPARE(errorOf(a)->kind, Error::Kind::Unavailable);
        QCOMPARE(errorOf(b)->kind, Error::Kind::Unavailable);
        QCOMPARE(bench.store->state(), State::Locked);
        QCOMPARE(bench.keychain->questions, QStringList{u"read a"_s});
        QVERIFY(errorOf(bench.store->read(u"a"_s)));
        QCOMPARE(bench.keychain->questions.size(), 1);

        // Unlocked in another way.
        bench.keychain->mood = Kind::Done;
        bench.clock.advance(5'001);
        QCOMPARE(bench.store->state(), State::Ready);
        QCOMPARE(valueOf(bench.store->read(u"a"_s)), u"1"_s);
    }

    void aLateServiceIsFoundByTheOneRetry()
    {
        Bench bench;
        bench.keychain->entries = {{u"a"_s, u"1"_s}};
        bench.keychain->mood = Kind::Absent;
        const auto a = bench.store->read(u"a"_s);
        QCOMPARE(valueOf(a), u"(open)"_s);
        QCOMPARE(bench.store->state(), State::Unknown);
        QVERIFY(!bench.store->trouble().isEmpty());
        bench.keychain->mood = Kind::Done;
        bench.clock.advance(9'000);
        QCOMPARE(valueOf(a), u"(open)"_s);
        bench.clock.advance(1'001);
        QCOMPARE(valueOf(a), u"1"_s);
        QCOMPARE(bench.store->state(), State::Ready);
    }

    void anAbsentServiceIsSaidAfterTheOneRetry()
    {
        Bench bench;
        bench.keychain->mood = Kind::Absent;
        const auto a = bench.store->read(u"a"_s);
        bench.clock.advance(10'001);
        QCOMPARE(errorOf(a)->kind, Error::Kind::Unavailable);
        QCOMPARE(bench.store->state(), State::Absent);
        QCOMPARE(errorOf(a)->sentence, bench.store->trouble());
        QCOMPARE(bench.keychain->questions.size(), 2);
        QVERIFY(errorOf(bench.store->read(u"a"_s)));
        QCOMPARE(bench.keychain->questions.size(), 2);
    }

    void aCommandIsToldAtOnce()
    {
        Bench bench({.waitForLateService = false});
        bench.keychain->mood = Kind::Absent;
        QVERIFY(errorOf(bench.store->write(u"a"_s, u"1"_s)));
        QCOMPARE(bench.store->state(), State::Absent);
    }

    void sessionOnlyTouchesNoKeychain()
    {
        Bench bench;
        bench.keychain->silent = true;
        const auto waiting = bench.store->read(u"a"_s);
        bench.store->useSessionOnly();
        QCOMPARE(bench.store->state(), State::SessionOnly);
        QCOMPARE(errorOf(waiting)->kind, Error::Kind::Unavailable);
        QVERIFY(bench.store->write(u"a"_s, u"1"_s).result());
        bench.keychain->entries[u"a"_s] = u"late"_s;
        bench.keychain->answerAll(); // nobody listens any more
        bench.clock.advance(60 * 60'000);
        bench.store->forget(u"a"_s);
        QCOMPARE(valueOf(bench.store->read(u"a"_s)), u"1"_s);
        QCOMPARE(bench.store->list().result().value(), QStringList{u"a"_s});
        QCOMPARE(errorOf(bench.store->read(u"b"_s))->kind, Error::Kind::NotFound);
        QVERIFY(bench.store->remove(u"a"_s).result());
        QCOMPARE(errorOf(bench.store->remove(u"a"_s))->kind, Error::Kind::NotFound);
        QCOMPARE(bench.keychain->questions, QStringList{u"read a"_s});
        QCOMPARE(bench.store->state(), State::SessionOnly);
    }

    void namesAreListed()
    {
        Bench bench;
        QVERIFY(bench.store->write(u"b"_s, u"2"_s).result());
        QVERIFY(bench.store->write(u"a"_s, u"1"_s).result());
        QCOMPARE(bench.store->list().result().value(), (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(bench.store->remove(u"b"_s).result());
        QCOMPARE(errorOf(bench.store->remove(u"b"_s))->kind, Error::Kind::NotFound);
        QCOMPARE(bench.store->list().result().value(), QStringList{u"a"_s});
        // Another program's write lost the list; a secret that is read comes back to it.
        bench.keychain->entries.remove(kNamesEntry);
        Bench other;
        other.keychain->entries = bench.keychain->entries;
        other.store->read(u"a"_s);
        QCOMPARE(other.store->list().result().value(), QStringList{u"a"_s});
    }

    void foreignNamesAreNotBelieved()
    {
        QCOMPARE(readNames(u"b\n\n a\na\x1b[31m\nb\nbackwatch/names\nä"_s), (QStringList{u"b"_s, u"ä"_s}));
    }

    void valuesStayOutOfErrors()
    {
        Bench bench;
        bench.keychain->mood = Kind::Failed;
        bench.keychain->detail = u"cannot store hunter2 there"_s;
        const auto error = errorOf(bench.store->write(u"a"_s, u"hunter2"_s));
        QVERIFY(error);
        QVERIFY(!error->sentence.contains(u"hunter2"_s));
        bench.keychain->detail = u"disk full"_s;
        QVERIFY(errorOf(bench.store->write(u"a"_s, u"hunter2"_s))->sentence.contains(u"disk full"_s));
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        QTest::newRow("usual") << u"shop/basic-auth"_s << true;
        QTest::newRow("umlauts and spaces") << u"Käse shop"_s << true;
        QTest::newRow("longest") << QString(200, u'a') << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("too long") << QString(201, u'a') << false;
        QTest::newRow("line end") << u"a\nb"_s << false;
        QTest::newRow("NUL") << QString(QChar(u'\0')) << false;
        QTest::newRow("half a character") << QString(QChar(0xd800)) << false;
        QTest::newRow("space at its end") << u"a "_s << false;
        QTest::newRow("our own") << QString(kNamesEntry) << false;
    }

    void names()
    {
        QFETCH(QString, name);
        QFETCH(bool, good);
        Bench bench;
        QCOMPARE(SecretStore::checkName(name).has_value(), good);
        QCOMPARE(bench.store->write(name, u"1"_s).result().has_value(), good);
        QCOMPARE(!bench.keychain->questions.isEmpty(), good);
    }

    void values()
    {
        QVERIFY(!SecretStore::checkValue({}));
        QVERIFY(!SecretStore::checkValue(u"a"_s + QChar(u'\0')));
        QVERIFY(!SecretStore::checkValue(QString(64 * 1024 + 1, u'a')));
        QVERIFY(SecretStore::checkValue(QString(64 * 1024, u'a')));
    }
};

QTEST_GUILESS_MAIN(TestKeychainSecrets)
#include "tst_keychainsecrets.moc"
