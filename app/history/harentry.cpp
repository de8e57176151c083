// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/harentry.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace backwatch {

using namespace Qt::Literals::StringLiterals;

namespace {

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
    NetError{"BLOCKED_BY_"_L1, Outcome::Cancelled},
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

QString header(const QJsonObject &message, QLatin1StringView name)
{
    for (const auto &value : message.value("headers"_L1).toArray())
        if (value["name"_L1].toString().compare(name, Qt::CaseInsensitive) == 0)
            return value["value"_L1].toString();
    return {};
}

/// Firefox marks nothing, but counts what came: header and body together.
bool isShortInFirefox(const QJsonObject &response)
{
    const auto sizeOf = [&response](QLatin1StringView name) {
        return std::max<qint64>(response.value(name).toInteger(), 0); // -1: not known
    };
    const qint64 received = sizeOf("bodySize"_L1) - sizeOf("headersSize"_L1);
    const qint64 content = response.value("content"_L1).toObject().value("size"_L1).toInteger(-1);
    bool isNumber = false;
    const qint64 announced = header(response, "Content-Length"_L1).toLongLong(&isNumber);
    return isNumber && received > 0 && received == content && received < announced;
}

} // namespace

Browser browserOf(const QJsonObject &log)
{
    const QString name = log.value("creator"_L1).toObject().value("name"_L1).toString();
    if (name == "Firefox"_L1)
        return Browser::Firefox;
    return name == "WebInspector"_L1 ? Browser::Chromium : Browser::None;
}

Outcome outcomeOfEntry(const QJsonObject &entry, Browser by)
{
    for (const auto key : {"_outcome"_L1, "_error"_L1})
        if (const auto outcome = outcomeFromId(ownMember(entry, key).toString()))
            return *outcome;
    const QJsonObject response = entry.value("response"_L1).toObject();
    const int status = response.value("status"_L1).toInt();
    // A browser that got a status and then lost the connection has both.
    if (status == 0) {
        // Firefox names no reason, but for a certificate that it does not accept.
        const bool tlsFailed = by == Browser::Firefox && entry.value("_securityState"_L1) == "broken"_L1;
        return tlsFailed
                   ? Outcome::TlsHandshake
                   : browserOutcome(ownMember(entry, "_error"_L1).toString()).value_or(Outcome::Internal);
    }
    // How Firefox takes any bytes that do not begin as HTTP does.
    if (by == Browser::Firefox && response.value("httpVersion"_L1) == "HTTP/0.9"_L1)
        return Outcome::MalformedResponse;
    return status < 400 ? Outcome::Ok : Outcome::HttpStatus;
}

bool isCutShort(const QJsonObject &entry, Browser by)
{
    if (ownMember(entry, "_truncated"_L1).toBool())
        return true;
    static const QStringList kCutShort{u"net::ERR_CONTENT_LENGTH_MISMATCH"_s,
                                       u"net::ERR_INCOMPLETE_CHUNKED_ENCODING"_s,
                                       u"net::ERR_CONNECTION_CLOSED"_s, u"net::ERR_CONNECTION_RESET"_s};
    const QJsonObject response = entry.value("response"_L1).toObject();
    if (response.value("status"_L1).toInt() == 0)
        return false;
    return kCutShort.contains(ownMember(entry, "_error"_L1).toString()) ||
           (by == Browser::Firefox && isShortInFirefox(response));
}

Wanted wantedBy(const QJsonObject &entry)
{
    const QString type = entry.value("_resourceType"_L1).toString(); // Chromium's
    const QJsonObject request = entry.value("request"_L1).toObject();
    const QString destination =
        header(request, "Sec-Fetch-Dest"_L1); // only on the way to trustworthy origins
    const QString accept = header(request, "Accept"_L1);
    if (type == "document"_L1 || destination == "document"_L1)
        return Wanted::Page;
    if (type == "xhr"_L1 || type == "fetch"_L1 || destination == "empty"_L1)
        return Wanted::Data;
    if (!type.isEmpty() || !destination.isEmpty())
        return Wanted::Part;
    if (accept.isEmpty() || accept.startsWith("text/html"_L1))
        return Wanted::Page;
    const bool isPart = accept.startsWith("image/"_L1) || accept.startsWith("text/css"_L1);
    return isPart ? Wanted::Part : Wanted::Data;
}

} // namespace backwatch
