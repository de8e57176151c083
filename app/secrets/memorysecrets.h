// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/secretcache.h"
#include "app/secrets/secretstore.h"

namespace backwatch {

/// Secrets that end with the program: for tests and the demonstration. Every future is ready at once.
class MemorySecrets final : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    QFuture<Result<QString>> read(const QString &name) override;
    QFuture<Result<void>> write(const QString &name, const QString &value) override;
    QFuture<Result<void>> remove(const QString &name) override;
    QFuture<Result<QStringList>> list() override;
    void forget(const QString &) override {}
    void useSessionOnly() override {}
    State state() const override { return State::SessionOnly; }
    QString trouble() const override;

private:
    SecretCache m_values;
};

} // namespace backwatch
