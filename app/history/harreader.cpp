// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/evidencecodec.h"
#include "app/history/historytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray bytes(const QJsonObject &object, QLatin1StringView key)
{
    const QString text = object.value(key).toString();
    return object.value("_charset"_L1).toString() == "latin1"_L1 ? text.toLatin1() : text.toUtf8();
}

HttpHeaders headersFrom(const QJsonArray &array)
{
    HttpHeaders headers;
    headers.reserve(array.size());
    for (const auto &value : array) {
        const QJsonObject header = value.toObject();
        // Chromium lists the pseudo headers of HTTP/2 (":status") beside those that were sent as headers.
        if (header.value("name"_L1).toString().startsWith(u':'))
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

Phases phasesFrom(const QJsonObject &entry)
{
    const QJsonObject timings = entry.value("timings"_L1).toObject();
    Phases phases;
    phases.dns = phase(timings, "dns"_L1);
    phases.connect = phase(timings, "connect"_L1);
    phases.tls = phase(timings, "ssl"_L1);
    if (phases.connect && phases.tls)
        phases.connect = std::max(microseconds(0), *phases.connect - *phases.tls);
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

void readResponse(const QJsonObject &response, Exchange &exchange)
{
    exchange.status = response.value("status"_L1).toInt();
    exchange.httpVersion = versionFrom(response.value("httpVersion"_L1).toString());
    exchange.reason = bytes(response, "statusText"_L1);
    exchange.responseHeaders = headersFrom(response.value("headers"_L1).toArray());
    const QByteArray body = bodyFrom(response.value("content"_L1).toObject());
    exchange.body = body.first(qMin(body.size(), Exchange::kBodyLimit));
    const auto size = response.value("bodySize"_L1).toInteger(-1);
    exchange.bodySize = size >= 0 ? size : body.size();
}

/// Members of ours may stand beside the response or, where a browser puts its own, within it.
QJsonValue ownMember(const QJsonObject &entry, QLatin1StringView key)
{
    const auto value = entry.value(key);
    return value.isUndefined() ? entry.value("response"_L1).toObject().value(key) : value;
}

struct NetError
{
    QLatin1StringView word;
    Outcome outcome;
};

// As Chromium names them in _error, "net::ERR_CONNECTION_REFUSED"; see net/base/net_error_list.h there.
constexpr std::array kNetErrors{
    NetError{"NAME_NOT_RESOLVED"_L1, Outcome::DnsNotFound},
    NetError{"DNS_TIMED_OUT"_L1, Outcome::DnsTimeout},
    NetError{"NAME_RESOLUTION_FAILED"_L1, Outcome::DnsFailure},
    NetError{"CONNECTION_REFUSED"_L1, Outcome::ConnectRefused},
    NetError{"CONNECTION_TIMED_OUT"_L1, Outcome::ConnectTimeout},
    NetError{"ADDRESS_UNREACHABLE"_L1, Outcome::Unreachable},
    NetError{"INTERNET_DISCONNECTED"_L1, Outcome::LocalNetwork},
    NetError{"NETWORK_CHANGED"_L1, Outcome::LocalNetwork},
    NetError{"CERT_DATE_INVALID"_L1, Outcome::TlsExpired},
    NetError{"CERT_COMMON_NAME_INVALID"_L1, Outcome::TlsNameMismatch},
    NetError{"CERT_AUTHORITY_INVALID"_L1, Outcome::TlsUntrusted},
    NetError{"CERT_"_L1, Outcome::TlsUntrusted},
    NetError{"SSL_"_L1, Outcome::TlsHandshake},
    NetError{"TOO_MANY_REDIRECTS"_L1, Outcome::RedirectLoop},
    NetError{"EMPTY_RESPONSE"_L1, Outcome::ClosedEarly},
    NetError{"CONNECTION_CLOSED"_L1, Outcome::ClosedEarly},
    NetError{"CONNECTION_RESET"_L1, Outcome::ClosedEarly},
    NetError{"CONNECTION_ABORTED"_L1, Outcome::ClosedEarly},
    NetError{"TIMED_OUT"_L1, Outcome::FirstByteTimeout},
    NetError{"INVALID_HTTP_RESPONSE"_L1, Outcome::MalformedResponse},
    NetError{"INVALID_RESPONSE"_L1, Outcome::MalformedResponse},
    NetError{"RESPONSE_HEADERS_"_L1, Outcome::MalformedResponse},
    NetError{"HTTP2_"_L1, Outcome::ProtocolError},
    NetError{"QUIC_"_L1, Outcome::ProtocolError},
    NetError{"ABORTED"_L1, Outcome::Cancelled},
};

std::optional<Outcome> browserOutcome(const QString &error)
{
    const auto prefix = "net::ERR_"_L1;
    if (!error.startsWith(prefix))
        return std::nullopt;
    const QString word = error.sliced(prefix.size());
    const auto known = std::find_if(kNetErrors.begin(), kNetErrors.end(),
                                    [&word](const NetError &one) { return word.startsWith(one.word); });
    return known == kNetErrors.end() ? Outcome::Internal : known->outcome;
}

Outcome outcomeFrom(const QJsonObject &entry, int status)
{
    for (const auto key : {"_outcome"_L1, "_error"_L1})
        if (const auto outcome = outcomeFromId(ownMember(entry, key).toString()))
            return *outcome;
    // A browser that got a status and then lost the connection has both.
    if (status == 0)
        return browserOutcome(ownMember(entry, "_error"_L1).toString()).value_or(Outcome::Internal);
    return status < 400 ? Outcome::Ok : Outcome::HttpStatus;
}

/// Ours says so; Chromium gives a status and the error that ended the body.
bool truncatedFrom(const QJsonObject &entry, int status)
{
    if (ownMember(entry, "_truncated"_L1).toBool())
        return true;
    static const QStringList kCutShort{u"net::ERR_CONTENT_LENGTH_MISMATCH"_s,
                                       u"net::ERR_INCOMPLETE_CHUNKED_ENCODING"_s,
                                       u"net::ERR_CONNECTION_CLOSED"_s, u"net::ERR_CONNECTION_RESET"_s};
    return status != 0 && kCutShort.contains(ownMember(entry, "_error"_L1).toString());
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

Exchange exchangeFrom(const QJsonObject &entry)
{
    const QJsonObject request = entry.value("request"_L1).toObject();
    Exchange exchange;
    exchange.startedAt = parseTimestamp(entry.value("startedDateTime"_L1).toString()).value_or(0);
    exchange.method = request.value("method"_L1).toString().toLatin1();
    exchange.url = QUrl(request.value("url"_L1).toString());
    exchange.requestHeaders = headersFrom(request.value("headers"_L1).toArray());
    readResponse(entry.value("response"_L1).toObject(), exchange);
    exchange.outcome = outcomeFrom(entry, exchange.status);
    exchange.detail = entry.value("_detail"_L1).toString();
    exchange.truncated = truncatedFrom(entry, exchange.status);
    exchange.phases = phasesFrom(entry);
    exchange.address = addressFrom(entry.value("serverIPAddress"_L1).toString());
    const qint64 port = entry.value("_port"_L1).toInteger();
    exchange.port = port > 0 && port <= 65535 ? static_cast<quint16>(port) : quint16(0);
    exchange.certificate = certificateFrom(entry);
    return exchange;
}

} // namespace

Result<Exchange> exchangeFromHar(const QByteArray &har)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(har, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(Error::Kind::Unreadable,
                       HistoryText::tr("This is not a HAR file: at byte %1 %2. Save the recording again.")
                           .arg(error.offset)
                           .arg(error.errorString()));
    const QJsonArray entries = document.object().value("log"_L1).toObject().value("entries"_L1).toArray();
    if (entries.isEmpty() || !entries.last().isObject())
        return failure(
            Error::Kind::Unreadable,
            HistoryText::tr("This HAR file holds no exchange. Record at least one request and save it "
                            "again."));
    return exchangeFrom(entries.last().toObject());
}

} // namespace backwatch
