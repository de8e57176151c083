// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/redaction.h"

namespace backwatch {

namespace {

const QByteArray kRemoved = QByteArrayLiteral("[removed]");

bool is(const HttpHeader &header, QByteArrayView name)
{
    return header.name.compare(name, Qt::CaseInsensitive) == 0;
}

QByteArray withoutCookieValue(const QByteArray &cookie)
{
    const auto end = cookie.indexOf(';');
    const auto equals = cookie.indexOf('=');
    if (equals < 0 || (end >= 0 && equals > end))
        return kRemoved;
    return cookie.first(equals + 1) + kRemoved + (end >= 0 ? cookie.sliced(end) : QByteArray());
}

void redact(HttpHeaders &headers)
{
    for (auto &header : headers) {
        if (is(header, "Authorization") || is(header, "Proxy-Authorization") || is(header, "Cookie"))
            header.value = kRemoved;
        else if (is(header, "Set-Cookie"))
            header.value = withoutCookieValue(header.value);
    }
}

} // namespace

Exchange redacted(Exchange exchange)
{
    redact(exchange.requestHeaders);
    redact(exchange.responseHeaders);
    exchange.url.setUserInfo({});
    return exchange;
}

} // namespace backwatch
