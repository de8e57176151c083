// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QHash>

#include <openssl/ssl.h>

#include <memory>

namespace backwatch {

/// The authorities that are trusted, read once and shared by every connection: libcurl by itself would read
/// the whole bundle again for each.
class TrustStore
{
public:
    /// An empty file name takes the system's authorities, as OpenSSL finds them (SSL_CERT_FILE and
    /// SSL_CERT_DIR included).
    static Result<TrustStore> load(const QString &file);

    /// Trusts those of a PEM file besides its own.
    Result<void> add(const QString &file);

    /// Makes the context trust these authorities and no others.
    void giveTo(SSL_CTX *context) const;

private:
    struct Free
    {
        void operator()(X509_STORE *store) const { X509_STORE_free(store); }
    };

    std::unique_ptr<X509_STORE, Free> m_store;
};

/// A trust store for every file of further authorities. Belongs to one thread.
class TrustStores
{
public:
    /// The file is as for TrustStore::load().
    explicit TrustStores(const QString &file);

    const Result<std::shared_ptr<const TrustStore>> &common() const { return m_common; }
    /// The common authorities, and those in the file unless it is empty. A file is read anew once it changes.
    Result<std::shared_ptr<const TrustStore>> with(const QString &authorities);

private:
    struct Kept
    {
        qint64 changed = 0; ///< milliseconds
        std::shared_ptr<const TrustStore> store;
    };

    QString m_file;
    Result<std::shared_ptr<const TrustStore>> m_common;
    QHash<QString, Kept> m_kept; ///< by file
};

} // namespace backwatch
