// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"
#include "app/secrets/keychain.h"
#include "app/secrets/secretcache.h"
#include "app/secrets/secretstore.h"

#include <QQueue>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

namespace backwatch {

struct KeychainOptions
{
    /// When the first question finds no service, asks once more some seconds later, as a desktop that has
    /// just started may still be bringing it up. A command says so at once instead.
    bool waitForLateService = true;
};

/// Secrets in the system keychain. Questions go to it one after the other, so that at most one prompt is
/// open. A value that was read is kept in memory; every five minutes a read has it looked up again in the
/// background, without a prompt, and until then gives what is known.
class KeychainSecrets final : public SecretStore
{
    Q_OBJECT

public:
    KeychainSecrets(std::unique_ptr<Keychain> keychain, Clock &clock, KeychainOptions options = {});
    ~KeychainSecrets() override;

    QFuture<Result<QString>> read(const QString &name) override;
    QFuture<Result<void>> write(const QString &name, const QString &value) override;
    QFuture<Result<void>> remove(const QString &name) override;
    QFuture<Result<QStringList>> list() override;
    void forget(const QString &name) override;
    void useSessionOnly() override;
    State state() const override { return m_state; }
    QString trouble() const override { return m_trouble; }

private:
    enum class Verb { Read, Refresh, Write, Remove, List, Note };
    struct Operation
    {
        Verb verb = Verb::Read;
        QString name;
        QString value;
        std::function<void(const Result<QString> &)> settle; ///< empty where nobody waits
    };
    using OperationPtr = std::shared_ptr<Operation>;

    template <typename T, typename Convert>
    QFuture<Result<T>> enqueue(Verb verb, const QString &name, const QString &value, Convert convert);
    void enqueueUnheard(Verb verb, const QString &name);
    void next();
    void run(const Operation &operation, const Keychain::Take &done);
    void finished(const OperationPtr &operation, const KeychainAnswer &answer);
    void finishedUnheard(const Operation &operation, const KeychainAnswer &answer);
    void succeeded(const Operation &operation, const KeychainAnswer &answer);
    void foundLocked(const OperationPtr &operation);
    void foundAbsent(const OperationPtr &operation, const QString &detail);
    void settle(const Operation &operation, const Result<QString> &result);
    void failAll(const OperationPtr &first, const Error &error);
    void watchForUnlock();
    void lookWhetherUnlocked();
    void setState(State state, const QString &trouble);
    /// Why the keychain need not be asked now; nothing when it may be.
    std::optional<Error> refusal(Verb verb) const;

    Clock &m_clock;
    const KeychainOptions m_options;
    State m_state = State::Unknown;
    QString m_trouble;
    bool m_waitsForLateService = false;
    bool m_declined = false;     ///< Locked, and nobody unlocked it when asked
    bool m_answeredOnce = false; ///< even if only that there is no service
    qint64 m_stateSince = 0;
    QQueue<OperationPtr> m_queue;
    OperationPtr m_current;
    QHash<QString, QFuture<Result<QString>>> m_reading; ///< reads under way, joined by later ones
    QSet<QString> m_noted;                              ///< names that the list is known to have
    SecretCache m_cache;
    std::unique_ptr<Alarm> m_slow; ///< the current question takes too long
    std::unique_ptr<Alarm> m_lateService;
    std::unique_ptr<Alarm> m_unlockWatch;
    std::unique_ptr<Keychain> m_keychain; ///< ends first: it calls back into what stands above
};

/// The keychain of this desktop.
std::unique_ptr<SecretStore> createKeychainSecrets(Clock &clock, KeychainOptions options = {});

} // namespace backwatch
