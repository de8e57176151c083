// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/httpheader.h"
#include "app/core/serveraddress.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <optional>

namespace backwatch {

/// An inclusive range of status codes; 200 alone is {200, 200}.
struct StatusRange
{
    int from = 200;
    int to = 299;

    bool operator==(const StatusRange &) const = default;
};

enum class HttpMethod { Get, Head, Post, Put, Patch, Delete, Options };
enum class HttpVersion {
    Any,   ///< HTTP/2 where the server offers it over TLS, otherwise HTTP/1.1
    Http1, ///< HTTP/1.1 only
    Http2, ///< HTTP/2; over plain http with prior knowledge. Another version is a protocol error.
};

/// 200 to 299. Out of line: as an initialiser in the class it makes GCC 12 warn of uninitialised memory.
QList<StatusRange> successRange();

/// What has to be true of one header field of the answer.
struct HeaderExpectation
{
    QByteArray name;
    QString contains; ///< empty: not looked at
    QString matches;  ///< regular expression; empty: not looked at. With neither, the field has to be there.

    bool operator==(const HeaderExpectation &) const = default;
};

/// What has to be true of one value of a JSON answer.
struct JsonExpectation
{
    enum class Test { Exists, Equals, Differs, Less, Greater, Contains, Matches };

    QString path; ///< JSON Pointer ("/a/0/b", RFC 6901) or JSONPath ("$.a[0].b")
    Test test = Test::Exists;
    QString value; ///< as JSON writes it: 5, true, null, "text"; of Contains and Matches the bare text

    bool operator==(const JsonExpectation &) const = default;
};

/// What has to be true of an HTTP answer for the check to pass.
struct HttpExpectation
{
    QList<StatusRange> status = successRange(); ///< of the last answer, after redirects
    QList<HeaderExpectation> headers;
    QString bodyContains; ///< empty: not looked at
    QString bodyLacks;    ///< must not stand in it; empty: not looked at
    QString bodyMatches;  ///< regular expression; empty: not looked at
    QList<JsonExpectation> json;
    std::optional<qint64> leastBytes;      ///< of the decoded body
    std::optional<qint64> mostBytes;       ///< of the decoded body
    std::optional<milliseconds> slowAfter; ///< a longer total is Slow
    int certificateDays = 14;              ///< fewer days left is CertificateExpiring

    bool operator==(const HttpExpectation &) const = default;
};

struct HttpAuthentication
{
    enum class Kind { None, Basic, Digest, Bearer };

    Kind kind = Kind::None;
    QString user;    ///< of Basic and Digest
    Secret password; ///< of Basic and Digest; the token of Bearer

    bool operator==(const HttpAuthentication &) const = default;
};

/// A header field whose value comes from the keychain.
struct SecretHeader
{
    QByteArray name;
    Secret value;

    bool operator==(const SecretHeader &) const = default;
};

struct HttpCheck
{
    QUrl url;
    HttpMethod method = HttpMethod::Get;
    HttpVersion version = HttpVersion::Any;
    HttpHeaders headers;
    QList<SecretHeader> secretHeaders;
    QByteArray body; ///< sent with Post, Put, Patch and Delete
    HttpAuthentication authentication;
    HttpExpectation expect;
    TlsSettings tls;
    QString proxy; ///< "http://", "https://", "socks5://" (names looked up here) or "socks5h://" (there) with
                   ///< host and port and perhaps a user; "system": as the desktop says; empty: none
    Secret proxyPassword;
    QString connectTo; ///< "host:port" to connect to instead, keeping Host and SNI; empty: the URL's own
    AddressFamily family = AddressFamily::Any;
    bool followRedirects = true;

    bool operator==(const HttpCheck &) const = default;
};

QString httpMethodName(HttpMethod method); ///< "GET", "HEAD", …
/// The method sends a body.
bool hasBody(HttpMethod method);

} // namespace backwatch
