// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/service/secretdoor.h"

#include "app/secrets/secretstore.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QTimer>

namespace backwatch {

namespace {

struct SecretDoorText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::SecretDoor)
};

template <typename T>
Result<T> waitFor(const QFuture<Result<T>> &future, const SecretStore &store, int timeoutMs,
                  const SecretDoor::Tell &tell)
{
    QEventLoop loop;
    QFutureWatcher<Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    const auto tellIfWaiting = [&] {
        if (store.state() == SecretStore::State::Locked && !future.isFinished())
            tell(store.trouble());
    };
    // One turn later: where the state comes with a refusal, the answer says it.
    QObject::connect(&store, &SecretStore::stateChanged, &loop, tellIfWaiting, Qt::QueuedConnection);
    QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec();
    if (future.isFinished() && !future.isCanceled())
        return future.result();
    return failure(Error::Kind::Unavailable,
                   SecretDoorText::tr("The keychain did not answer; unlock it and try again."));
}

} // namespace

SecretDoor::SecretDoor(std::unique_ptr<SecretStore> store, int timeoutMs)
    : m_store(std::move(store)), m_timeoutMs(timeoutMs)
{
}

SecretDoor::SecretDoor(SecretDoor &&) noexcept = default;
SecretDoor::~SecretDoor() = default;

Result<void> SecretDoor::checkName(const QString &name)
{
    return SecretStore::checkName(name);
}

Result<void> SecretDoor::fillIn(CheckSpec &check, const Tell &tell)
{
    return fillIn(check, tell, milliseconds(m_timeoutMs));
}

Result<void> SecretDoor::fillIn(CheckSpec &check, const Tell &tell, milliseconds patience)
{
    Result<void> filled;
    const QDeadlineTimer end(patience);
    forEachSecret(check, [&](Secret &secret) {
        if (secret.name.isEmpty() || !filled)
            return;
        const auto value =
            waitFor(m_store->read(secret.name), *m_store, static_cast<int>(end.remainingTime()), tell);
        if (value)
            secret.value = *value;
        else
            filled = tl::make_unexpected(value.error());
    });
    return filled;
}

Result<void> SecretDoor::set(const QString &name, const QString &value, const Tell &tell)
{
    return waitFor(m_store->write(name, value), *m_store, m_timeoutMs, tell);
}

Result<void> SecretDoor::remove(const QString &name, const Tell &tell)
{
    return waitFor(m_store->remove(name), *m_store, m_timeoutMs, tell);
}

Result<QStringList> SecretDoor::list(const Tell &tell)
{
    return waitFor(m_store->list(), *m_store, m_timeoutMs, tell);
}

} // namespace backwatch
