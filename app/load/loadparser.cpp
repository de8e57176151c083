// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/load/loadparser.h"

#include "app/load/apacheload.h"
#include "app/load/haproxyload.h"
#include "app/load/loadtext.h"
#include "app/load/nginxload.h"
#include "app/load/phpfpmload.h"
#include "app/load/prometheusload.h"

#include <array>

namespace backwatch {

namespace {

struct Kind
{
    const char16_t *id;
    const char16_t *name;
    Result<LoadReport> (*parse)(QByteArrayView);
};

constexpr std::array kKinds{
    Kind{u"prometheus", u"Prometheus", parsePrometheusLoad},
    Kind{u"nginx", u"nginx", parseNginxStatus},
    Kind{u"apache", u"Apache", parseApacheStatus},
    Kind{u"haproxy", u"HAProxy", parseHaproxyStatistics},
    Kind{u"php-fpm", u"PHP-FPM", parsePhpFpmStatus},
};

} // namespace

Result<LoadReport> parseLoad(QStringView kind, QByteArrayView text)
{
    if (text.size() > kMostLoadBytes)
        return failure(Error::Kind::Invalid,
                       LoadText::tr("More than %1 MiB came, which no status page has. Check the address of "
                                    "this load source.")
                           .arg(kMostLoadBytes / 1024 / 1024));
    for (const auto &known : kKinds)
        if (kind == known.id)
            return known.parse(text);
    return failure(Error::Kind::Invalid,
                   LoadText::tr("Load cannot be read from “%1”. Known are prometheus, nginx, apache, haproxy "
                                "and php-fpm.")
                       .arg(kind));
}

QString loadSourceName(QStringView kind)
{
    for (const auto &known : kKinds)
        if (kind == known.id)
            return QString::fromUtf16(known.name);
    return kind.toString();
}

} // namespace backwatch
