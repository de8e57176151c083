// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <openssl/ssl.h>

#include <memory>

namespace backwatch {

/// A certificate authority that lives as long as a test, and the certificates that it issues. All are made
/// when the test runs, so none ever expires by surprise.
class TestAuthority
{
public:
    struct Identity
    {
        std::shared_ptr<X509> certificate;
        std::shared_ptr<EVP_PKEY> key;
    };
    struct Wish
    {
        QString commonName = QStringLiteral("localhost");
        QStringList alternativeNames{QStringLiteral("DNS:localhost"), QStringLiteral("IP:127.0.0.1")};
        int daysFromNow = 90; ///< when it expires
        int daysOld = 100;    ///< since when it is valid; negative: not yet
        bool selfSigned = false;
    };

    explicit TestAuthority(const QString &name = QStringLiteral("Test authority"));

    Identity issue(const Wish &wish) const;
    const Identity &identity() const { return m_self; }
    /// Writes a certificate and its key as PEM, the key behind a passphrase unless that is empty.
    static bool writeIdentity(const Identity &identity, const QString &file,
                              const QByteArray &passphrase = {});
    /// Writes the authority's own certificate as PEM; false when it cannot.
    bool writeTo(const QString &file) const;

private:
    Identity m_self;
};

} // namespace backwatch
