// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httptransfer.h"

namespace backwatch {

namespace {

HttpTransfer *ownerOf(const SSL *tls)
{
    return static_cast<HttpTransfer *>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(tls)));
}

} // namespace

CURLcode HttpTransfer::onTlsContext(CURL *, void *context, void *self)
{
    of(self).tlsContext(static_cast<SSL_CTX *>(context));
    return CURLE_OK;
}

void HttpTransfer::tlsContext(SSL_CTX *context)
{
    m_plan.trust->giveTo(context);
    // Many servers close without the TLS farewell; an answer of announced length is still seen to be cut.
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    // An https proxy comes first on each connection, then the target where it is https, too.
    const bool secureProxy = m_plan.proxy && m_plan.proxy->kind == ProxyAddress::Kind::Https;
    const bool first = m_tlsContexts++ % 2 == 0;
    if (secureProxy && (!m_times.secure || first)) {
        SSL_CTX_set_cert_verify_callback(context, &HttpTransfer::onVerifyProxy, this);
        return;
    }
    noteConnected();
    resumeSession(context);
    SSL_CTX_set_cert_verify_callback(context, &HttpTransfer::onVerify, this);
    constexpr std::array<unsigned char, 3> kHttp2Alone{2, 'h', '2'};
    if (m_plan.check.version == HttpVersion::Http2 &&
        SSL_CTX_set_alpn_protos(context, kHttp2Alone.data(), kHttp2Alone.size()) != 0)
        m_code = CURLE_OUT_OF_MEMORY;
}

/// libcurl has a context of its own for each connection and shows its SSL object to nobody before the
/// handshake, so the session is put in by the callback that tells of its beginning.
void HttpTransfer::resumeSession(SSL_CTX *context)
{
    if (m_plan.sessionKey.isEmpty())
        return;
    m_session = m_tools.sessions.takeUp(m_plan.sessionKey, m_plan.trust, m_plan.check.expect.certificateDays,
                                        m_plan.startedAt);
    SSL_CTX_set_app_data(context, this);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &HttpTransfer::onNewSession);
    SSL_CTX_set_info_callback(context, &HttpTransfer::onTlsInfo);
}

int HttpTransfer::onNewSession(SSL *tls, SSL_SESSION *session)
{
    HttpTransfer *transfer = ownerOf(tls);
    if (!transfer)
        return 0;
    transfer->m_tools.sessions.keep(transfer->m_plan.sessionKey, session);
    return 1;
}

void HttpTransfer::onTlsInfo(const SSL *tls, int where, int)
{
    HttpTransfer *transfer = ownerOf(tls);
    if (!transfer)
        return;
    if (where == SSL_CB_HANDSHAKE_START && transfer->m_session) {
        SSL_set_session(const_cast<SSL *>(tls), std::exchange(transfer->m_session, nullptr).get());
        transfer->m_sessionOffered = true;
        return;
    }
    if (where != SSL_CB_HANDSHAKE_DONE)
        return;
    TlsSessions &sessions = transfer->m_tools.sessions;
    if (SSL_session_reused(tls) == 1)
        transfer->m_certificate = sessions.certificate(transfer->m_plan.sessionKey);
    else if (transfer->m_certificate)
        sessions.handshaken(transfer->m_plan.sessionKey, transfer->m_plan.trust, *transfer->m_certificate);
}

bool HttpTransfer::sessionFailed() const
{
    return m_sessionOffered && !m_times.ready && m_code != CURLE_OK && m_code != CURLE_OPERATION_TIMEDOUT;
}

int HttpTransfer::onVerify(X509_STORE_CTX *context, void *self)
{
    auto &peer = of(self).m_certificate;
    peer = verifyPeer(context);
    return peer->verifyError == X509_V_OK || !of(self).m_plan.check.tls.verify ? 1 : 0;
}

int HttpTransfer::onVerifyProxy(X509_STORE_CTX *context, void *self)
{
    auto &peer = of(self).m_proxyCertificate;
    peer = verifyPeer(context);
    return peer->verifyError == X509_V_OK ? 1 : 0;
}

} // namespace backwatch
