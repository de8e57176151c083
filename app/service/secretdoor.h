// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/checkspec.h"
#include "app/core/result.h"

#include <QStringList>

#include <functional>
#include <memory>

namespace backwatch {

class SecretStore;

/// The keychain for commands: each function waits for the answer, in an event loop of its own, and gives up
/// after some minutes. A screen never calls these.
class SecretDoor
{
public:
    /// Told once when the keychain lets one wait: a sentence.
    using Tell = std::function<void(const QString &)>;

    explicit SecretDoor(std::unique_ptr<SecretStore> store, int timeoutMs = 180'000);
    SecretDoor(SecretDoor &&) noexcept;
    ~SecretDoor();

    static Result<void> checkName(const QString &name);

    /// Puts the values in that the check needs.
    Result<void> fillIn(CheckSpec &check, const Tell &tell);
    /// The same, for someone who cannot wait that long.
    Result<void> fillIn(CheckSpec &check, const Tell &tell, milliseconds patience);
    Result<void> set(const QString &name, const QString &value, const Tell &tell);
    Result<void> remove(const QString &name, const Tell &tell);
    Result<QStringList> list(const Tell &tell);

private:
    std::unique_ptr<SecretStore> m_store;
    int m_timeoutMs;
};

} // namespace backwatch
