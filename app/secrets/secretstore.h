// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QFuture>
#include <QObject>
#include <QStringList>

namespace backwatch {

/// Passwords, tokens and passphrases by name ("shop/basic-auth"). Lives in the main thread and never blocks
/// it: a store that waits for a person to unlock it leaves its futures open. Futures that are open when the
/// store ends are cancelled.
///
/// Errors are Invalid for a name or value that cannot be kept, NotFound where there is no such secret, and
/// Unavailable where the store cannot be asked; state() then tells why.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Unknown,     ///< not asked yet, or the service may still be starting
        Ready,       ///< it answered the last time
        Locked,      ///< it waits to be unlocked, or does not answer
        Absent,      ///< there is no keychain service
        SessionOnly, ///< secrets live in memory until the program ends, as the person chose
    };
    Q_ENUM(State)

    /// Longest value, in bytes of UTF-8.
    static constexpr qsizetype kLongestValue = 64 * 1024;

    /// 1 to 200 printable characters, no space at either end, and not one of the store's own entries.
    static Result<void> checkName(const QString &name);
    /// Text that a keychain gives back as it was: not empty, not too long, no NUL.
    static Result<void> checkValue(const QString &value);

    using QObject::QObject;

    virtual QFuture<Result<QString>> read(const QString &name) = 0;
    virtual QFuture<Result<void>> write(const QString &name, const QString &value) = 0;
    /// NotFound when there is none of that name.
    virtual QFuture<Result<void>> remove(const QString &name) = 0;
    /// Names only, sorted.
    virtual QFuture<Result<QStringList>> list() = 0;

    /// The value did not work, so another program may have changed it: the next read() asks the keychain.
    virtual void forget(const QString &name) = 0;
    /// The person's answer to State::Absent or Locked: from now on nothing goes to the keychain.
    virtual void useSessionOnly() = 0;

    virtual State state() const = 0;
    /// What hinders the store and what to do about it; empty when nothing does.
    virtual QString trouble() const = 0;

Q_SIGNALS:
    void stateChanged(); ///< state() or trouble()
    void changed(const QString &name);
};

} // namespace backwatch
