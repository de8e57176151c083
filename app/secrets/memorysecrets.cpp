// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/memorysecrets.h"

#include "app/secrets/keychainsentences.h"
#include "app/secrets/readyanswer.h"

namespace backwatch {

QFuture<Result<QString>> MemorySecrets::read(const QString &name)
{
    const auto value = m_values.value(name);
    if (!value)
        return readyAnswer<QString>(tl::make_unexpected(keychainsentences::notInMemory(name)));
    return readyAnswer<QString>(*value);
}

QFuture<Result<void>> MemorySecrets::write(const QString &name, const QString &value)
{
    const auto valid = checkName(name).and_then([&] { return checkValue(value); });
    if (!valid)
        return readyAnswer<void>(valid);
    m_values.put(name, value, 0);
    Q_EMIT changed(name);
    return readyAnswer<void>({});
}

QFuture<Result<void>> MemorySecrets::remove(const QString &name)
{
    if (!m_values.drop(name))
        return readyAnswer<void>(tl::make_unexpected(keychainsentences::notInMemory(name)));
    Q_EMIT changed(name);
    return readyAnswer<void>({});
}

QFuture<Result<QStringList>> MemorySecrets::list()
{
    QStringList names = m_values.names();
    names.sort();
    return readyAnswer<QStringList>(names);
}

QString MemorySecrets::trouble() const
{
    return keychainsentences::sessionOnly();
}

} // namespace backwatch
