// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/httpoutcome.h"
#include "app/probes/httprequest.h"
#include "app/probes/proxyaddress.h"
#include "app/probes/urlparts.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

struct HttpPreparedText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpRequest)
};

tl::unexpected<Error> invalidRequest(QString sentence)
{
    return failure(Error::Kind::Invalid, std::move(sentence));
}

bool isWellFormed(const HttpHeader &header)
{
    const auto bad = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    const auto badInName = [](char c) { return c <= ' ' || c == ':' || c == ';' || c == 127; };
    return !header.name.isEmpty() && std::none_of(header.name.cbegin(), header.name.cend(), badInName) &&
           std::none_of(header.value.cbegin(), header.value.cend(), bad);
}

Result<void> checkHeaders(const HttpCheck &check)
{
    if (!std::all_of(check.headers.cbegin(), check.headers.cend(), isWellFormed))
        return invalidRequest(
            HttpPreparedText::tr("A request header has an empty name, or a character that is not "
                                 "allowed. Correct the monitor's headers."));
    for (const auto &[name, secret] : check.secretHeaders)
        if (!isWellFormed({name, secret.value.toUtf8()}))
            return invalidRequest(
                HttpPreparedText::tr("The request header “%1”, or the secret that is its value, has a "
                                     "character that is not allowed. Correct it.")
                    .arg(QString::fromUtf8(name.left(64))));
    const auto &authentication = check.authentication;
    if (authentication.kind == HttpAuthentication::Kind::Bearer &&
        !isWellFormed({QByteArrayLiteral("Authorization"), authentication.password.value.toUtf8()}))
        return invalidRequest(
            HttpPreparedText::tr("The token has a character that is not allowed. Store it anew."));
    return {};
}

/// The first secret that is named, but was not filled in; null: there is none.
const Secret *missingSecret(const HttpCheck &check)
{
    const auto missing = [](const Secret &secret) {
        return !secret.name.isEmpty() && secret.value.isEmpty();
    };
    for (const auto &header : check.secretHeaders)
        if (missing(header.value))
            return &header.value;
    if (check.authentication.kind != HttpAuthentication::Kind::None && missing(check.authentication.password))
        return &check.authentication.password;
    if (!check.tls.certificate.isEmpty() && missing(check.tls.passphrase))
        return &check.tls.passphrase;
    if (!check.proxy.isEmpty() && missing(check.proxyPassword))
        return &check.proxyPassword;
    return nullptr;
}

Result<void> checkSecrets(const HttpCheck &check)
{
    if (const Secret *missing = missingSecret(check))
        return invalidRequest(
            HttpPreparedText::tr("The secret “%1” is not in the keychain. Store it, or choose another one "
                                 "for this monitor.")
                .arg(missing->name));
    if (check.authentication.kind == HttpAuthentication::Kind::Bearer &&
        check.authentication.password.value.isEmpty())
        return invalidRequest(HttpPreparedText::tr(
            "The monitor shows a token, but none is chosen. Choose one of the keychain."));
    return {};
}

Result<void> checkRoute(const HttpCheck &check)
{
    if (!check.connectTo.isEmpty() && !parseEndpoint(check.connectTo, portOf(check.url)))
        return invalidRequest(
            HttpPreparedText::tr("“%1” is not host:port. Correct the monitor's address to connect to.")
                .arg(check.connectTo));
    if (!check.proxy.isEmpty() && !parseProxy(check.proxy))
        return invalidRequest(
            HttpPreparedText::tr("The monitor's proxy is not an address such as http://host:port or "
                                 "socks5://host:port. Correct it."));
    return {};
}

} // namespace

Result<HttpCheck> prepared(HttpCheck check)
{
    if (!isWeb(check.url))
        return invalidRequest(
            HttpPreparedText::tr("“%1” is not an http or https address. Correct the monitor's URL.")
                .arg(readableUrl(check.url)));
    for (const auto &step : {&checkHeaders, &checkSecrets, &checkRoute})
        if (auto fine = step(check); !fine)
            return tl::make_unexpected(fine.error());
    const bool hasUser = !check.url.userInfo().isEmpty();
    if (hasUser && check.authentication.kind == HttpAuthentication::Kind::None &&
        headerValue(check.headers, "Authorization").isNull()) {
        const QString pair =
            check.url.userName(QUrl::FullyDecoded) + u':' + check.url.password(QUrl::FullyDecoded);
        check.headers.prepend({QByteArrayLiteral("Authorization"), "Basic " + pair.toUtf8().toBase64()});
    }
    check.url = check.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    return check;
}

} // namespace backwatch
