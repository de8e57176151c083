// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/httpheader.h"

#include <QUrl>

namespace backwatch {

inline bool isSecure(const QUrl &url)
{
    return url.scheme() == QLatin1String("https");
}

inline bool isWeb(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

/// With the scheme's own one where the URL names none.
inline int portOf(const QUrl &url)
{
    constexpr int kHttps = 443;
    constexpr int kHttp = 80;
    return url.port(isSecure(url) ? kHttps : kHttp);
}

inline bool isField(const HttpHeader &header, QByteArrayView name)
{
    return header.name.compare(name, Qt::CaseInsensitive) == 0;
}

} // namespace backwatch
