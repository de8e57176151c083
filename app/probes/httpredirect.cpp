// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpoutcome.h"
#include "app/probes/httprequest.h"
#include "app/probes/urlparts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

struct HttpRedirectText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpRequest)
};

/// Whether what was meant for the one may be said to the other.
bool mayShareSecrets(const QUrl &from, const QUrl &to)
{
    if (from.host() != to.host())
        return false;
    if (from.scheme() == to.scheme())
        return portOf(from) == portOf(to);
    return isSecure(to) && from.port() == -1 && to.port() == -1;
}

void dropSecrets(HttpCheck &check)
{
    check.headers.removeIf([](const auto &header) {
        return isField(header, "Authorization") || isField(header, "Proxy-Authorization") ||
               isField(header, "Cookie");
    });
    check.secretHeaders.clear();
    check.authentication = {};
    check.tls.certificate.clear();
    check.tls.key.clear();
    check.tls.passphrase = {};
}

} // namespace

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
        return failure(
            Error::Kind::Invalid,
            HttpRedirectText::tr("The answer redirects to “%1”, which is not an http or https address.")
                .arg(readableUrl(next.url)));
    // Everybody changes POST to GET here, and 303 says so for every method but HEAD.
    const bool toGet =
        status == 303 ? from.method != HttpMethod::Head : status < 303 && from.method == HttpMethod::Post;
    if (toGet && from.method != HttpMethod::Get) {
        next.method = HttpMethod::Get;
        next.body.clear();
        next.headers.removeIf([](const auto &header) { return isField(header, "Content-Type"); });
    }
    if (!mayShareSecrets(from.url, next.url))
        dropSecrets(next);
    if (next.url.host() != from.url.host()) {
        next.connectTo.clear();
        next.tls.serverName.clear();
        next.headers.removeIf([](const auto &header) { return isField(header, "Host"); });
    } else if (!next.connectTo.isEmpty() && portOf(next.url) != portOf(from.url)) {
        const QString host = endpointOf(from).host;
        next.connectTo = host.contains(u':') ? QString(u'[' + host + u']') : host;
    }
    return next;
}

} // namespace backwatch
