// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httprequest.h"

#include "app/probes/httpoutcome.h"
#include "app/probes/urlparts.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

HttpHeader orDefault(const HttpHeaders &own, const char *name, const QByteArray &value)
{
    for (const auto &header : own)
        if (isField(header, name))
            return header;
    return {name, value};
}

/// The value of the Authorization field; empty where there is none, or where libcurl makes it.
QByteArray authorization(const HttpAuthentication &authentication)
{
    if (authentication.kind == HttpAuthentication::Kind::Basic) {
        const QString pair = authentication.user + u':' + authentication.password.value;
        return "Basic " + pair.toUtf8().toBase64();
    }
    if (authentication.kind == HttpAuthentication::Kind::Bearer)
        return "Bearer " + authentication.password.value.toUtf8();
    return {};
}

} // namespace

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
    const bool authorized = check.authentication.kind != HttpAuthentication::Kind::None;
    for (const auto &header : check.headers)
        if (!isField(header, "Content-Length") && !(authorized && isField(header, "Authorization")) &&
            std::none_of(kOurs.begin(), kOurs.end(), [&](const char *name) { return isField(header, name); }))
            headers.append(header);
    for (const auto &[name, secret] : check.secretHeaders)
        headers.append({name, secret.value.toUtf8()});
    if (const QByteArray value = authorization(check.authentication); !value.isEmpty())
        headers.append({QByteArrayLiteral("Authorization"), value});
    if (hasBody(check.method) && (check.method != HttpMethod::Delete || !check.body.isEmpty())) {
        if (check.method == HttpMethod::Post && headerValue(headers, "Content-Type").isNull())
            headers.append(
                {QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/x-www-form-urlencoded")});
        headers.append({QByteArrayLiteral("Content-Length"), QByteArray::number(check.body.size())});
    }
    return headers;
}

HttpHeaders withoutSecrets(HttpHeaders headers, const HttpCheck &check)
{
    const QByteArray removed = QByteArrayLiteral("[removed]");
    if (check.authentication.kind == HttpAuthentication::Kind::Digest)
        headers.append({QByteArrayLiteral("Authorization"), removed});
    for (auto &header : headers) {
        const bool secret = std::any_of(check.secretHeaders.cbegin(), check.secretHeaders.cend(),
                                        [&](const auto &one) { return isField(header, one.name); });
        const bool ours =
            check.authentication.kind != HttpAuthentication::Kind::None && isField(header, "Authorization");
        if (secret || ours)
            header.value = removed;
    }
    return headers;
}

Endpoint endpointOf(const HttpCheck &check)
{
    const Endpoint own{check.url.host(QUrl::FullyEncoded), portOf(check.url)};
    return check.connectTo.isEmpty() ? own : parseEndpoint(check.connectTo, own.port).value_or(own);
}

} // namespace backwatch
