// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/clock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QObject>

#include <functional>
#include <memory>

namespace backwatch {

/// The freedesktop Secret Service as far as QtKeychain does not show it: whether it is there, and whether its
/// default collection is locked. Without that, QtKeychain 0.13 says of every entry in a locked collection
/// that it does not exist, or that it was removed. Nor does it let go of an unanswered prompt, so the
/// unlocking is done here. Lives in the main thread; everything is answered later, nothing after its end.
class SecretService final : public QObject
{
    Q_OBJECT

public:
    enum class Found { Unlocked, Locked, NoCollection, NoService, Unsure };

    explicit SecretService(Clock &clock);
    ~SecretService() override;

    void inspect(const std::function<void(Found)> &take);
    /// Has the service ask the person, and waits; also notices when it is unlocked in another way. false when
    /// the person or the service declined. One at a time.
    void unlock(const std::function<void(bool)> &take);

private Q_SLOTS:
    void promptCompleted(bool dismissed, const QDBusVariant &result, const QDBusMessage &message);

private:
    using Reply = std::function<void(const QDBusMessage &)>;
    void call(const QString &path, const QString &interface, const QString &method,
              const QVariantList &arguments, const Reply &take);
    void askWhetherLocked(const QString &collection, const std::function<void(Found)> &take);
    void startPrompt(const QString &path);
    void lookAgain();
    void endUnlocking(bool unlocked);

    Clock &m_clock;
    const QString m_connectionName;
    QDBusConnection m_bus;
    std::unique_ptr<Alarm> m_lookAgain;
    QString m_collection; ///< the default one, as last told
    QString m_prompt;     ///< object that asks the person; empty while nobody is asked
    std::function<void(bool)> m_unlocking;
};

} // namespace backwatch
