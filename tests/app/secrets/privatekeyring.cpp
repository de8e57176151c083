// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/secrets/privatekeyring.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <sys/prctl.h>

#include <csignal>

namespace backwatch {

namespace {

constexpr QLatin1StringView kService("org.freedesktop.secrets");
constexpr QLatin1StringView kPath("/org/freedesktop/secrets");
constexpr QLatin1StringView kInterface("org.freedesktop.Secret.Service");
constexpr QLatin1StringView kCollection("/org/freedesktop/secrets/collection/login");
constexpr QLatin1StringView kPrompter("org.gnome.keyring.SystemPrompter");
constexpr char kPassword[] = "test";

QDBusMessage call(const QString &interface, const QString &method, const QVariantList &arguments)
{
    auto message = QDBusMessage::createMethodCall(kService, kPath, interface, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().call(message);
}

bool keyringOnBus()
{
    return QDBusConnection::sessionBus().interface()->isServiceRegistered(kService);
}

} // namespace

PrivateKeyring::~PrivateKeyring()
{
    stopKeyring();
    m_bus.terminate();
    m_bus.waitForFinished();
}

QString PrivateKeyring::missing()
{
    for (const char *program : {"dbus-daemon", "gnome-keyring-daemon"})
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
            return QLatin1String(program);
    return {};
}

bool PrivateKeyring::startBus()
{
    QFile config(m_home.filePath(QStringLiteral("bus.conf")));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write("<busconfig><type>session</type><listen>unix:dir=" + QFile::encodeName(m_home.path()) +
                 "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                 "<allow eavesdrop=\"true\"/><allow own=\"*\"/>"
                 "</policy></busconfig>");
    config.close();
    // Should the test crash, they go with it.
    const auto endWithTest = [] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); };
    m_bus.setChildProcessModifier(endWithTest);
    m_keyring.setChildProcessModifier(endWithTest);
    m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--nofork"), QStringLiteral("--print-address"),
                                                QStringLiteral("--config-file"), config.fileName()});
    if (!m_bus.waitForStarted() || !m_bus.waitForReadyRead())
        return false;
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        qputenv(name, QFile::encodeName(m_home.path()));
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "XDG_CURRENT_DESKTOP"})
        qunsetenv(name);
    if (!QDBusConnection::sessionBus().isConnected())
        qWarning() << qgetenv("DBUS_SESSION_BUS_ADDRESS") << QDBusConnection::sessionBus().lastError();
    return QDBusConnection::sessionBus().isConnected();
}

bool PrivateKeyring::startKeyring()
{
    m_keyring.start(
        QStringLiteral("gnome-keyring-daemon"),
        {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    m_keyring.write(kPassword);
    m_keyring.closeWriteChannel();
    return m_keyring.waitForStarted() && QTest::qWaitFor(keyringOnBus, 20'000);
}

void PrivateKeyring::stopKeyring()
{
    if (m_keyring.state() == QProcess::NotRunning)
        return;
    m_keyring.terminate();
    m_keyring.waitForFinished();
    (void)QTest::qWaitFor([] { return !keyringOnBus(); }, 20'000);
}

bool PrivateKeyring::lock()
{
    const QList<QDBusObjectPath> collections{QDBusObjectPath(kCollection)};
    return call(kInterface, QStringLiteral("Lock"), {QVariant::fromValue(collections)}).type() ==
           QDBusMessage::ReplyMessage;
}

bool PrivateKeyring::unlock()
{
    const auto session = call(kInterface, QStringLiteral("OpenSession"),
                              {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
    QDBusArgument secret;
    secret.beginStructure();
    secret << session.arguments().value(1).value<QDBusObjectPath>() << QByteArray() << QByteArray(kPassword)
           << QStringLiteral("text/plain");
    secret.endStructure();
    return call(QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
                QStringLiteral("UnlockWithMasterPassword"),
                {QVariant::fromValue(QDBusObjectPath(kCollection)), QVariant::fromValue(secret)})
               .type() == QDBusMessage::ReplyMessage;
}

bool SilentPrompter::appear()
{
    auto bus = QDBusConnection::sessionBus();
    return bus.registerVirtualObject(QStringLiteral("/org/gnome/keyring/Prompter"), this) &&
           bus.registerService(kPrompter);
}

void SilentPrompter::vanish()
{
    auto bus = QDBusConnection::sessionBus();
    bus.unregisterService(kPrompter);
    bus.unregisterObject(QStringLiteral("/org/gnome/keyring/Prompter"));
}

bool SilentPrompter::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
{
    m_asked += message.member() == QStringLiteral("BeginPrompting");
    return connection.send(message.createReply());
}

} // namespace backwatch
