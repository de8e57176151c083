// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>

namespace backwatch {

/// Values by name, each with when it was last looked up. Its own buffers are overwritten when a value goes;
/// that cannot reach the copies that it handed out, those that Qt, QtKeychain and D-Bus made, or what the
/// system moved to swap space.
class SecretCache
{
public:
    SecretCache() = default;
    ~SecretCache() { clear(); }
    SecretCache(const SecretCache &) = delete;
    SecretCache &operator=(const SecretCache &) = delete;

    std::optional<QString> value(const QString &name) const;
    bool isOlderThan(const QString &name, qint64 monotonicMs) const;
    void put(const QString &name, const QString &value, qint64 monotonicMs);
    void touch(const QString &name, qint64 monotonicMs); ///< looked up again, or being looked up
    bool drop(const QString &name);                      ///< whether it was there
    void clear();
    QStringList names() const { return m_entries.keys(); }

private:
    struct Entry
    {
        QByteArray bytes;
        qint64 lookedUpAt = 0;
    };
    static void wipe(QByteArray &bytes);

    QHash<QString, Entry> m_entries;
};

} // namespace backwatch
