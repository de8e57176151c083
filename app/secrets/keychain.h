// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace backwatch {

/// What a keychain said to one question.
struct KeychainAnswer
{
    enum class Kind {
        Done,     ///< it is done; the value is in `value` where one was asked for
        NotFound, ///< there is no such entry
        Locked,   ///< it is locked, and whoever was asked to unlock it did not
        Absent,   ///< there is no service; `detail` may be a sentence that says more
        Failed,   ///< it answered something else; `detail` has its own words
        Unsure,   ///< cannot be told without asking a person
    };

    Kind kind = Kind::Unsure;
    QString value;
    QString detail;
};

/// Entries of the system keychain under this program's name. Every function returns at once and answers
/// later, perhaps much later when a person has to unlock it first. Nothing is answered after its end.
class Keychain
{
public:
    using Take = std::function<void(const KeychainAnswer &)>;

    virtual ~Keychain() = default;

    virtual void read(const QString &entry, const Take &take) = 0;
    virtual void write(const QString &entry, const QString &value, const Take &take) = 0;
    virtual void remove(const QString &entry, const Take &take) = 0;
    /// Done when it is there and unlocked. Bothers nobody.
    virtual void inspect(const Take &take) = 0;
};

} // namespace backwatch
