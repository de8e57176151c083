// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/secrets/keychain.h"
#include "app/secrets/secretservice.h"

namespace QKeychain {
class Job;
}

namespace backwatch {

/// The keychain of the desktop through QtKeychain, service "backwatch", never with its plain-text fallback.
class SystemKeychain final : public QObject, public Keychain
{
    Q_OBJECT

public:
    explicit SystemKeychain(Clock &clock) : m_service(clock) {}

    void read(const QString &entry, const Take &take) override;
    void write(const QString &entry, const QString &value, const Take &take) override;
    void remove(const QString &entry, const Take &take) override;
    void inspect(const Take &take) override;

private:
    /// Unlocks first where that is needed. The job deletes itself when it finishes, also after this object's
    /// end: libsecret would call back into a deleted one.
    void run(QKeychain::Job *job, const QString &entry, const Take &take);
    void start(QKeychain::Job *job, SecretService::Found found, const Take &take);
    static KeychainAnswer answerOf(QKeychain::Job *job, SecretService::Found found);

    SecretService m_service;
};

} // namespace backwatch
