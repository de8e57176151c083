// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/standardsignals.h"

#include "app/diagnosis/structuredlist.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

using std::chrono::seconds;

constexpr qsizetype kMostVia = 32;
constexpr qint64 kLongestWait = 365LL * 24 * 3600;

/// All fields of that name as one, as RFC 9110 allows for lists.
QByteArray joined(const HttpHeaders &headers, QByteArrayView name)
{
    QByteArray all;
    for (const auto &header : headers)
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            all += (all.isEmpty() ? "" : ", ") + header.value.trimmed();
    return all;
}

std::optional<seconds> wholeSeconds(const QByteArray &text)
{
    bool fine = false;
    const qint64 value = text.trimmed().toLongLong(&fine);
    if (!fine || value < 0)
        return std::nullopt;
    return seconds(std::min(value, kLongestWait));
}

std::optional<QDateTime> httpDate(const QByteArray &text)
{
    auto time = QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()),
                                        QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!time.isValid())
        return std::nullopt;
    time.setTimeSpec(Qt::UTC);
    return time;
}

/// A number of seconds, or a time that is taken against the server's own clock where it tells it.
std::optional<seconds> retryAfter(const Exchange &exchange)
{
    const QByteArray value = headerValue(exchange.responseHeaders, "Retry-After");
    if (const auto plain = wholeSeconds(value))
        return plain;
    const auto until = httpDate(value);
    if (!until)
        return std::nullopt;
    const auto now = httpDate(headerValue(exchange.responseHeaders, "Date"))
                         .value_or(QDateTime::fromMSecsSinceEpoch(exchange.startedAt, Qt::UTC));
    return seconds(std::clamp<qint64>(now.secsTo(*until), 0, kLongestWait));
}

QList<ProxyStatus> proxyStatus(const HttpHeaders &headers)
{
    QList<ProxyStatus> found;
    const auto members = parseStructuredList(joined(headers, "Proxy-Status"));
    for (const auto &member : members)
        found.append({member.value, member.parameter(u"error"), member.parameter(u"received-status").toInt(),
                      member.parameter(u"next-hop"), member.parameter(u"details")});
    return found;
}

QList<CacheStatus> cacheStatus(const HttpHeaders &headers)
{
    QList<CacheStatus> found;
    const auto members = parseStructuredList(joined(headers, "Cache-Status"));
    for (const auto &member : members)
        found.append({member.value, member.parameter(u"hit") == u"?1", member.parameter(u"fwd"),
                      member.parameter(u"fwd-status").toInt(), member.parameter(u"detail")});
    return found;
}

QList<ServerTiming> serverTiming(const HttpHeaders &headers)
{
    QList<ServerTiming> found;
    const auto members = parseStructuredList(joined(headers, "Server-Timing"));
    for (const auto &member : members)
        found.append({member.value, member.parameter(u"dur").toDouble(), member.parameter(u"desc")});
    return found;
}

QStringList via(const HttpHeaders &headers)
{
    QStringList members;
    const auto parts = joined(headers, "Via").split(',');
    for (const auto &part : parts)
        if (!part.trimmed().isEmpty() && members.size() < kMostVia)
            members.prepend(QString::fromLatin1(part.trimmed()));
    return members;
}

std::optional<ProblemDetails> problem(const Exchange &exchange)
{
    if (!headerValue(exchange.responseHeaders, "Content-Type")
             .toLower()
             .startsWith("application/problem+json"))
        return std::nullopt;
    const auto document = QJsonDocument::fromJson(exchange.body.left(Exchange::kBodyLimit));
    if (!document.isObject())
        return std::nullopt;
    const auto object = document.object();
    const auto text = [&](const char *key) { return object.value(QLatin1String(key)).toString(); };
    return ProblemDetails{text("type").isEmpty() ? QStringLiteral("about:blank") : text("type"),
                          text("title"), text("detail"), object.value(u"status").toInt()};
}

using Cause = CauseKind;
/// RFC 9209, section 2.3.
constexpr std::array<std::pair<QStringView, Cause>, 28> kProxyErrors{
    {{u"dns_timeout", Cause::UpstreamUnresolved},
     {u"dns_error", Cause::UpstreamUnresolved},
     {u"destination_not_found", Cause::Misconfigured},
     {u"destination_unavailable", Cause::UpstreamUnhealthy},
     {u"destination_ip_prohibited", Cause::Misconfigured},
     {u"destination_ip_unroutable", Cause::UpstreamUnreachable},
     {u"connection_refused", Cause::UpstreamRefused},
     {u"connection_terminated", Cause::UpstreamClosed},
     {u"connection_timeout", Cause::UpstreamUnreachable},
     {u"connection_read_timeout", Cause::UpstreamTimeout},
     {u"connection_write_timeout", Cause::UpstreamTimeout},
     {u"connection_limit_reached", Cause::Overload},
     {u"tls_protocol_error", Cause::UpstreamTls},
     {u"tls_certificate_error", Cause::UpstreamTls},
     {u"tls_alert_received", Cause::UpstreamTls},
     {u"http_request_denied", Cause::RateLimited},
     {u"http_response_incomplete", Cause::UpstreamClosed},
     {u"http_response_header_section_size", Cause::UpstreamInvalid},
     {u"http_response_header_size", Cause::UpstreamInvalid},
     {u"http_response_body_size", Cause::UpstreamInvalid},
     {u"http_response_trailer_section_size", Cause::UpstreamInvalid},
     {u"http_response_trailer_size", Cause::UpstreamInvalid},
     {u"http_response_transfer_coding", Cause::UpstreamInvalid},
     {u"http_response_content_coding", Cause::UpstreamInvalid},
     {u"http_response_timeout", Cause::UpstreamTimeout},
     {u"http_protocol_error", Cause::UpstreamInvalid},
     {u"proxy_configuration_error", Cause::Misconfigured},
     {u"proxy_loop_detected", Cause::Misconfigured}}};

} // namespace

std::optional<CauseKind> causeOfProxyError(QStringView type)
{
    const auto found = std::find_if(kProxyErrors.begin(), kProxyErrors.end(),
                                    [&](const auto &known) { return known.first == type; });
    if (found == kProxyErrors.end())
        return std::nullopt;
    return found->second;
}

const ProxyStatus *StandardSignals::maker() const
{
    const auto isMaker = [](const ProxyStatus &status) {
        return !status.error.isEmpty() && status.receivedStatus == 0;
    };
    const auto found = std::find_if(proxyStatus.begin(), proxyStatus.end(), isMaker);
    return found == proxyStatus.end() ? nullptr : &*found;
}

bool StandardSignals::isStored() const
{
    return (age && age->count() > 0) ||
           std::any_of(cacheStatus.begin(), cacheStatus.end(), [](const CacheStatus &c) { return c.hit; });
}

StandardSignals standardSignals(const Exchange &exchange)
{
    const auto &headers = exchange.responseHeaders;
    StandardSignals found;
    found.proxyStatus = proxyStatus(headers);
    found.cacheStatus = cacheStatus(headers);
    found.via = via(headers);
    found.retryAfter = retryAfter(exchange);
    found.age = wholeSeconds(headerValue(headers, "Age"));
    found.serverTiming = serverTiming(headers);
    found.problem = problem(exchange);
    return found;
}

} // namespace backwatch
