// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpoutcome.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>

namespace backwatch {

namespace {

struct HttpProxyText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpProxy)
};

Verdict proxyConnectVerdict(const HopEnd &end)
{
    switch (end.systemError) {
    case ECONNREFUSED:
        return {Outcome::ConnectRefused,
                HttpProxyText::tr("The proxy %1 refused the connection.").arg(end.proxy)};
    case 0:
    case ETIMEDOUT:
        return {Outcome::Unreachable,
                HttpProxyText::tr("No connection to the proxy %1 was possible.").arg(end.proxy)};
    default:
        return {Outcome::Unreachable, HttpProxyText::tr("The proxy %1 cannot be reached: %2.")
                                          .arg(end.proxy, QString::fromLocal8Bit(strerror(end.systemError)))};
    }
}

/// What an HTTP proxy answered to CONNECT.
Verdict tunnelVerdict(const HopEnd &end)
{
    constexpr int kUnauthorized = 407;
    constexpr int kGatewayTimeout = 504;
    if (end.proxyStatus == kUnauthorized)
        return {Outcome::AuthRejected,
                HttpProxyText::tr("The proxy %1 wants another user name or password (407).").arg(end.proxy)};
    if (end.proxyStatus == kGatewayTimeout)
        return {Outcome::ConnectTimeout,
                HttpProxyText::tr("The proxy %1 got no connection to %2 in time (504).")
                    .arg(end.proxy, end.peer)};
    return {Outcome::Unreachable, HttpProxyText::tr("The proxy %1 opened no connection to %2: %3.")
                                      .arg(end.proxy, end.peer, statusLine(end.proxyStatus, {}))};
}

Verdict socksVerdict(const HopEnd &end)
{
    switch (end.proxyError) {
    case CURLPX_REPLY_CONNECTION_REFUSED:
        return {Outcome::ConnectRefused,
                HttpProxyText::tr("%1 refused the connection, says the proxy %2.").arg(end.peer, end.proxy)};
    case CURLPX_REPLY_HOST_UNREACHABLE:
    case CURLPX_REPLY_NETWORK_UNREACHABLE:
    case CURLPX_REPLY_GENERAL_SERVER_FAILURE:
    case CURLPX_RESOLVE_HOST:
        return {Outcome::Unreachable,
                HttpProxyText::tr("%1 cannot be reached, says the proxy %2.").arg(end.peer, end.proxy)};
    case CURLPX_REPLY_TTL_EXPIRED:
        return {
            Outcome::ConnectTimeout,
            HttpProxyText::tr("No connection to %1 in time, says the proxy %2.").arg(end.peer, end.proxy)};
    case CURLPX_REPLY_NOT_ALLOWED:
        return {Outcome::Unreachable,
                HttpProxyText::tr("The proxy %1 does not allow connections to %2.").arg(end.proxy, end.peer)};
    case CURLPX_NO_AUTH:
    case CURLPX_USER_REJECTED:
        return {Outcome::AuthRejected,
                HttpProxyText::tr("The proxy %1 wants another user name or password.").arg(end.proxy)};
    case CURLPX_CLOSED:
    case CURLPX_RECV_ADDRESS:
    case CURLPX_RECV_AUTH:
    case CURLPX_RECV_CONNECT:
    case CURLPX_RECV_REQACK:
        return {Outcome::ClosedEarly,
                HttpProxyText::tr("The proxy %1 closed the connection before it led to %2.")
                    .arg(end.proxy, end.peer)};
    default:
        return {Outcome::ProtocolError,
                HttpProxyText::tr("%1 does not speak SOCKS version 5, or refuses it.").arg(end.proxy)};
    }
}

} // namespace

Verdict proxyVerdict(const HopEnd &end)
{
    constexpr int kFirstFailure = 300;
    if (end.proxy.isEmpty() || end.tooLarge || end.localError != 0 || end.stage != HopStage::Connecting)
        return {};
    if (end.timedOut || end.code == CURLE_OPERATION_TIMEDOUT)
        return {Outcome::ConnectTimeout,
                HttpProxyText::tr("No connection to %1 through the proxy %2 within %3.")
                    .arg(end.peer, end.proxy, readableTime(end.stageTime))};
    if (end.proxyStatus >= kFirstFailure)
        return tunnelVerdict(end);
    switch (end.code) {
    case CURLE_COULDNT_CONNECT:
        return proxyConnectVerdict(end);
    case CURLE_PROXY:
        return socksVerdict(end);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
        if (end.proxyCertificate && end.proxyCertificate->verifyError != X509_V_OK)
            return {Outcome::TlsUntrusted,
                    HttpProxyText::tr("The certificate of the proxy %1 is not trusted: %2.")
                        .arg(end.proxy, QString::fromLatin1(X509_verify_cert_error_string(
                                            end.proxyCertificate->verifyError)))};
        return {Outcome::TlsHandshake,
                HttpProxyText::tr("The TLS handshake with the proxy %1 failed.").arg(end.proxy)};
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
        return {Outcome::ClosedEarly,
                HttpProxyText::tr("The proxy %1 closed the connection before it led to %2.")
                    .arg(end.proxy, end.peer)};
    default:
        return {};
    }
}

} // namespace backwatch
