// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/keychain.h"

#include <QHash>
#include <QStringList>

namespace backwatch {

/// A keychain that answers at once, or when the test lets it.
class FakeKeychain final : public Keychain
{
public:
    using Kind = KeychainAnswer::Kind;

    QHash<QString, QString> entries;
    Kind mood = Kind::Done; ///< anything else is answered instead of looking
    QString detail;
    bool silent = false; ///< keeps questions until answerAll()
    QStringList questions;

    void read(const QString &entry, const Take &take) override
    {
        ask(QStringLiteral("read ") + entry, take, [this, entry]() -> KeychainAnswer {
            if (!entries.contains(entry))
                return {Kind::NotFound, {}, {}};
            return {Kind::Done, entries.value(entry), {}};
        });
    }
    void write(const QString &entry, const QString &value, const Take &take) override
    {
        ask(QStringLiteral("write ") + entry, take, [this, entry, value]() -> KeychainAnswer {
            entries.insert(entry, value);
            return {Kind::Done, {}, {}};
        });
    }
    void remove(const QString &entry, const Take &take) override
    {
        ask(QStringLiteral("remove ") + entry, take, [this, entry]() -> KeychainAnswer {
            entries.remove(entry); // and says success in any case, as the real one does
            return {Kind::Done, {}, {}};
        });
    }
    void inspect(const Take &take) override { take({mood, {}, {}}); }

    void answerAll()
    {
        silent = false;
        const auto held = std::exchange(m_held, {});
        for (const auto &answer : held)
            answer();
    }
    qsizetype open() const { return m_held.size(); }

private:
    void ask(const QString &question, const Take &take, const std::function<KeychainAnswer()> &look)
    {
        questions.append(question);
        const auto answer = [this, take, look] {
            take(mood == Kind::Done ? look() : KeychainAnswer{mood, {}, detail});
        };
        if (silent)
            m_held.append(answer);
        else
            answer();
    }

    QList<std::function<void()>> m_held;
};

} // namespace backwatch
