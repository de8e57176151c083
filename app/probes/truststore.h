// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

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

    /// Makes the context trust these authorities and no others.
    void giveTo(SSL_CTX *context) const;

private:
    struct Free
    {
        void operator()(X509_STORE *store) const { X509_STORE_free(store); }
    };

    std::unique_ptr<X509_STORE, Free> m_store;
};

} // namespace backwatch
