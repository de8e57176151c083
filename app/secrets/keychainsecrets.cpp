// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychainsecrets.h"

#include "app/secrets/keychainentries.h"
#include "app/secrets/keychainsentences.h"
#include "app/secrets/readyanswer.h"
#include "app/secrets/secretnames.h"
#include "app/secrets/systemkeychain.h"

#include <QPromise>

namespace backwatch {

namespace say = keychainsentences;

namespace {

using Kind = KeychainAnswer::Kind;

constexpr qint64 kSlowMs = 1'000;
constexpr qint64 kLateServiceMs = 10'000;
constexpr qint64 kLookUpAgainMs = 5 * 60'000;
constexpr qint64 kUnlockWatchMs = 5'000;
/// How long an answer that cannot be checked without a prompt holds.
constexpr qint64 kDeclinedHoldsMs = 60'000;

} // namespace

KeychainSecrets::KeychainSecrets(std::unique_ptr<Keychain> keychain, Clock &clock, KeychainOptions options)
    : m_clock(clock)
    , m_options(options)
    , m_slow(clock.createAlarm())
    , m_lateService(clock.createAlarm())
    , m_unlockWatch(clock.createAlarm())
    , m_keychain(std::move(keychain))
{
    connect(m_slow.get(), &Alarm::ringing, this, [this] { setState(State::Locked, say::waitsForUnlock()); });
    connect(m_lateService.get(), &Alarm::ringing, this, [this] {
        m_waitsForLateService = false;
        next();
    });
    connect(m_unlockWatch.get(), &Alarm::ringing, this, &KeychainSecrets::lookWhetherUnlocked);
}

KeychainSecrets::~KeychainSecrets() = default;

QFuture<Result<QString>> KeychainSecrets::read(const QString &name)
{
    if (const auto valid = checkName(name); !valid)
        return readyAnswer<QString>(tl::make_unexpected(valid.error()));
    if (const auto known = m_cache.value(name)) {
        const qint64 now = m_clock.monotonicMs();
        if (m_state != State::SessionOnly && m_cache.isOlderThan(name, now - kLookUpAgainMs)) {
            m_cache.touch(name, now);
            enqueueUnheard(Verb::Refresh, name);
        }
        return readyAnswer<QString>(*known);
    }
    if (m_state == State::SessionOnly)
        return readyAnswer<QString>(tl::make_unexpected(say::notInMemory(name)));
    if (const auto it = m_reading.constFind(name); it != m_reading.constEnd())
        return *it;
    auto future = enqueue<QString>(Verb::Read, name, {}, [](const QString &value) { return value; });
    if (!future.isFinished())
        m_reading.insert(name, future);
    return future;
}

QFuture<Result<void>> KeychainSecrets::write(const QString &name, const QString &value)
{
    const auto valid = checkName(name).and_then([&] { return checkValue(value); });
    if (!valid)
        return readyAnswer<void>(valid);
    forget(name);
    if (m_state == State::SessionOnly) {
        m_cache.put(name, value, m_clock.monotonicMs());
        Q_EMIT changed(name);
        return readyAnswer<void>({});
    }
    return enqueue<void>(Verb::Write, name, value, [](const QString &) {});
}

QFuture<Result<void>> KeychainSecrets::remove(const QString &name)
{
    if (const auto valid = checkName(name); !valid)
        return readyAnswer<void>(valid);
    if (m_state == State::SessionOnly) {
        if (!m_cache.drop(name))
            return readyAnswer<void>(tl::make_unexpected(say::notInMemory(name)));
        Q_EMIT changed(name);
        return readyAnswer<void>({});
    }
    forget(name);
    return enqueue<void>(Verb::Remove, name, {}, [](const QString &) {});
}

QFuture<Result<QStringList>> KeychainSecrets::list()
{
    if (m_state == State::SessionOnly) {
        QStringList names = m_cache.names();
        names.sort();
        return readyAnswer<QStringList>(names);
    }
    return enqueue<QStringList>(Verb::List, {}, {}, readNames);
}

void KeychainSecrets::forget(const QString &name)
{
    if (m_state == State::SessionOnly)
        return; // there is nowhere else to look
    m_cache.drop(name);
    m_reading.remove(name);
}

void KeychainSecrets::useSessionOnly()
{
    if (m_state == State::SessionOnly)
        return;
    for (const auto &alarm : {m_slow.get(), m_lateService.get(), m_unlockWatch.get()})
        alarm->cancel();
    m_waitsForLateService = false;
    const auto current =
        std::exchange(m_current, nullptr); // its answer, if there will be one, counts no more
    setState(State::SessionOnly, say::sessionOnly());
    failAll(current, {Error::Kind::Unavailable, trouble()});
}

template <typename T, typename Convert>
QFuture<Result<T>> KeychainSecrets::enqueue(Verb verb, const QString &name, const QString &value,
                                            Convert convert)
{
    if (const auto error = refusal(verb))
        return readyAnswer<T>(tl::make_unexpected(*error));
    const auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    m_queue.enqueue(std::make_shared<Operation>(
        Operation{verb, name, value, [promise, convert](const Result<QString> &result) {
                      promise->addResult(result.map(convert));
                      promise->finish();
                  }}));
    const auto future = promise->future();
    next();
    return future;
}

void KeychainSecrets::enqueueUnheard(Verb verb, const QString &name)
{
    m_queue.enqueue(std::make_shared<Operation>(Operation{verb, name, {}, {}}));
    next();
}

std::optional<Error> KeychainSecrets::refusal(Verb verb) const
{
    // What a person does asks again; what a check needs does not, or it would bring a prompt every time.
    if (verb != Verb::Read)
        return {};
    if (m_state == State::Locked && m_declined)
        return say::locked();
    if (m_state == State::Absent && m_clock.monotonicMs() < m_stateSince + kLateServiceMs)
        return Error{Error::Kind::Unavailable, m_trouble};
    return {};
}

void KeychainSecrets::next()
{
    if (m_current || m_waitsForLateService || m_queue.isEmpty())
        return;
    const auto operation = m_current = m_queue.dequeue();
    m_slow->setAt(m_clock.monotonicMs() + kSlowMs);
    run(*operation, [this, operation](const KeychainAnswer &answer) {
        if (operation == m_current)
            finished(operation, answer);
    });
}

void KeychainSecrets::run(const Operation &operation, const Keychain::Take &done)
{
    switch (operation.verb) {
    case Verb::Read:
        return m_keychain->read(operation.name, done);
    case Verb::Refresh:
        return readQuietly(*m_keychain, operation.name, done);
    case Verb::Write:
        return writeEntry(*m_keychain, operation.name, operation.value, done);
    case Verb::Remove:
        return removeEntry(*m_keychain, operation.name, done);
    case Verb::List:
        return listEntries(*m_keychain, done);
    case Verb::Note:
        return noteEntry(*m_keychain, operation.name, done);
    }
}

void KeychainSecrets::finished(const OperationPtr &operation, const KeychainAnswer &answer)
{
    m_slow->cancel();
    m_current = nullptr;
    if (!operation->settle) {
        finishedUnheard(*operation, answer);
        return next();
    }
    if (answer.kind == Kind::Absent) {
        foundAbsent(operation, answer.detail);
        return next();
    }
    m_answeredOnce = true;
    switch (answer.kind) {
    case Kind::Done:
    case Kind::NotFound:
        setState(State::Ready, {});
        succeeded(*operation, answer);
        break;
    case Kind::Locked:
        foundLocked(operation);
        break;
    case Kind::Absent:
    case Kind::Failed:
    case Kind::Unsure:
        setState(State::Ready, {});
        settle(*operation, tl::make_unexpected(say::refused(answer.detail, operation->value)));
        break;
    }
    next();
}

void KeychainSecrets::finishedUnheard(const Operation &operation, const KeychainAnswer &answer)
{
    const bool answered = answer.kind == Kind::Done || answer.kind == Kind::NotFound;
    if (m_state == State::Locked && !m_declined) // it was only slow
        setState(answered ? State::Ready : State::Unknown, {});
    if (!answered)
        return; // what is known still serves
    const QString &name = operation.name;
    if (operation.verb == Verb::Note) {
        m_noted.insert(name);
        return;
    }
    const auto known = m_cache.value(name);
    if (!known)
        return; // forgotten meanwhile
    if (answer.kind == Kind::NotFound)
        m_cache.drop(name);
    else if (answer.value != *known)
        m_cache.put(name, answer.value, m_clock.monotonicMs());
    else
        return;
    Q_EMIT changed(name);
}

void KeychainSecrets::succeeded(const Operation &operation, const KeychainAnswer &answer)
{
    const QString &name = operation.name;
    if (answer.kind == Kind::NotFound)
        return settle(operation, tl::make_unexpected(say::notFound(name)));
    const qint64 now = m_clock.monotonicMs();
    if (operation.verb == Verb::Read) {
        m_cache.put(name, answer.value, now);
        if (!m_noted.contains(name))
            m_queue.enqueue(std::make_shared<Operation>(Operation{Verb::Note, name, {}, {}}));
    } else if (operation.verb == Verb::Write) {
        m_cache.put(name, operation.value, now);
        m_noted.insert(name);
    } else if (operation.verb == Verb::Remove) {
        m_cache.drop(name);
        m_noted.remove(name);
    }
    settle(operation, answer.value);
    if (operation.verb == Verb::Write || operation.verb == Verb::Remove)
        Q_EMIT changed(name);
}

void KeychainSecrets::foundLocked(const OperationPtr &operation)
{
    m_declined = true;
    setState(State::Locked, say::locked().sentence);
    watchForUnlock();
    // Those behind it would each bring another prompt.
    failAll(operation, say::locked());
}

void KeychainSecrets::foundAbsent(const OperationPtr &operation, const QString &detail)
{
    if (!std::exchange(m_answeredOnce, true) && m_options.waitForLateService) {
        m_queue.prepend(operation);
        m_waitsForLateService = true;
        m_lateService->setAt(m_clock.monotonicMs() + kLateServiceMs);
        setState(State::Unknown, say::waitsForService());
        return;
    }
    const Error error = say::absent(detail);
    setState(State::Absent, error.sentence);
    failAll(operation, error);
}

void KeychainSecrets::settle(const Operation &operation, const Result<QString> &result)
{
    if (operation.verb == Verb::Read)
        m_reading.remove(operation.name);
    if (operation.settle)
        operation.settle(result);
}

void KeychainSecrets::failAll(const OperationPtr &first, const Error &error)
{
    // Settling may bring new questions; those are not for this answer.
    const auto waiting = std::exchange(m_queue, {});
    if (first)
        settle(*first, tl::make_unexpected(error));
    for (const auto &operation : waiting)
        settle(*operation, tl::make_unexpected(error));
}

void KeychainSecrets::watchForUnlock()
{
    m_unlockWatch->setAt(m_clock.monotonicMs() + kUnlockWatchMs);
}

void KeychainSecrets::lookWhetherUnlocked()
{
    m_keychain->inspect([this](const KeychainAnswer &answer) {
        if (m_state != State::Locked || !m_declined)
            return;
        if (answer.kind == Kind::Done)
            setState(State::Ready, {});
        else if (answer.kind == Kind::Locked || m_clock.monotonicMs() < m_stateSince + kDeclinedHoldsMs)
            watchForUnlock();
        else
            setState(State::Unknown, {});
    });
}

void KeychainSecrets::setState(State state, const QString &trouble)
{
    m_stateSince = m_clock.monotonicMs();
    if (state != State::Locked)
        m_declined = false;
    if (m_state == state && m_trouble == trouble)
        return;
    m_state = state;
    m_trouble = trouble;
    Q_EMIT stateChanged();
}

std::unique_ptr<SecretStore> createKeychainSecrets(Clock &clock, KeychainOptions options)
{
    return std::make_unique<KeychainSecrets>(std::make_unique<SystemKeychain>(clock), clock, options);
}

} // namespace backwatch
