// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/core/httpcheck.h"
#include "app/probes/peercertificate.h"
#include "app/probes/verdict.h"

#include <curl/curl.h>

namespace backwatch {

class HttpAnswer;

/// How far a hop has come.
enum class HopStage { Naming, Connecting, Securing, Sending, Waiting, Receiving };

/// How the transport of one hop ended.
struct HopEnd
{
    CURLcode code = CURLE_OK;
    bool timedOut = false; ///< the check's own deadline; code does not count then
    bool tooLarge = false;
    HopStage stage = HopStage::Naming;
    microseconds stageTime{0}; ///< how long that stage has lasted
    int systemError = 0;       ///< errno of the last connection that failed
    int localError = 0;        ///< errno of a socket that this machine would not give
    QString host;              ///< as the URL has it
    QString peer;              ///< "192.0.2.7:443", of the last address tried; host:port through a proxy
    QString proxy;             ///< "proxy.example:3128"; empty: none
    int proxyStatus = 0;       ///< what an HTTP proxy answered to CONNECT; 0: nothing
    long proxyError = 0;       ///< a CURLproxycode, of a SOCKS proxy
    std::optional<PeerCertificate> proxyCertificate;
    bool http2 = false;        ///< no other version will do
    QString clientCertificate; ///< file; empty: none
    bool answerBegan = false;
    qint64 received = 0; ///< bytes of the body
    std::optional<qint64> announced;
    std::optional<PeerCertificate> certificate;
    bool verifies = true; ///< the certificate has to please; otherwise it is never to blame
    QString libraryText;  ///< libcurl's own words
};

/// Ok when the answer came entirely.
Verdict transportVerdict(const HopEnd &end);

/// Why a proxy is to blame, or what it says of the target; Ok where it has no part in it.
Verdict proxyVerdict(const HopEnd &end);

/// What a complete answer is worth: version and status, then header, body and JSON, then time, then
/// certificate.
Verdict answerVerdict(const HttpCheck &check, const Exchange &exchange, const HttpAnswer &answer);

/// Whether header, body and JSON are as expected; Ok when they are.
Verdict contentVerdict(const HttpExpectation &expect, const Exchange &exchange, const HttpAnswer &answer);

/// Whether JSON values are as expected; Ok when they are.
Verdict jsonVerdict(const QList<JsonExpectation> &expect, const HttpAnswer &answer);

/// What a server wrote, fit for one line of text.
QString readableText(const QByteArray &bytes);
QString readableText(const QString &text);

/// "503 Backend fetch failed"; the standard phrase where the answer has none.
QString statusLine(int status, const QByteArray &reason);

/// An address and port as people write them, with brackets where IPv6 needs them.
QString hostAndPort(const QString &address, int port);

/// "2.0 s", "350 ms".
QString readableTime(microseconds time);

/// A URL fit for a sentence: without user name, password, fragment and the values of its query.
QString readableUrl(const QUrl &url);

} // namespace backwatch
