// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/certificate.h"

#include <QStringList>

#include <openssl/x509.h>

namespace backwatch {

/// What a server showed of itself, and what OpenSSL thought of it.
struct PeerCertificate
{
    Certificate certificate;
    QStringList names; ///< the hosts that it is for
    int verifyError = X509_V_OK;
    QString culprit; ///< subject of the certificate in the chain that verifyError is about
    UtcMs culpritNotBefore = 0;
    UtcMs culpritNotAfter = 0;
};

/// Verifies the chain of the context with its own settings, and keeps what matters. For
/// SSL_CTX_set_cert_verify_callback(), which calls once for each handshake, also for one that fails.
PeerCertificate verifyPeer(X509_STORE_CTX *context);

} // namespace backwatch
