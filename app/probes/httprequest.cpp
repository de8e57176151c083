// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httprequest.h"

#include "app/probes/httpoutcome.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpRequest)
};

bool isWeb(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QStringLiteral("http") || url.scheme() == QStringLiteral("https"));
}

bool isSecure(const QUrl &url)
{
    return url.scheme() == QStringLiteral("https");
}

int portOf(const QUrl &url)
{
    constexpr int kHttps = 443;
    constexpr int kHttp = 80;
    return url.port(isSecure(url) ? kHttps : kHttp);
}

bool is(const HttpHeader &header, QByteArrayView name)
{
    return header.name.compare(name, Qt::CaseInsensitive) == 0;
}

bool isWellFormed(const HttpHeader &header)
{
    const auto bad = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    const auto badInName = [](char c) { return c <= ' ' || c == ':' || c == ';' || c == 127; };
    return !header.name.isEmpty() && std::none_of(header.name.cbegin(), header.name.cend(), badInName) &&
           std::none_of(header.value.cbegin(), header.value.cend(), bad);
}

std::optional<Endpoint> parseEndpoint(const QString &text, int defaultPort)
{
    const bool bracketed = text.startsWith(u'[');
    const auto close = text.indexOf(u']');
    if (bracketed && close < 0)
        return std::nullopt;
    const auto colon = bracketed ? text.indexOf(u':', close) : text.indexOf(u':');
    const bool bareIpv6 = !bracketed && text.count(u':') > 1;
    Endpoint endpoint{text, defaultPort};
    if (colon >= 0 && !bareIpv6) {
        bool ok = false;
        endpoint.port = text.mid(colon + 1).toUShort(&ok);
        if (!ok || endpoint.port == 0)
            return std::nullopt;
        endpoint.host = text.first(colon);
    }
    if (bracketed)
        endpoint.host = text.mid(1, close - 1);
    return endpoint.host.isEmpty() ? std::nullopt : std::optional(endpoint);
}

/// Whether what was meant for the one may be said to the other.
bool mayShareSecrets(const QUrl &from, const QUrl &to)
{
    if (from.host() != to.host())
        return false;
    if (from.scheme() == to.scheme())
        return portOf(from) == portOf(to);
    return isSecure(to) && from.port() == -1 && to.port() == -1;
}

HttpHeader orDefault(const HttpHeaders &own, const char *name, const QByteArray &value)
{
    for (const auto &header : own)
        if (is(header, name))
            return header;
    return {name, value};
}

} // namespace

Result<HttpCheck> prepared(HttpCheck check)
{
    if (!isWeb(check.url))
        return failure(Error::Kind::Invalid,
                       Sentences::tr("“%1” is not an http or https address. Correct the monitor's URL.")
                           .arg(readableUrl(check.url)));
    if (!std::all_of(check.headers.cbegin(), check.headers.cend(), isWellFormed))
        return failure(
            Error::Kind::Invalid,
            Sentences::tr("A request header has an empty name, or a character that is not allowed. "
                          "Correct the monitor's headers."));
    if (!check.connectTo.isEmpty() && !parseEndpoint(check.connectTo, portOf(check.url)))
        return failure(Error::Kind::Invalid,
                       Sentences::tr("“%1” is not host:port. Correct the monitor's address to connect to.")
                           .arg(check.connectTo));
    const bool hasUser = !check.url.userInfo().isEmpty();
    if (hasUser && headerValue(check.headers, "Authorization").isNull()) {
        const QString pair =
            check.url.userName(QUrl::FullyDecoded) + u':' + check.url.password(QUrl::FullyDecoded);
        check.headers.prepend({QByteArrayLiteral("Authorization"), "Basic " + pair.toUtf8().toBase64()});
    }
    check.url = check.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    return check;
}

HttpHeaders requestHeaders(const HttpCheck &check, const QByteArray &userAgent)
{
    const auto host = check.url.host(QUrl::FullyEncoded);
    const QByteArray authority =
        (check.url.port() == -1 ||
                 check.url.port() == portOf(QUrl(check.url.scheme() + QStringLiteral("://a")))
             ? (host.contains(u':') ? QString(u'[' + host + u']') : host)
             : hostAndPort(host, check.url.port()))
            .toLatin1();
    constexpr std::array kOurs{"Host", "User-Agent", "Accept", "Accept-Encoding"};
    HttpHeaders headers{
        orDefault(check.headers, kOurs[0], authority),
        orDefault(check.headers, kOurs[1], userAgent),
        orDefault(check.headers, kOurs[2], QByteArrayLiteral("*/*")),
        orDefault(check.headers, kOurs[3], QByteArrayLiteral("gzip, deflate")),
    };
    for (const auto &header : check.headers)
        if (!is(header, "Content-Length") &&
            std::none_of(kOurs.begin(), kOurs.end(), [&](const char *name) { return is(header, name); }))
            headers.append(header);
    if (check.method == HttpMethod::Post) {
        if (headerValue(check.headers, "Content-Type").isNull())
            headers.append(
                {QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/x-www-form-urlencoded")});
        headers.append({QByteArrayLiteral("Content-Length"), QByteArray::number(check.body.size())});
    }
    return headers;
}

Endpoint endpointOf(const HttpCheck &check)
{
    const Endpoint own{check.url.host(QUrl::FullyEncoded), portOf(check.url)};
    return check.connectTo.isEmpty() ? own : parseEndpoint(check.connectTo, own.port).value_or(own);
}

bool isRedirect(int status, const HttpHeaders &headers)
{
    constexpr std::array kCodes{301, 302, 303, 307, 308};
    return std::find(kCodes.begin(), kCodes.end(), status) != kCodes.end() &&
           !headerValue(headers, "Location").isEmpty();
}

Result<HttpCheck> redirected(const HttpCheck &from, int status, const QByteArray &location)
{
    HttpCheck next = from;
    next.url = from.url.resolved(QUrl::fromEncoded(location, QUrl::TolerantMode))
                   .adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    if (!isWeb(next.url))
        return failure(Error::Kind::Invalid,
                       Sentences::tr("The answer redirects to “%1”, which is not an http or https address.")
                           .arg(readableUrl(next.url)));
    if (status <= 303 && from.method == HttpMethod::Post) {
        next.method = HttpMethod::Get;
        next.body.clear();
        next.headers.removeIf([](const auto &header) { return is(header, "Content-Type"); });
    }
    if (!mayShareSecrets(from.url, next.url))
        next.headers.removeIf([](const auto &header) {
            return is(header, "Authorization") || is(header, "Proxy-Authorization") || is(header, "Cookie");
        });
    if (next.url.host() != from.url.host()) {
        next.connectTo.clear();
        next.headers.removeIf([](const auto &header) { return is(header, "Host"); });
    } else if (!next.connectTo.isEmpty() && portOf(next.url) != portOf(from.url)) {
        const QString host = endpointOf(from).host;
        next.connectTo = host.contains(u':') ? QString(u'[' + host + u']') : host;
    }
    return next;
}

} // namespace backwatch
