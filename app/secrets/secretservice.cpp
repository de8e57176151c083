// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secretservice.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QTimer>

namespace backwatch {

namespace {

constexpr qint64 kLookAgainMs = 2'000;
/// Time for the bus to start the service.
constexpr int kCallTimeoutMs = 20'000;

constexpr QLatin1StringView kService("org.freedesktop.secrets");
constexpr QLatin1StringView kServicePath("/org/freedesktop/secrets");
constexpr QLatin1StringView kServiceInterface("org.freedesktop.Secret.Service");
constexpr QLatin1StringView kPromptInterface("org.freedesktop.Secret.Prompt");
/// What the service says instead of an object where there is none.
constexpr QLatin1StringView kNoObject("/");

QString nextConnectionName()
{
    static int count = 0;
    return QStringLiteral("backwatch-secrets-%1").arg(++count);
}

bool saysNobodyThere(const QDBusMessage &reply)
{
    const QString name = reply.errorName();
    return name == QStringLiteral("org.freedesktop.DBus.Error.ServiceUnknown") ||
           name == QStringLiteral("org.freedesktop.DBus.Error.NameHasNoOwner") ||
           name.startsWith(QStringLiteral("org.freedesktop.DBus.Error.Spawn"));
}

QString objectPath(const QDBusMessage &reply, qsizetype index)
{
    return reply.arguments().value(index).value<QDBusObjectPath>().path();
}

} // namespace

SecretService::SecretService(Clock &clock)
    : m_clock(clock)
    , m_connectionName(nextConnectionName())
    , m_bus(m_connectionName)
    , m_lookAgain(clock.createAlarm())
{
    connect(m_lookAgain.get(), &Alarm::ringing, this, &SecretService::lookAgain);
}

SecretService::~SecretService()
{
    QDBusConnection::disconnectFromBus(m_connectionName);
}

void SecretService::inspect(const std::function<void(Found)> &take)
{
    // A bus that was not there at first, or was started anew, is connected to when it is needed.
    if (!m_bus.isConnected()) {
        QDBusConnection::disconnectFromBus(m_connectionName);
        m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_connectionName);
    }
    call(kServicePath, kServiceInterface, QStringLiteral("ReadAlias"), {QStringLiteral("default")},
         [this, take](const QDBusMessage &reply) {
             if (!m_bus.isConnected() || saysNobodyThere(reply))
                 return take(Found::NoService);
             if (reply.type() != QDBusMessage::ReplyMessage)
                 return take(Found::Unsure);
             m_collection = objectPath(reply, 0);
             if (m_collection.isEmpty() || m_collection == kNoObject)
                 return take(Found::NoCollection);
             askWhetherLocked(m_collection, take);
         });
}

void SecretService::askWhetherLocked(const QString &collection, const std::function<void(Found)> &take)
{
    call(collection, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
         {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")},
         [take](const QDBusMessage &reply) {
             const QVariant locked = reply.arguments().value(0).value<QDBusVariant>().variant();
             if (reply.type() != QDBusMessage::ReplyMessage || locked.typeId() != QMetaType::Bool)
                 return take(Found::Unsure);
             take(locked.toBool() ? Found::Locked : Found::Unlocked);
         });
}

void SecretService::unlock(const std::function<void(bool)> &take)
{
    m_unlocking = take;
    const QList<QDBusObjectPath> collections{QDBusObjectPath(m_collection)};
    call(kServicePath, kServiceInterface, QStringLiteral("Unlock"), {QVariant::fromValue(collections)},
         [this](const QDBusMessage &reply) {
             const QString prompt = objectPath(reply, 1);
             if (reply.type() != QDBusMessage::ReplyMessage || prompt.isEmpty())
                 return endUnlocking(false);
             if (prompt == kNoObject)
                 return endUnlocking(true);
             startPrompt(prompt);
         });
}

void SecretService::startPrompt(const QString &path)
{
    m_prompt = path;
    m_bus.connect(kService, path, kPromptInterface, QStringLiteral("Completed"), this,
                  SLOT(promptCompleted(bool, QDBusVariant, QDBusMessage)));
    m_lookAgain->setAt(m_clock.monotonicMs() + kLookAgainMs);
    // The argument would be the window that the prompt belongs to.
    call(path, kPromptInterface, QStringLiteral("Prompt"), {QString()},
         [this, path](const QDBusMessage &reply) {
             if (reply.type() != QDBusMessage::ReplyMessage && m_prompt == path)
                 endUnlocking(false);
         });
}

void SecretService::promptCompleted(bool dismissed, const QDBusVariant &, const QDBusMessage &message)
{
    if (!m_prompt.isEmpty() && message.path() == m_prompt)
        endUnlocking(!dismissed);
}

void SecretService::lookAgain()
{
    inspect([this](Found found) {
        if (m_prompt.isEmpty())
            return;
        if (found == Found::Locked || found == Found::Unsure)
            m_lookAgain->setAt(m_clock.monotonicMs() + kLookAgainMs);
        else
            endUnlocking(found == Found::Unlocked);
    });
}

void SecretService::endUnlocking(bool unlocked)
{
    m_lookAgain->cancel();
    if (!m_prompt.isEmpty()) {
        m_bus.disconnect(kService, m_prompt, kPromptInterface, QStringLiteral("Completed"), this,
                         SLOT(promptCompleted(bool, QDBusVariant, QDBusMessage)));
        // Where it was unlocked in another way, the prompt stays for the person to close: gnome-keyring 42
        // ends with a failed assertion when an open one is dismissed.
        m_prompt.clear();
    }
    if (const auto take = std::exchange(m_unlocking, nullptr))
        take(unlocked);
}

void SecretService::call(const QString &path, const QString &interface, const QString &method,
                         const QVariantList &arguments, const Reply &take)
{
    QDBusMessage message = QDBusMessage::createMethodCall(kService, path, interface, method);
    message.setArguments(arguments);
    // Of a call without a bus, as on a server that nobody is logged in to, QtDBus never says that it failed.
    if (!m_bus.isConnected()) {
        QTimer::singleShot(0, this, [take] { take(QDBusMessage()); });
        return;
    }
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, kCallTimeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, take] {
        watcher->deleteLater();
        take(watcher->reply());
    });
}

} // namespace backwatch
