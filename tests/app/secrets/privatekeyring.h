// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVirtualObject>
#include <QProcess>
#include <QTemporaryDir>

namespace backwatch {

/// A session bus of this test alone, which starts no service by itself, and a real gnome-keyring on it, with
/// a home of its own: nobody's keyring is touched. Sets this process's environment, so it comes before
/// anything that knows the bus.
class PrivateKeyring
{
public:
    ~PrivateKeyring();

    /// Empty when bus and keyring are installed, else what is missing.
    static QString missing();
    bool startBus();
    /// Unlocked, and with a default collection.
    bool startKeyring();
    void stopKeyring();
    bool lock();
    /// As a login does: with the password, without a prompt.
    bool unlock();
    QString home() const { return m_home.path(); }

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

/// Stands where the desktop shows password prompts, and leaves the person thinking.
class SilentPrompter : public QDBusVirtualObject
{
    Q_OBJECT

public:
    bool appear();
    void vanish();
    int asked() const { return m_asked; }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    int m_asked = 0;
};

} // namespace backwatch
