// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/pageresource.h"

#include <QRegularExpression>

namespace backwatch {

std::optional<QUrl> resourceNamedIn(const Exchange &page)
{
    // A page is somebody else's text: a short value between quotes, nothing to go back over.
    static const QRegularExpression reference(QStringLiteral("(?:src|href)=[\"']([^\"'<>\\s]{1,500}+)[\"']"),
                                              QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression isFile(QStringLiteral("\\.(?:css|js|ico|png|gif|jpe?g|svg|webp|woff2?)$"),
                                           QRegularExpression::CaseInsensitiveOption);
    const QString text = QString::fromUtf8(page.body.left(Exchange::kBodyLimit));
    for (auto found = reference.globalMatch(text); found.hasNext();) {
        QString value = found.next().captured(1);
        value.replace(QStringLiteral("&amp;"), QStringLiteral("&"))
            .replace(QStringLiteral("&#038;"), QStringLiteral("&"));
        const QUrl url = page.url.resolved(QUrl(value)).adjusted(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
        if (url.isValid() && url.scheme() == page.url.scheme() && url.host() == page.url.host() &&
            url.port() == page.url.port() && isFile.match(url.path()).hasMatch())
            return url;
    }
    return std::nullopt;
}

} // namespace backwatch
