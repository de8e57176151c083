// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/streamtls.h"

#include "app/probes/truststore.h"

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace backwatch {

namespace {

struct StreamTlsText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::StreamTls)
};

/// The newest of OpenSSL's errors in this thread; the others are dropped.
QString lastProblem()
{
    std::array<char, 256> text{};
    const auto code = ERR_peek_last_error();
    if (code != 0)
        ERR_error_string_n(code, text.data(), text.size());
    ERR_clear_error();
    return QString::fromLatin1(text.data());
}

} // namespace

Result<std::unique_ptr<StreamTls>> StreamTls::create(int socket, const QString &host,
                                                     const TlsSettings &settings, const TrustStore &trust)
{
    std::unique_ptr<StreamTls> tls(new StreamTls);
    tls->m_settings = settings;
    tls->m_host = settings.serverName.isEmpty() ? host : settings.serverName;
    tls->m_context.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX *context = tls->m_context.get();
    if (!context)
        return failure(Error::Kind::Unavailable,
                       StreamTlsText::tr("TLS cannot be used: %1.").arg(lastProblem()));
    trust.giveTo(context);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, &StreamTls::onVerify, tls.get());
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (auto shown = tls->showCertificate(); !shown)
        return tl::make_unexpected(shown.error());
    tls->m_connection.reset(SSL_new(context));
    SSL *connection = tls->m_connection.get();
    if (!connection || SSL_set_fd(connection, socket) != 1)
        return failure(Error::Kind::Unavailable,
                       StreamTlsText::tr("TLS cannot be used: %1.").arg(lastProblem()));
    if (QHostAddress(tls->m_host).isNull()) {
        QByteArray name = tls->m_host.toLatin1(); // the macro for this casts in the old way
        SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
    }
    SSL_set_connect_state(connection);
    return tls;
}

Result<void> StreamTls::showCertificate()
{
    if (m_settings.certificate.isEmpty())
        return {};
    SSL_CTX *context = m_context.get();
    SSL_CTX_set_default_passwd_cb(context, &StreamTls::onPassphrase);
    SSL_CTX_set_default_passwd_cb_userdata(context, this);
    const QString key = m_settings.key.isEmpty() ? m_settings.certificate : m_settings.key;
    if (SSL_CTX_use_certificate_chain_file(context, QFile::encodeName(m_settings.certificate).constData()) !=
        1)
        return failure(Error::Kind::Unreadable,
                       StreamTlsText::tr("The client certificate %1 cannot be used: %2.")
                           .arg(m_settings.certificate, lastProblem().section(u':', -1)));
    if (SSL_CTX_use_PrivateKey_file(context, QFile::encodeName(key).constData(), SSL_FILETYPE_PEM) != 1)
        return failure(Error::Kind::Unreadable,
                       StreamTlsText::tr("The key of the client certificate, %1, cannot be used; check its "
                                         "passphrase and that it belongs to the certificate.")
                           .arg(key));
    return {};
}

int StreamTls::onPassphrase(char *buffer, int size, int, void *self)
{
    const QByteArray value = static_cast<StreamTls *>(self)->m_settings.passphrase.value.toUtf8();
    const auto length = std::min<qsizetype>(value.size(), size);
    std::memcpy(buffer, value.constData(), static_cast<std::size_t>(length));
    return static_cast<int>(length);
}

int StreamTls::onVerify(X509_STORE_CTX *context, void *self)
{
    auto *tls = static_cast<StreamTls *>(self);
    tls->m_certificate = verifyPeer(context);
    return !tls->m_settings.verify || tls->m_certificate->verifyError == X509_V_OK ? 1 : 0;
}

StreamTls::Step StreamTls::outcome(int result)
{
    switch (SSL_get_error(m_connection.get(), result)) {
    case SSL_ERROR_NONE:
        m_wants = Step::Done;
        break;
    case SSL_ERROR_WANT_READ:
        m_wants = Step::WantsRead;
        break;
    case SSL_ERROR_WANT_WRITE:
        m_wants = Step::WantsWrite;
        break;
    default:
        m_problem = lastProblem();
        m_wants = Step::Failed;
    }
    return m_wants;
}

StreamTls::Step StreamTls::handshake()
{
    ERR_clear_error();
    return outcome(SSL_do_handshake(m_connection.get()));
}

bool StreamTls::namesHost() const
{
    if (!m_settings.verify)
        return true;
    X509 *peer = SSL_get0_peer_certificate(m_connection.get());
    const QByteArray host = m_host.toLatin1();
    if (!peer)
        return false;
    return QHostAddress(m_host).isNull()
               ? X509_check_host(peer, host.constData(), static_cast<std::size_t>(host.size()), 0, nullptr) ==
                     1
               : X509_check_ip_asc(peer, host.constData(), 0) == 1;
}

int StreamTls::read(char *data, int size)
{
    ERR_clear_error();
    const int count = SSL_read(m_connection.get(), data, size);
    if (count > 0)
        return count;
    // The farewell and a connection that just ends are the same to a conversation.
    const Step step = outcome(count);
    return step == Step::WantsRead || step == Step::WantsWrite ? -1 : 0;
}

int StreamTls::write(const char *data, int size)
{
    ERR_clear_error();
    const int count = SSL_write(m_connection.get(), data, size);
    if (count <= 0)
        outcome(count);
    return count;
}

void StreamTls::farewell()
{
    ERR_clear_error();
    SSL_shutdown(m_connection.get());
    ERR_clear_error();
}

} // namespace backwatch
