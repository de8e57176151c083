// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/pushrequest.h"

#include "app/probes/shownbytes.h"

#include <QList>
#include <QUrlQuery>

#include <cmath>

namespace backwatch {

namespace {

constexpr QByteArrayView kPath = "/push/";
constexpr double kLongestPingMs = 86'400'000;

std::optional<double> pingOf(const QString &text)
{
    bool isNumber = false;
    const double ping = text.toDouble(&isNumber);
    if (!isNumber || !std::isfinite(ping) || ping < 0 || ping > kLongestPingMs)
        return std::nullopt;
    return ping;
}

/// False when it says what no report can say.
bool readReport(QByteArray query, PushReport &report)
{
    const QUrlQuery items(QString::fromUtf8(query.replace('+', "%20")));
    const auto value = [&](const QString &key) { return items.queryItemValue(key, QUrl::FullyDecoded); };
    const QString status = value(QStringLiteral("status")).toLower();
    if (status == QLatin1String("down"))
        report.status = PushStatus::Down;
    else if (status == QLatin1String("degraded"))
        report.status = PushStatus::Degraded;
    else if (!status.isEmpty() && status != QLatin1String("up"))
        return false;
    report.message = shownBytes(value(QStringLiteral("msg")).toUtf8());
    report.ping = pingOf(value(QStringLiteral("ping")));
    return true;
}

int readRequestLine(const QByteArray &line, PushRequest &request)
{
    const QByteArrayList words = line.split(' ');
    if (words.size() != 3 || !words[2].startsWith("HTTP/1.") || line.contains('\0'))
        return 400;
    const QByteArray &target = words[1];
    const auto mark = target.indexOf('?');
    const QByteArray path = mark < 0 ? target : target.first(mark);
    if (!path.startsWith(kPath.toByteArray()))
        return 404;
    if (words[0] != "GET" && words[0] != "POST")
        return 405;
    request.token = QByteArray::fromPercentEncoding(path.sliced(kPath.size()));
    return mark < 0 || readReport(target.sliced(mark + 1), request.report) ? 0 : 400;
}

/// The body's announced length; -1: it comes in chunks; nothing when the announcement is none.
std::optional<qint64> bodyLength(const QByteArrayList &lines)
{
    std::optional<qint64> length;
    for (const auto &line : lines.sliced(1)) {
        const auto colon = line.indexOf(':');
        if (colon <= 0)
            return std::nullopt;
        const QByteArray name = line.first(colon).toLower();
        const QByteArray value = line.sliced(colon + 1).trimmed();
        if (name == "transfer-encoding")
            return -1;
        if (name != "content-length")
            continue;
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        if (!isNumber || number < 0 || (length && *length != number))
            return std::nullopt;
        length = number;
    }
    return length.value_or(0);
}

} // namespace

PushRequest readPushRequest(QByteArrayView received)
{
    PushRequest request;
    const auto refuse = [&](int status) {
        request.refusal = status;
        request.complete = true;
        return request;
    };
    const QByteArrayView head = received.first(std::min(received.size(), PushRequest::kHeadLimit));
    const auto end = head.indexOf("\r\n\r\n");
    if (end < 0) {
        if (received.size() >= PushRequest::kHeadLimit)
            return refuse(413);
        return request;
    }
    QByteArrayList lines = head.first(end).toByteArray().split('\n');
    for (auto &line : lines)
        if (line.endsWith('\r'))
            line.chop(1);
    if (const int status = readRequestLine(lines.first(), request); status != 0)
        return refuse(status);
    const auto length = bodyLength(lines);
    if (!length)
        return refuse(400);
    const QByteArrayView body = received.sliced(end + 4);
    if (*length > PushRequest::kBodyLimit || body.size() > PushRequest::kBodyLimit)
        return refuse(413);
    request.complete = *length < 0 ? body == QByteArrayView("0\r\n\r\n") || body.endsWith("\r\n0\r\n\r\n")
                                   : body.size() >= *length;
    return request;
}

} // namespace backwatch
