// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/keychaincheck.h"

#include "app/secrets/keychainsentences.h"
#include "app/secrets/secretnames.h"
#include "app/secrets/systemkeychain.h"

#include <QEventLoop>
#include <QTimer>

#include <optional>

namespace backwatch {

namespace {

using Kind = KeychainAnswer::Kind;

Result<void> judge(const KeychainAnswer &answer)
{
    switch (answer.kind) {
    case Kind::Done:
    case Kind::NotFound:
        return {};
    case Kind::Locked:
        return tl::make_unexpected(keychainsentences::locked());
    case Kind::Absent:
        return tl::make_unexpected(keychainsentences::absent(answer.detail));
    case Kind::Failed:
    case Kind::Unsure:
        break;
    }
    return tl::make_unexpected(keychainsentences::refused(answer.detail, {}));
}

} // namespace

Result<void> checkKeychain(int timeoutMs)
{
    SystemClock clock;
    SystemKeychain keychain(clock);
    std::optional<KeychainAnswer> answered;
    QEventLoop loop;
    const auto take = [&](const KeychainAnswer &answer) {
        answered = answer;
        loop.quit();
    };
    // A locked one is said to be so; nobody is asked to unlock it for this.
    keychain.inspect([&](const KeychainAnswer &answer) {
        if (answer.kind == Kind::Locked)
            take(answer);
        else
            keychain.read(kNamesEntry, take);
    });
    QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
    loop.exec();
    if (!answered)
        return failure(Error::Kind::Unavailable, keychainsentences::waitsForUnlock());
    return judge(*answered);
}

} // namespace backwatch
