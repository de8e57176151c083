// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/proxyaddress.h"

#include <QUrl>

#include <array>
#include <utility>

namespace backwatch {

std::optional<ProxyAddress> parseProxy(const QString &text)
{
    using Kind = ProxyAddress::Kind;
    struct Scheme
    {
        QLatin1String name;
        Kind kind;
        int port;
    };
    constexpr std::array kSchemes{
        Scheme{QLatin1String("http"), Kind::Http, 3128},
        Scheme{QLatin1String("https"), Kind::Https, 443},
        Scheme{QLatin1String("socks5"), Kind::Socks5, 1080},
        Scheme{QLatin1String("socks5h"), Kind::Socks5h, 1080},
    };
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.hasQuery() || url.hasFragment() ||
        (!url.path().isEmpty() && url.path() != QLatin1String("/")))
        return std::nullopt;
    for (const Scheme &scheme : kSchemes)
        if (url.scheme() == scheme.name)
            return ProxyAddress{scheme.kind, url.host(QUrl::FullyEncoded), url.port(scheme.port),
                                url.userName(QUrl::FullyDecoded), url.password(QUrl::FullyDecoded)};
    return std::nullopt;
}

} // namespace backwatch
