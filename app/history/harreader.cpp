// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/evidencecodec.h"
#include "app/history/harchoice.h"
#include "app/history/historytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray bytes(const QJsonObject &object, QLatin1StringView key)
{
    const QString text = object.value(key).toString();
    return object.value("_charset"_L1).toString() == "latin1"_L1 ? text.toLatin1() : text.toUtf8();
}

/// Chromium lists the pseudo headers of HTTP/2 (":status") beside those that were sent as headers; Firefox
/// adds one of its own to the answer.
bool isOfBrowser(const QString &name)
{
    return name.startsWith(u':') || name.compare("X-Firefox-Spdy"_L1, Qt::CaseInsensitive) == 0 ||
           name.compare("X-Firefox-Http3"_L1, Qt::CaseInsensitive) == 0;
}

HttpHeaders headersFrom(const QJsonArray &array)
{
    HttpHeaders headers;
    headers.reserve(array.size());
    for (const auto &value : array) {
        const QJsonObject header = value.toObject();
        if (isOfBrowser(header.value("name"_L1).toString()))
            continue;
        headers.append({bytes(header, "name"_L1), bytes(header, "value"_L1)});
    }
    return headers;
}

/// Milliseconds as HAR has them; -1, null and absent all say that the phase did not happen.
std::optional<microseconds> phase(const QJsonObject &timings, QLatin1StringView key)
{
    constexpr double kLongest = 1e10; // a third of a year; keeps the conversion inside the range of integers
    const double value = timings.value(key).toDouble(-1);
    if (!(value >= 0) || value > kLongest)
        return std::nullopt;
    return microseconds(std::llround(value * 1000));
}

/// Firefox has whole milliseconds, 0 for what did not happen, and TLS beside connect instead of within.
void readConnecting(const QJsonObject &timings, Browser by, Phases &phases)
{
    phases.dns = phase(timings, "dns"_L1);
    phases.connect = phase(timings, "connect"_L1);
    phases.tls = phase(timings, "ssl"_L1);
    if (by == Browser::Firefox) {
        for (auto *one : {&phases.dns, &phases.connect, &phases.tls})
            if (*one == microseconds(0))
                one->reset();
    } else if (phases.connect && phases.tls) {
        phases.connect = std::max(microseconds(0), *phases.connect - *phases.tls);
    }
}

Phases phasesFrom(const QJsonObject &entry, Browser by)
{
    const QJsonObject timings = entry.value("timings"_L1).toObject();
    Phases phases;
    readConnecting(timings, by, phases);
    phases.send = phase(timings, "send"_L1);
    phases.wait = phase(timings, "wait"_L1);
    phases.receive = phase(timings, "receive"_L1);
    phases.total = phase(entry, "time"_L1).value_or(microseconds(0));
    return phases;
}

// "HTTP/1.1", "http/2.0" and "h2" are all seen.
QString versionFrom(const QString &text)
{
    const QString lower = text.toLower();
    QString version = lower.startsWith("http/"_L1) ? lower.mid(5)
                      : lower.startsWith(u'h')     ? lower.mid(1)
                                                   : QString();
    if (version == "2.0"_L1 || version == "3.0"_L1)
        version.chop(2);
    return version;
}

QByteArray bodyFrom(const QJsonObject &content)
{
    const QByteArray text = content.value("text"_L1).toString().toUtf8();
    if (content.value("encoding"_L1).toString() == "base64"_L1)
        return QByteArray::fromBase64(text);
    return text;
}

/// The bodySize of browsers counts headers in, or what came over the wire. The size of the content counts
/// what was unpacked, in Firefox only where the text is left out. A text that is there and empty is one.
qint64 bodySizeFrom(const QJsonObject &response, Browser by, qsizetype bodySize)
{
    const QJsonObject content = response.value("content"_L1).toObject();
    const qint64 unpacked = content.value("size"_L1).toInteger(-1);
    const qint64 received = response.value("bodySize"_L1).toInteger(-1);
    if (by != Browser::None)
        return std::max<qint64>(unpacked, bodySize);
    if (!content.contains("text"_L1))
        return std::max<qint64>(unpacked >= 0 ? unpacked : received, 0);
    return bodySize > 0 && received >= 0 ? received : bodySize;
}

void readResponse(const QJsonObject &response, Browser by, Exchange &exchange)
{
    exchange.status = response.value("status"_L1).toInt();
    exchange.httpVersion = versionFrom(response.value("httpVersion"_L1).toString());
    exchange.reason = bytes(response, "statusText"_L1);
    exchange.responseHeaders = headersFrom(response.value("headers"_L1).toArray());
    // Without an answer Chromium may give the page that it showed itself.
    const QByteArray body =
        exchange.status == 0 ? QByteArray() : bodyFrom(response.value("content"_L1).toObject());
    exchange.body = body.first(qMin(body.size(), Exchange::kBodyLimit));
    exchange.bodySize = bodySizeFrom(response, by, body.size());
}

std::optional<Certificate> certificateFrom(const QJsonObject &entry)
{
    const auto value = entry.value("_certificate"_L1);
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    return Certificate{object.value("subject"_L1).toString(), object.value("issuer"_L1).toString(),
                       parseTimestamp(object.value("notAfter"_L1).toString()).value_or(0)};
}

// Firefox writes IPv6 addresses in brackets.
QString addressFrom(QString address)
{
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.sliced(1, address.size() - 2);
    return address;
}

Exchange exchangeFrom(const QJsonObject &entry, Browser by)
{
    const QJsonObject request = entry.value("request"_L1).toObject();
    Exchange exchange;
    exchange.startedAt = parseTimestamp(entry.value("startedDateTime"_L1).toString()).value_or(0);
    exchange.method = request.value("method"_L1).toString().toLatin1();
    exchange.url = QUrl(request.value("url"_L1).toString());
    exchange.requestHeaders = headersFrom(request.value("headers"_L1).toArray());
    readResponse(entry.value("response"_L1).toObject(), by, exchange);
    exchange.outcome = outcomeOfEntry(entry, by);
    exchange.detail = entry.value("_detail"_L1).toString();
    exchange.truncated = isCutShort(entry, by);
    exchange.phases = phasesFrom(entry, by);
    if (exchange.status == 0 && by != Browser::None) // they have 0 there for what did not happen
        for (auto *one : {&exchange.phases.send, &exchange.phases.wait, &exchange.phases.receive})
            if (*one == microseconds(0))
                one->reset();
    exchange.address = addressFrom(entry.value("serverIPAddress"_L1).toString());
    const qint64 port = entry.value("_port"_L1).toInteger();
    exchange.port = port > 0 && port <= 65535 ? static_cast<quint16>(port) : quint16(0);
    exchange.certificate = certificateFrom(entry);
    return exchange;
}

} // namespace

Result<RecordedExchange> recordedExchange(const QByteArray &har)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(har, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(Error::Kind::Unreadable,
                       HistoryText::tr("This is not a HAR file: at byte %1 %2. Save the recording again.")
                           .arg(error.offset)
                           .arg(error.errorString()));
    const QJsonObject log = document.object().value("log"_L1).toObject();
    const QJsonArray entries = log.value("entries"_L1).toArray();
    const Browser by = browserOf(log);
    const auto chosen = entryToExplain(entries, by);
    if (!chosen)
        return failure(
            Error::Kind::Unreadable,
            HistoryText::tr("This HAR file holds no exchange. Record at least one request and save it "
                            "again."));
    return RecordedExchange{exchangeFrom(entries.at(*chosen).toObject(), by), *chosen + 1, entries.size()};
}

Result<Exchange> exchangeFromHar(const QByteArray &har)
{
    auto recorded = recordedExchange(har);
    if (!recorded)
        return tl::make_unexpected(recorded.error());
    return std::move(recorded->exchange);
}

} // namespace backwatch
