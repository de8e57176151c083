// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/probes/peercertificate.h"
#include "app/probes/truststore.h"

#include <QHash>

#include <openssl/ssl.h>

#include <memory>

namespace backwatch {

/// TLS sessions that a later check takes up again, which costs a third of a full handshake. What a full one
/// found out about the certificate is remembered with it. Belongs to one thread.
class TlsSessions
{
public:
    /// In a row; then comes a full handshake, which looks at the certificate itself.
    static constexpr int kResumedInARow = 9;
    static constexpr int kMostKept = 16'384;

    using Trust = std::shared_ptr<const TrustStore>;

    /// The session to be taken up now, and counts it; null where a full handshake is due: none is known,
    /// enough were taken up, other authorities are trusted by now, or the certificate has less than twice the
    /// days left that are asked for, or less than 14.
    std::shared_ptr<SSL_SESSION> takeUp(const QByteArray &key, const Trust &trust, int certificateDays,
                                        UtcMs now);
    /// What the server handed out, in a handshake or after it. Takes the reference over.
    void keep(const QByteArray &key, SSL_SESSION *session);
    /// A full handshake was finished, and this is what it showed to one who trusts these authorities.
    void handshaken(const QByteArray &key, const Trust &trust, const PeerCertificate &peer);
    /// The server breaks off when its own session is offered to it: none is taken up until forget().
    void refused(const QByteArray &key);
    void forget(const QByteArray &key) { m_kept.remove(key); }

    std::optional<PeerCertificate> certificate(const QByteArray &key) const;

private:
    struct Kept
    {
        std::shared_ptr<SSL_SESSION> session;
        std::optional<PeerCertificate> peer;
        Trust trust; ///< that the peer was verified with
        bool refused = false;
        int resumed = 0; ///< since the last full handshake
    };

    Kept &entry(const QByteArray &key);

    QHash<QByteArray, Kept> m_kept;
};

} // namespace backwatch
