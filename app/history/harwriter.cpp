// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/evidencecodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

double ms(microseconds duration)
{
    return static_cast<double>(duration.count()) / 1000.0;
}

double ms(std::optional<microseconds> duration)
{
    return duration ? ms(*duration) : -1;
}

bool isText(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).toUtf8() == bytes;
}

// Names and values on the wire are bytes; those that are no UTF-8 are kept as Latin-1 and marked.
QJsonObject pair(const QByteArray &name, const QByteArray &value)
{
    const bool text = isText(name) && isText(value);
    const auto read = [text](const QByteArray &bytes) {
        return text ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
    };
    QJsonObject object{{u"name"_s, read(name)}, {u"value"_s, read(value)}};
    if (!text)
        object.insert("_charset"_L1, u"latin1"_s);
    return object;
}

QJsonArray headersJson(const HttpHeaders &headers)
{
    QJsonArray array;
    for (const auto &header : headers)
        array.append(pair(header.name, header.value));
    return array;
}

QJsonArray queryJson(const QUrl &url)
{
    QJsonArray array;
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        array.append(QJsonObject{{u"name"_s, name}, {u"value"_s, value}});
    return array;
}

QString versionJson(const QString &version)
{
    return version.isEmpty() ? QString() : u"HTTP/"_s + version;
}

QJsonObject requestJson(const Exchange &exchange)
{
    return {{u"method"_s, QString::fromLatin1(exchange.method)},
            {u"url"_s, QString::fromLatin1(exchange.url.toEncoded())},
            {u"httpVersion"_s, versionJson(exchange.httpVersion)},
            {u"cookies"_s, QJsonArray()},
            {u"headers"_s, headersJson(exchange.requestHeaders)},
            {u"queryString"_s, queryJson(exchange.url)},
            {u"headersSize"_s, -1},
            {u"bodySize"_s, -1}};
}

QJsonObject contentJson(const Exchange &exchange)
{
    QJsonObject content{
        {u"size"_s, exchange.body.size()},
        {u"mimeType"_s, QString::fromLatin1(headerValue(exchange.responseHeaders, "Content-Type"))}};
    if (isText(exchange.body)) {
        content.insert("text"_L1, QString::fromUtf8(exchange.body));
    } else {
        content.insert("text"_L1, QString::fromLatin1(exchange.body.toBase64()));
        content.insert("encoding"_L1, u"base64"_s);
    }
    return content;
}

QJsonObject responseJson(const Exchange &exchange)
{
    const bool text = isText(exchange.reason);
    QJsonObject response{
        {u"status"_s, exchange.status},
        {u"statusText"_s, text ? QString::fromUtf8(exchange.reason) : QString::fromLatin1(exchange.reason)},
        {u"httpVersion"_s, versionJson(exchange.httpVersion)},
        {u"cookies"_s, QJsonArray()},
        {u"headers"_s, headersJson(exchange.responseHeaders)},
        {u"content"_s, contentJson(exchange)},
        {u"redirectURL"_s, QString::fromLatin1(headerValue(exchange.responseHeaders, "Location"))},
        {u"headersSize"_s, -1},
        {u"bodySize"_s, exchange.bodySize}};
    if (!text)
        response.insert("_charset"_L1, u"latin1"_s);
    return response;
}

// In HAR, connect includes the TLS handshake.
QJsonObject timingsJson(const Phases &phases)
{
    std::optional<microseconds> connect = phases.connect;
    if (connect && phases.tls)
        *connect += *phases.tls;
    return {{u"blocked"_s, -1},
            {u"dns"_s, ms(phases.dns)},
            {u"connect"_s, ms(connect)},
            {u"ssl"_s, ms(phases.tls)},
            {u"send"_s, ms(phases.send)},
            {u"wait"_s, ms(phases.wait)},
            {u"receive"_s, ms(phases.receive)}};
}

QJsonObject certificateJson(const Certificate &certificate)
{
    return {{u"subject"_s, certificate.subject},
            {u"issuer"_s, certificate.issuer},
            {u"notAfter"_s, formatTimestamp(certificate.notAfter)}};
}

QJsonObject entryJson(const Exchange &exchange)
{
    QJsonObject entry{{u"startedDateTime"_s, formatTimestamp(exchange.startedAt)},
                      {u"time"_s, ms(exchange.phases.total)},
                      {u"request"_s, requestJson(exchange)},
                      {u"response"_s, responseJson(exchange)},
                      {u"cache"_s, QJsonObject()},
                      {u"timings"_s, timingsJson(exchange.phases)},
                      {u"_outcome"_s, outcomeId(exchange.outcome).toString()},
                      {u"_detail"_s, exchange.detail}};
    if (!exchange.address.isEmpty())
        entry.insert("serverIPAddress"_L1, exchange.address);
    if (exchange.port != 0)
        entry.insert("_port"_L1, exchange.port);
    if (exchange.truncated)
        entry.insert("_truncated"_L1, true);
    if (exchange.status == 0)
        entry.insert("_error"_L1, outcomeId(exchange.outcome).toString());
    if (exchange.certificate)
        entry.insert("_certificate"_L1, certificateJson(*exchange.certificate));
    return entry;
}

} // namespace

QByteArray harFromExchange(const Exchange &exchange)
{
    const QJsonObject log{{u"version"_s, u"1.2"_s},
                          {u"creator"_s, QJsonObject{{u"name"_s, u"Backwatch"_s},
                                                     {u"version"_s, QStringLiteral(BACKWATCH_VERSION)}}},
                          {u"entries"_s, QJsonArray{entryJson(exchange)}}};
    return QJsonDocument(QJsonObject{{u"log"_s, log}}).toJson(QJsonDocument::Compact);
}

} // namespace backwatch
