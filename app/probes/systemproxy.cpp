// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/systemproxy.h"

#include <QNetworkProxyFactory>

namespace backwatch {

namespace {
constexpr qsizetype kMostKept = 20'000;
}

void SystemProxy::settle(HttpCheck &check, qint64 nowMs)
{
    if (check.proxy != QLatin1String("system"))
        return;
    const QString key =
        check.url.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
            .toString();
    auto kept = m_kept.find(key);
    if (kept == m_kept.end() || kept->until < nowMs) {
        if (m_kept.size() >= kMostKept)
            m_kept.clear();
        kept = m_kept.insert(key, ask(check.url, nowMs + kKeepForMs));
    }
    check.proxy = kept->proxy;
    check.proxyPassword = {{}, kept->password};
}

SystemProxy::Kept SystemProxy::ask(const QUrl &url, qint64 until)
{
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    for (const QNetworkProxy &proxy : proxies) {
        QUrl address;
        if (proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::HttpCachingProxy)
            address.setScheme(QStringLiteral("http"));
        else if (proxy.type() == QNetworkProxy::Socks5Proxy)
            address.setScheme(QStringLiteral("socks5h"));
        else if (proxy.type() == QNetworkProxy::NoProxy)
            return {{}, {}, until};
        else
            continue;
        address.setHost(proxy.hostName());
        address.setPort(proxy.port());
        address.setUserName(proxy.user());
        return {address.toString(), proxy.password(), until};
    }
    return {{}, {}, until};
}

} // namespace backwatch
