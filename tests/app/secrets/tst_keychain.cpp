// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychaincheck.h"
#include "app/secrets/keychainsecrets.h"
#include "app/secrets/secretservice.h"
#include "tests/app/secrets/privatekeyring.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QTest>

using namespace backwatch;
using namespace Qt::StringLiterals;
using State = SecretStore::State;

namespace {

/// Waits for an answer; one that does not come is a failure with a sentence that says so.
template <typename T>
Result<T> answer(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return failure(Error::Kind::Conflict, u"(no answer)"_s);
    return future.result();
}

QString valueOf(const QFuture<Result<QString>> &future)
{
    const auto value = answer(future);
    return value ? *value : value.error().sentence;
}

template <typename T>
QString sentenceOf(const Result<T> &result)
{
    return result ? QString() : result.error().sentence;
}

} // namespace

/// A real gnome-keyring: absent, late, there, locked. In this order, on one bus, as libsecret knows only one.
class TestKeychain : public QObject
{
    Q_OBJECT

public:
    explicit TestKeychain(PrivateKeyring &keyring) : m_keyring(keyring) {}

private:
    std::unique_ptr<SecretStore> open(bool waitForLateService = false)
    {
        return createKeychainSecrets(m_clock, {.waitForLateService = waitForLateService});
    }

private Q_SLOTS:
    /// A server that nobody is logged in to has no bus at all.
    void noBus()
    {
        const QByteArray bus = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        SecretService service(m_clock);
        std::optional<SecretService::Found> found;
        service.inspect([&found](SecretService::Found answer) { found = answer; });
        QVERIFY(!found); // never before it returns
        QTRY_VERIFY(found);
        QCOMPARE(*found, SecretService::Found::NoService);
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus);
    }

    void absent()
    {
        const auto store = open();
        QElapsedTimer took;
        took.start();
        const auto read = answer(store->read(u"a"_s));
        QVERIFY(took.elapsed() < 5'000);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Unavailable);
        QCOMPARE(store->state(), State::Absent);
        QVERIFY(!answer(store->write(u"a"_s, u"1"_s)));
        QVERIFY(!answer(store->list()));
        QVERIFY(!checkKeychain(5'000));
        store->useSessionOnly();
        QVERIFY(answer(store->write(u"a"_s, u"1"_s)));
        QCOMPARE(valueOf(store->read(u"a"_s)), u"1"_s);
    }

    void comesLate()
    {
        FakeClock clock;
        const auto store = createKeychainSecrets(clock, {});
        const auto names = store->list();
        QTRY_VERIFY(!store->trouble().isEmpty());
        QVERIFY(!names.isFinished());
        QVERIFY(m_keyring.startKeyring());
        clock.advance(10'001);
        QVERIFY2(answer(names), qPrintable(sentenceOf(answer(names))));
        QCOMPARE(store->state(), State::Ready);
    }

    void keepsValues_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("usual") << u"shop/basic-auth"_s << u"s3cret"_s;
        QTest::newRow("umlauts") << u"Käse/Schlüssel"_s << u"pä ßwörd €😀"_s;
        QTest::newRow("lines") << u"key"_s << u"-----BEGIN-----\n\tab c\r\n-----END-----\n"_s;
        QTest::newRow("4 KiB") << u"long"_s << QString(4096, u'x');
        QTest::newRow("64 KiB") << u"longest"_s << QString(64 * 1024, u'y');
    }

    void keepsValues()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto store = open();
        QCOMPARE(sentenceOf(answer(store->write(name, u"first"_s))), QString());
        QCOMPARE(sentenceOf(answer(store->write(name, value))), QString());
        const auto later = open();
        QCOMPARE(valueOf(later->read(name)), value);
        QVERIFY(answer(later->list())->contains(name));
        QCOMPARE(sentenceOf(answer(later->remove(name))), QString());
        QCOMPARE(answer(later->remove(name)).error().kind, Error::Kind::NotFound);
        QCOMPARE(answer(open()->read(name)).error().kind, Error::Kind::NotFound);
        QVERIFY(!answer(later->list())->contains(name));
        QCOMPARE(later->state(), State::Ready);
    }

    void twoProgramsLoseNoName()
    {
        const auto first = open();
        const auto second = open();
        QList<QFuture<Result<void>>> written;
        for (int i = 0; i < 10; ++i) {
            written.append(first->write(u"first %1"_s.arg(i), u"1"_s));
            written.append(second->write(u"second %1"_s.arg(i), u"2"_s));
        }
        for (const auto &each : written)
            QCOMPARE(sentenceOf(answer(each)), QString());
        for (int i = 0; i < 10; ++i)
            QCOMPARE(valueOf(open()->read(u"second %1"_s.arg(i))), u"2"_s);
        QCOMPARE(answer(first->list())->size(), 20);
        const QStringList names = answer(first->list()).value();
        for (const auto &name : names)
            QVERIFY(answer(first->remove(name)));
    }

    void lockedAndNobodyToAsk()
    {
        QVERIFY(answer(open()->write(u"a"_s, u"1"_s)));
        QVERIFY(m_keyring.lock());
        const auto store = open();
        const auto read = answer(store->read(u"a"_s));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Unavailable);
        QCOMPARE(store->state(), State::Locked);
        QVERIFY(!answer(store->remove(u"a"_s)));
        QVERIFY(!answer(store->write(u"a"_s, u"2"_s)));
        QVERIFY(!checkKeychain(5'000));

        QVERIFY(m_keyring.unlock());
        QTRY_COMPARE_WITH_TIMEOUT(store->state(), State::Ready, 20'000);
        QCOMPARE(valueOf(store->read(u"a"_s)), u"1"_s);
        QVERIFY(checkKeychain(5'000));
    }

    void lockedWaitsWithoutBlocking()
    {
        SilentPrompter prompter;
        QVERIFY(prompter.appear());
        QVERIFY(m_keyring.lock());
        const auto store = open();
        const auto a = store->read(u"a"_s);
        const auto b = store->read(u"b"_s);
        QTRY_COMPARE_WITH_TIMEOUT(prompter.asked(), 1, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(store->state(), State::Locked, 10'000);
        QVERIFY(!store->trouble().isEmpty());
        QVERIFY(!a.isFinished());

        QVERIFY(m_keyring.unlock());
        QCOMPARE(valueOf(a), u"1"_s);
        QCOMPARE(answer(b).error().kind, Error::Kind::NotFound);
        QCOMPARE(store->state(), State::Ready);
        QCOMPARE(prompter.asked(), 1);
        prompter.vanish();
    }

    void endsWhileItWaits()
    {
        SilentPrompter prompter;
        QVERIFY(prompter.appear());
        QVERIFY(m_keyring.lock());
        auto store = open();
        const auto waiting = store->read(u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(prompter.asked(), 1, 10'000);
        store.reset();
        QVERIFY(waiting.isCanceled());
        QVERIFY(m_keyring.unlock());
        QCOMPARE(valueOf(open()->read(u"a"_s)), u"1"_s);
        prompter.vanish();
    }

    void goesAway()
    {
        const auto store = open();
        QCOMPARE(valueOf(store->read(u"a"_s)), u"1"_s);
        m_keyring.stopKeyring();
        QCOMPARE(valueOf(store->read(u"a"_s)), u"1"_s); // from memory
        store->forget(u"a"_s);
        QVERIFY(!answer(store->read(u"a"_s)));
        QCOMPARE(store->state(), State::Absent);
        QVERIFY(m_keyring.startKeyring());
        QCOMPARE(sentenceOf(answer(store->list())), QString());
        QCOMPARE(valueOf(store->read(u"a"_s)), u"1"_s);
    }

private:
    PrivateKeyring &m_keyring;
    SystemClock m_clock;
};

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    PrivateKeyring keyring;
    const QString missing = PrivateKeyring::missing();
    if (!missing.isEmpty()) {
        qInfo("SKIP: %s is not installed (packaging/quickstart deps installs it)", qPrintable(missing));
        return 77;
    }
    if (!keyring.startBus())
        qFatal("no session bus can be started");
    TestKeychain test(keyring);
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keychain.moc"
