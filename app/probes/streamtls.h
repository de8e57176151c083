// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/core/serveraddress.h"
#include "app/probes/peercertificate.h"

#include <openssl/ssl.h>

#include <memory>
#include <optional>

namespace backwatch {

class TrustStore;

/// TLS over a socket that is connected already, for protocols in which it begins at the first byte or later.
class StreamTls
{
public:
    enum class Step { Done, WantsRead, WantsWrite, Failed };

    /// The error says which file of the settings cannot be used.
    /// @param host who is asked for and verified, unless the settings name another
    static Result<std::unique_ptr<StreamTls>> create(int socket, const QString &host,
                                                     const TlsSettings &settings, const TrustStore &trust);

    Step handshake();
    /// After Done: whether the certificate is for the host; always true where nothing is verified.
    bool namesHost() const;
    /// Bytes, 0 at the end, negative with wants() when nothing is there yet.
    int read(char *data, int size);
    int write(const char *data, int size);
    /// What the last call that did not succeed waits for.
    Step wants() const { return m_wants; }
    void farewell();

    const std::optional<PeerCertificate> &certificate() const { return m_certificate; }
    /// OpenSSL's words for what failed.
    QString problem() const { return m_problem; }

private:
    struct FreeContext
    {
        void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    };
    struct FreeConnection
    {
        void operator()(SSL *connection) const { SSL_free(connection); }
    };

    StreamTls() = default;
    static int onVerify(X509_STORE_CTX *context, void *self);
    static int onPassphrase(char *buffer, int size, int writing, void *self);
    Result<void> showCertificate();
    Step outcome(int result);

    TlsSettings m_settings;
    QString m_host;
    std::unique_ptr<SSL_CTX, FreeContext> m_context;
    std::unique_ptr<SSL, FreeConnection> m_connection;
    std::optional<PeerCertificate> m_certificate;
    Step m_wants = Step::Done;
    QString m_problem;
};

} // namespace backwatch
