// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/tlssessions.h"

namespace backwatch {

TlsSessions::Kept &TlsSessions::entry(const QByteArray &key)
{
    auto kept = m_kept.find(key);
    if (kept != m_kept.end())
        return *kept;
    // A full handshake each is all that this costs.
    if (m_kept.size() >= kMostKept)
        m_kept.clear();
    return *m_kept.insert(key, {});
}

std::shared_ptr<SSL_SESSION> TlsSessions::takeUp(const QByteArray &key, const Trust &trust,
                                                 int certificateDays, UtcMs now)
{
    constexpr int kLeastDays = 14;
    const auto kept = m_kept.find(key);
    if (kept == m_kept.end() || !kept->session || !kept->peer)
        return nullptr;
    const Certificate &certificate = kept->peer->certificate;
    const bool nearItsEnd =
        certificate.notAfter <= now || certificate.daysLeft(now) < qMax(kLeastDays, 2 * certificateDays);
    if (nearItsEnd || kept->trust != trust || kept->resumed >= kResumedInARow) {
        kept->session.reset();
        return nullptr;
    }
    ++kept->resumed;
    return kept->session;
}

void TlsSessions::keep(const QByteArray &key, SSL_SESSION *session)
{
    const std::shared_ptr<SSL_SESSION> handedOut(session, &SSL_SESSION_free);
    if (Kept &kept = entry(key); !kept.refused)
        kept.session = handedOut;
}

void TlsSessions::refused(const QByteArray &key)
{
    Kept &kept = entry(key);
    kept.refused = true;
    kept.session.reset();
}

void TlsSessions::handshaken(const QByteArray &key, const Trust &trust, const PeerCertificate &peer)
{
    Kept &kept = entry(key);
    kept.peer = peer;
    kept.trust = trust;
    kept.resumed = 0;
}

std::optional<PeerCertificate> TlsSessions::certificate(const QByteArray &key) const
{
    const auto kept = m_kept.constFind(key);
    return kept == m_kept.cend() ? std::nullopt : kept->peer;
}

} // namespace backwatch
