// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpoutcome.h"

#include <QCoreApplication>
#include <QLocale>

#include <cerrno>
#include <cstring>

namespace backwatch {

namespace {

struct HttpOutcomeText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpOutcome)
};

QString date(UtcMs time)
{
    return formatTimestamp(time).left(10);
}

Verdict timeoutVerdict(const HopEnd &end)
{
    const QString time = readableTime(end.stageTime);
    switch (end.stage) {
    case HopStage::Naming:
        return {Outcome::DnsTimeout,
                HttpOutcomeText::tr("No name server answered for %1 within %2.").arg(end.host, time)};
    case HopStage::Connecting:
        return {Outcome::ConnectTimeout,
                HttpOutcomeText::tr("No connection to %1 within %2.").arg(end.peer, time)};
    case HopStage::Securing:
        return {
            Outcome::TlsHandshake,
            HttpOutcomeText::tr("The TLS handshake with %1 was not finished within %2.").arg(end.peer, time)};
    case HopStage::Sending:
        return {Outcome::FirstByteTimeout,
                HttpOutcomeText::tr("%1 did not take the whole request within %2.").arg(end.peer, time)};
    case HopStage::Waiting:
        return {
            Outcome::FirstByteTimeout,
            HttpOutcomeText::tr("No answer within %1 after the request was sent to %2.").arg(time, end.peer)};
    case HopStage::Receiving:
        return {Outcome::BodyTimeout,
                HttpOutcomeText::tr(
                    "The answer of %1 began, but did not end within %2; %Ln byte(s) of its body came.",
                    nullptr, static_cast<int>(end.received))
                    .arg(end.peer, time)};
    }
    return {Outcome::Internal, {}};
}

Verdict connectVerdict(const HopEnd &end)
{
    if (end.localError != 0)
        return {Outcome::Internal,
                HttpOutcomeText::tr(
                    "This computer could not open a connection: %1. Raise its limit on open files, "
                    "or check less at a time.")
                    .arg(QString::fromLocal8Bit(strerror(end.localError)))};
    switch (end.systemError) {
    case ECONNREFUSED:
        return {Outcome::ConnectRefused, HttpOutcomeText::tr("%1 refused the connection.").arg(end.peer)};
    case ECONNRESET: // a port that refuses says ECONNREFUSED; this one had accepted, and took it back
        return {Outcome::ClosedEarly,
                HttpOutcomeText::tr("%1 accepted the connection and reset it at once.").arg(end.peer)};
    case ETIMEDOUT:
        return {
            Outcome::ConnectTimeout,
            HttpOutcomeText::tr("No connection to %1 within %2.").arg(end.peer, readableTime(end.stageTime))};
    case 0:
        return {Outcome::Unreachable, HttpOutcomeText::tr("No connection to %1 was possible.").arg(end.peer)};
    default:
        return {Outcome::Unreachable, HttpOutcomeText::tr("%1 cannot be reached: %2.")
                                          .arg(end.peer, QString::fromLocal8Bit(strerror(end.systemError)))};
    }
}

Verdict certificateDateVerdict(const PeerCertificate &peer)
{
    const QString culprit = peer.culprit.isEmpty() ? peer.certificate.subject : peer.culprit;
    if (peer.verifyError == X509_V_ERR_CERT_NOT_YET_VALID)
        return {Outcome::TlsUntrusted,
                HttpOutcomeText::tr(
                    "The certificate of %1 is not valid before %2; is this computer's clock right?")
                    .arg(culprit, date(peer.culpritNotBefore))};
    return {
        Outcome::TlsExpired,
        HttpOutcomeText::tr("The certificate of %1 expired on %2.").arg(culprit, date(peer.culpritNotAfter))};
}

Verdict certificateVerdict(const HopEnd &end)
{
    if (!end.certificate)
        return {Outcome::TlsHandshake, HttpOutcomeText::tr("%1 showed no certificate.").arg(end.peer)};
    const PeerCertificate &peer = *end.certificate;
    const QString issuer = peer.certificate.issuer;
    switch (peer.verifyError) {
    case X509_V_OK:
        return {Outcome::TlsNameMismatch,
                peer.names.isEmpty()
                    ? HttpOutcomeText::tr("The certificate names no host; it is not for %1.").arg(end.host)
                    : HttpOutcomeText::tr("The certificate is for %1, not for %2.")
                          .arg(peer.names.join(QStringLiteral(", ")), end.host)};
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return certificateDateVerdict(peer);
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return {Outcome::TlsUntrusted,
                HttpOutcomeText::tr("The certificate of %1 is signed by itself alone.").arg(end.host)};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return {Outcome::TlsUntrusted,
                HttpOutcomeText::tr(
                    "The certificate of %1 was issued by “%2”, which is not trusted here; perhaps an "
                    "intermediate certificate is missing.")
                    .arg(end.host, issuer)};
    default:
        return {Outcome::TlsUntrusted,
                HttpOutcomeText::tr("The certificate of %1 is not trusted: %2.")
                    .arg(end.host, QString::fromLatin1(X509_verify_cert_error_string(peer.verifyError)))};
    }
}

Verdict http2Verdict(const HopEnd &end)
{
    return {Outcome::ProtocolError,
            HttpOutcomeText::tr("%1 does not speak HTTP/2, which is asked for.").arg(end.peer)};
}

Verdict handshakeVerdict(const HopEnd &end)
{
    if (end.http2 && end.libraryText.contains(QStringLiteral("no application protocol")))
        return http2Verdict(end);
    // "…:reason string" is what OpenSSL ends its messages with; the numbers before it help nobody.
    QString reason = end.libraryText.section(u':', -1).trimmed();
    if (reason.isEmpty() || end.libraryText.contains(QStringLiteral("SSL_ERROR_SYSCALL")) ||
        end.libraryText.contains(QStringLiteral("unexpected eof")))
        return {Outcome::TlsHandshake,
                HttpOutcomeText::tr("%1 closed the connection during the TLS handshake.").arg(end.peer)};
    return {Outcome::TlsHandshake,
            HttpOutcomeText::tr("The TLS handshake with %1 failed: %2.").arg(end.peer, reason)};
}

Verdict closedVerdict(const HopEnd &end)
{
    if (!end.answerBegan)
        return {Outcome::ClosedEarly,
                HttpOutcomeText::tr("%1 closed the connection without an answer.").arg(end.peer)};
    if (end.announced)
        return {Outcome::ClosedEarly,
                HttpOutcomeText::tr("%1 closed the connection after %2 of %3 announced bytes.")
                    .arg(end.peer, QLocale().toString(end.received), QLocale().toString(*end.announced))};
    return {Outcome::ClosedEarly,
            HttpOutcomeText::tr(
                "%1 closed the connection before its answer was complete; %Ln byte(s) of the body "
                "came.",
                nullptr, static_cast<int>(end.received))
                .arg(end.peer)};
}

Verdict tooLargeVerdict(const HopEnd &end)
{
    return {Outcome::TooLarge,
            HttpOutcomeText::tr("The answer of %1 is larger than this program reads.").arg(end.peer)};
}

/// Of an answer over HTTP/2 that libcurl or nghttp2 would not go on with.
Verdict http2FaultVerdict(const HopEnd &end)
{
    constexpr QLatin1String kTooManyPieces("returned -905:");
    constexpr QLatin1String kFieldsTooLarge("returned -902:");
    if (end.libraryText.contains(kTooManyPieces) || end.libraryText.contains(kFieldsTooLarge))
        return tooLargeVerdict(end);
    if (end.code == CURLE_HTTP2_STREAM)
        return {Outcome::ProtocolError,
                HttpOutcomeText::tr("The answer of %1 breaks the rules of HTTP/2.").arg(end.peer)};
    return {Outcome::ProtocolError, HttpOutcomeText::tr("The answer of %1 breaks the rules of HTTP/2: %2.")
                                        .arg(end.peer, end.libraryText.section(u':', -1).trimmed())};
}

Verdict malformedVerdict(const HopEnd &end)
{
    if (end.http2 && !end.answerBegan)
        return http2Verdict(end);
    return {Outcome::MalformedResponse,
            end.answerBegan
                ? HttpOutcomeText::tr("The answer of %1 is damaged: %2.").arg(end.peer, end.libraryText)
                : HttpOutcomeText::tr("What %1 sent is not an HTTP answer.").arg(end.peer)};
}

} // namespace

Verdict transportVerdict(const HopEnd &end)
{
    if (const Verdict proxy = proxyVerdict(end); proxy.outcome != Outcome::Ok)
        return proxy;
    if (end.timedOut)
        return timeoutVerdict(end);
    if (end.tooLarge)
        return tooLargeVerdict(end);
    switch (end.code) {
    case CURLE_OK:
        return {};
    case CURLE_COULDNT_CONNECT:
        return connectVerdict(end);
    case CURLE_OPERATION_TIMEDOUT:
        return timeoutVerdict(end);
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateVerdict(end);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
        // A bad signature on a certificate comes to libcurl as any failure of the handshake.
        return end.verifies && end.certificate && end.certificate->verifyError != X509_V_OK
                   ? certificateVerdict(end)
                   : handshakeVerdict(end);
    case CURLE_SSL_CERTPROBLEM:
        return {Outcome::Internal,
                HttpOutcomeText::tr(
                    "The client certificate in %1 cannot be used. Check that certificate, key and "
                    "passphrase belong together.")
                    .arg(end.clientCertificate)};
    case CURLE_OUT_OF_MEMORY:
        // So libcurl calls a line of the header that is longer than it takes.
        if (end.stage == HopStage::Waiting || end.stage == HopStage::Receiving)
            return tooLargeVerdict(end);
        break;
    case CURLE_GOT_NOTHING:
        // Over TLS it would have agreed to HTTP/2 before.
        return end.http2 && !end.certificate ? http2Verdict(end) : closedVerdict(end);
    case CURLE_HTTP2_STREAM:
        return end.libraryText.contains(QStringLiteral("PROTOCOL_ERROR")) ? http2FaultVerdict(end)
                                                                          : closedVerdict(end);
    case CURLE_HTTP2:
        // Without a word of libcurl's the server has said farewell before it answered.
        return end.libraryText.isEmpty() ? closedVerdict(end) : malformedVerdict(end);
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
        return closedVerdict(end);
    case CURLE_RECV_ERROR:
        // TLS 1.3 lets a server refuse a client certificate after the handshake.
        if (!end.answerBegan && end.libraryText.contains(QStringLiteral(" alert ")))
            return handshakeVerdict(end);
        if (end.libraryText.contains(QStringLiteral("nghttp2")))
            return http2FaultVerdict(end);
        // libcurl reports a chunk header that is none with this code, too.
        return end.libraryText.contains(QStringLiteral("hunk")) ? malformedVerdict(end) : closedVerdict(end);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
        return malformedVerdict(end);
    default:
        break;
    }
    return {Outcome::Internal,
            HttpOutcomeText::tr("The check could not be made: %1.")
                .arg(end.libraryText.isEmpty() ? QString::fromLatin1(curl_easy_strerror(end.code))
                                               : end.libraryText)};
}

} // namespace backwatch
