// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/signs.h"

#include "app/diagnosis/verdicttext.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace backwatch {

namespace {

constexpr milliseconds kInstant{200};
constexpr milliseconds kLong{900};
/// A time-out fires a little late, never early: some event loops count in steps of 10 ms and more.
constexpr qint64 kRoundLateMs = 60;
constexpr qint64 kRoundEarlyMs = 15;
constexpr double kTimeoutTolerance = 0.03;

Role roleOf(Layer layer)
{
    switch (layer) {
    case Layer::Edge:
    case Layer::Balancer:
    case Layer::Cache:
    case Layer::WebServer:
        return Role::Gateway;
    case Layer::Runtime:
    case Layer::Application:
    case Layer::Database:
        return Role::Application;
    default:
        return Role::Unknown;
    }
}

milliseconds waitedFor(const Exchange &exchange)
{
    const auto zero = microseconds(0);
    const auto wait = exchange.phases.wait.value_or(zero);
    const auto receive = exchange.truncated ? exchange.phases.receive.value_or(zero) : zero;
    return std::chrono::duration_cast<milliseconds>(std::max(wait, receive));
}

bool isAt(milliseconds waited, milliseconds timeout)
{
    const auto late = waited.count() - timeout.count();
    const auto slack =
        std::max(kTimeoutTolerance * static_cast<double>(timeout.count()), static_cast<double>(kRoundLateMs));
    return late >= -kRoundEarlyMs && static_cast<double>(late) <= slack;
}

bool isRound(milliseconds waited)
{
    const auto beyond = waited.count() % 1000;
    return beyond <= kRoundLateMs || beyond >= 1000 - kRoundEarlyMs;
}

void measureWait(const Exchange &exchange, const Recognition &recognition,
                 std::optional<milliseconds> configured, Signs &signs)
{
    if (!exchange.phases.wait)
        return;
    signs.waited = waitedFor(exchange);
    if (configured && isAt(signs.waited, *configured)) {
        signs.timeout = KnownTimeout{*configured, {}, CauseKind::UpstreamTimeout};
        signs.timeoutIsConfigured = true;
    }
    for (const auto &known : recognition.timeouts)
        if (!signs.timeout && known.after >= kLong && isAt(signs.waited, known.after))
            signs.timeout = known;
    signs.wait = signs.timeout             ? Wait::AtTimeout
                 : signs.waited < kInstant ? Wait::Instant
                 : signs.waited < kLong    ? Wait::Some
                 : isRound(signs.waited)   ? Wait::Round
                                           : Wait::Long;
}

QString storedSign(const Exchange &exchange, const StandardSignals &standard)
{
    if (standard.age && standard.age->count() > 0)
        return VerdictText::tr("The answer carries Age: %1, so it lay in a cache for that many seconds.")
            .arg(standard.age->count());
    if (standard.isStored())
        return VerdictText::tr("Cache-Status says that the answer came out of a cache.");
    // Each cache on the way adds its word; the last one is the nearest.
    const QString xCache = QString::fromLatin1(headerValue(exchange.responseHeaders, "X-Cache"));
    static const QRegularExpression hit(QStringLiteral("(?:^|,)\\s*(?:TCP_\\w*)?HIT\\b[^,]{0,200}$"),
                                        QRegularExpression::CaseInsensitiveOption);
    if (xCache.size() < 500 && hit.match(xCache).hasMatch())
        return VerdictText::tr("The answer carries X-Cache: %1, so it came out of a cache.").arg(xCache);
    const QString cf = QString::fromLatin1(headerValue(exchange.responseHeaders, "CF-Cache-Status"));
    if (cf == QStringLiteral("HIT") || cf == QStringLiteral("STALE"))
        return VerdictText::tr("The answer carries CF-Cache-Status: %1, so it came out of a cache.").arg(cf);
    const QString xVarnish = QString::fromLatin1(headerValue(exchange.responseHeaders, "X-Varnish"));
    static const QRegularExpression two(QStringLiteral("^\\d{1,20} \\d{1,20}$"));
    if (two.match(xVarnish).hasMatch())
        return VerdictText::tr(
                   "The answer carries two numbers in X-Varnish (%1), so it was a hit in the cache.")
            .arg(xVarnish);
    return {};
}

bool hasTwoLengths(const HttpHeaders &headers)
{
    const QByteArray first = headerValue(headers, "Content-Length");
    return std::any_of(headers.begin(), headers.end(), [&first](const HttpHeader &header) {
        return header.name.compare("Content-Length", Qt::CaseInsensitive) == 0 && header.value != first;
    });
}

bool isOwnAddress(const QString &host)
{
    const QHostAddress address(host);
    if (host == QStringLiteral("localhost") || address.isLoopback())
        return true;
    static const QStringList kPrivate{QStringLiteral("10.0.0.0/8"), QStringLiteral("172.16.0.0/12"),
                                      QStringLiteral("192.168.0.0/16"), QStringLiteral("fc00::/7")};
    return std::any_of(kPrivate.begin(), kPrivate.end(), [&address](const QString &network) {
        return address.isInSubnet(QHostAddress::parseSubnet(network));
    });
}

/// Back to the very same place, or to the same path at an address that only the servers themselves reach.
QString selfRedirect(const Exchange &exchange)
{
    const QByteArray field = headerValue(exchange.responseHeaders, "Location");
    if (exchange.status < 300 || exchange.status > 399 || exchange.status == 304 || field.isEmpty())
        return {};
    const QUrl to = exchange.url.resolved(QUrl::fromEncoded(field));
    const auto plain = [](QUrl url) {
        if (url.port() == (url.scheme() == QStringLiteral("https") ? 443 : 80))
            url.setPort(-1);
        if (url.path().isEmpty())
            url.setPath(QStringLiteral("/"));
        return url.adjusted(QUrl::RemoveFragment);
    };
    const bool same = plain(to) == plain(exchange.url);
    const bool inward = isOwnAddress(to.host()) && !isOwnAddress(exchange.url.host()) &&
                        plain(to).path() == plain(exchange.url).path() &&
                        to.scheme() == exchange.url.scheme();
    return same || inward ? to.toString() : QString();
}

bool asksForScript(const QUrl &url)
{
    const QString path = url.path();
    return path.contains(QStringLiteral(".php")) || path.contains(QStringLiteral("/cgi-bin/")) ||
           path.endsWith(QStringLiteral(".cgi")) || path.endsWith(QStringLiteral(".pl"));
}

} // namespace

Signs signsOf(const Exchange &exchange, const Recognition &recognition,
              std::optional<milliseconds> configured)
{
    Signs signs;
    signs.status = exchange.status;
    signs.outcome = exchange.outcome;
    signs.truncated = exchange.truncated;
    signs.producerLayer = recognition.layer;
    signs.role = roleOf(recognition.layer);
    signs.producer = recognition.name.isEmpty() ? VerdictText::tr("The server") : recognition.name;
    signs.emptyBody = exchange.body.isEmpty() && exchange.bodySize == 0;
    signs.script = asksForScript(exchange.url);
    measureWait(exchange, recognition, configured, signs);
    signs.pausesWhenRefused =
        std::any_of(recognition.timeouts.begin(), recognition.timeouts.end(),
                    [](const KnownTimeout &known) { return known.cause == CauseKind::UpstreamRefused; });
    signs.retryAfter = recognition.standard.retryAfter;
    signs.stored = storedSign(exchange, recognition.standard);
    signs.twoLengths = hasTwoLengths(exchange.responseHeaders);
    signs.selfRedirect = selfRedirect(exchange);
    return signs;
}

} // namespace backwatch
