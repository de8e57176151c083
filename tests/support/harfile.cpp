// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/harfile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace backwatch {

namespace {

HttpHeaders readHeaders(const QJsonValue &value)
{
    HttpHeaders headers;
    const auto list = value.toArray();
    for (const auto &one : list)
        headers.append({one[QStringLiteral("name")].toString().toLatin1(),
                        one[QStringLiteral("value")].toString().toLatin1()});
    return headers;
}

std::optional<microseconds> phase(const QJsonValue &timings, const QString &name)
{
    const double ms = timings[name].toDouble(-1);
    if (ms < 0)
        return std::nullopt;
    return microseconds(std::llround(ms * 1000));
}

Phases readPhases(const QJsonValue &timings)
{
    Phases phases;
    phases.dns = phase(timings, QStringLiteral("dns"));
    phases.connect = phase(timings, QStringLiteral("connect"));
    phases.tls = phase(timings, QStringLiteral("ssl"));
    if (phases.connect && phases.tls) // HAR counts ssl within connect
        *phases.connect -= std::min(*phases.connect, *phases.tls);
    phases.send = phase(timings, QStringLiteral("send"));
    phases.wait = phase(timings, QStringLiteral("wait"));
    phases.receive = phase(timings, QStringLiteral("receive"));
    for (const auto &one : {phases.dns, phases.connect, phases.tls, phases.send, phases.wait, phases.receive})
        phases.total += one.value_or(microseconds{0});
    return phases;
}

void readResponse(const QJsonValue &response, Exchange &exchange)
{
    exchange.status = response[QStringLiteral("status")].toInt();
    exchange.reason = response[QStringLiteral("statusText")].toString().toLatin1();
    exchange.httpVersion = response[QStringLiteral("httpVersion")].toString().section(u'/', -1);
    exchange.responseHeaders = readHeaders(response[QStringLiteral("headers")]);
    const auto content = response[QStringLiteral("content")];
    const QByteArray text = content[QStringLiteral("text")].toString().toUtf8();
    const bool encoded = content[QStringLiteral("encoding")].toString() == u"base64";
    exchange.body = (encoded ? QByteArray::fromBase64(text) : text)
                        .first(std::min(encoded ? QByteArray::fromBase64(text).size() : text.size(),
                                        Exchange::kBodyLimit));
    exchange.bodySize = content[QStringLiteral("size")].toInteger();
}

} // namespace

Result<Exchange> readHarFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Kind::Unreadable, QStringLiteral("%1 cannot be read.").arg(fileName));
    const auto document = QJsonDocument::fromJson(file.readAll());
    const auto entries = document[QStringLiteral("log")][QStringLiteral("entries")].toArray();
    if (entries.isEmpty())
        return failure(Error::Kind::Invalid, QStringLiteral("%1 holds no exchange.").arg(fileName));
    const QJsonValue entry = entries.last();
    const auto request = entry[QStringLiteral("request")];

    Exchange exchange;
    exchange.startedAt = parseTimestamp(entry[QStringLiteral("startedDateTime")].toString()).value_or(0);
    exchange.method = request[QStringLiteral("method")].toString().toLatin1();
    exchange.url = QUrl(request[QStringLiteral("url")].toString());
    exchange.requestHeaders = readHeaders(request[QStringLiteral("headers")]);
    readResponse(entry[QStringLiteral("response")], exchange);
    exchange.phases = readPhases(entry[QStringLiteral("timings")]);
    exchange.truncated = entry[QStringLiteral("_truncated")].toBool();
    const auto error = outcomeFromId(entry[QStringLiteral("_error")].toString());
    const bool good = exchange.status >= 200 && exchange.status < 300;
    exchange.outcome = error.value_or(good ? Outcome::Ok : Outcome::HttpStatus);
    exchange.detail =
        QString(QString::number(exchange.status) + u' ' + QString::fromLatin1(exchange.reason)).trimmed();
    return exchange;
}

} // namespace backwatch
