// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secretcache.h"

#include <QStringList>

#include <string.h>

namespace backwatch {

std::optional<QString> SecretCache::value(const QString &name) const
{
    const auto it = m_entries.constFind(name);
    if (it == m_entries.constEnd())
        return {};
    return QString::fromUtf8(it->bytes);
}

bool SecretCache::isOlderThan(const QString &name, qint64 monotonicMs) const
{
    const auto it = m_entries.constFind(name);
    return it != m_entries.constEnd() && it->lookedUpAt < monotonicMs;
}

void SecretCache::put(const QString &name, const QString &value, qint64 monotonicMs)
{
    auto &entry = m_entries[name];
    wipe(entry.bytes);
    entry = {value.toUtf8(), monotonicMs};
}

void SecretCache::touch(const QString &name, qint64 monotonicMs)
{
    const auto it = m_entries.find(name);
    if (it != m_entries.end())
        it->lookedUpAt = monotonicMs;
}

bool SecretCache::drop(const QString &name)
{
    const auto it = m_entries.find(name);
    if (it == m_entries.end())
        return false;
    wipe(it->bytes);
    m_entries.erase(it);
    return true;
}

void SecretCache::clear()
{
    for (auto &entry : m_entries)
        wipe(entry.bytes);
    m_entries.clear();
}

void SecretCache::wipe(QByteArray &bytes)
{
    // Nobody shares these bytes, so data() does not copy them first.
    if (!bytes.isEmpty())
        ::explicit_bzero(bytes.data(), static_cast<size_t>(bytes.size()));
}

} // namespace backwatch
