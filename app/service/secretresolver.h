// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>

namespace backwatch {

class SecretStore;

using SecretValues = QHash<QString, QString>; ///< by the name of the secret

/// The secrets that one check needs, all or none. Main thread.
class SecretResolver
{
public:
    using Take = std::function<void(const Result<SecretValues> &)>;

    explicit SecretResolver(SecretStore &store) : m_store(store) {}

    /// Answers before it returns when every value is in memory, which the usual check needs; otherwise when
    /// the keychain has answered for all, unless `owner` is gone by then. A failure is that of the first name
    /// that cannot be had. Never answers when the store ends first.
    void resolve(const QStringList &names, QObject *owner, const Take &take);

private:
    SecretStore &m_store;
};

} // namespace backwatch
