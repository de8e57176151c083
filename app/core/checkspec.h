// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/duration.h"
#include "app/core/httpheader.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <optional>
#include <variant>

namespace backwatch {

/// An inclusive range of status codes; 200 alone is {200, 200}.
struct StatusRange
{
    int from = 200;
    int to = 299;

    bool operator==(const StatusRange &) const = default;
};

enum class HttpMethod { Get, Head, Post };
enum class AddressFamily { Any, Ipv4, Ipv6 };

/// 200 to 299. Out of line: as an initialiser in the class it makes GCC 12 warn of uninitialised memory.
QList<StatusRange> successRange();

/// What has to be true of an HTTP answer for the check to pass.
struct HttpExpectation
{
    QList<StatusRange> status = successRange(); ///< of the last answer, after redirects
    QString bodyContains;                  ///< empty: not looked at
    std::optional<milliseconds> slowAfter; ///< a longer total is Slow
    int certificateDays = 14;              ///< fewer days left is CertificateExpiring

    bool operator==(const HttpExpectation &) const = default;
};

struct HttpCheck
{
    QUrl url;
    HttpMethod method = HttpMethod::Get;
    HttpHeaders headers;
    QByteArray body; ///< sent with Post
    HttpExpectation expect;
    QString connectTo; ///< "host:port" to connect to instead, keeping Host and SNI; empty: the URL's own
    AddressFamily family = AddressFamily::Any;
    bool followRedirects = true;

    bool operator==(const HttpCheck &) const = default;
};

/// What to ask. One alternative per kind of check.
using CheckSpec = std::variant<HttpCheck>;

/// The word for the kind in the monitors file and in `check --json`: "http".
QString checkKind(const CheckSpec &check);

/// Where a check goes, as a person would write it: the URL for HTTP.
QString checkTarget(const CheckSpec &check);

QString httpMethodName(HttpMethod method); ///< "GET", "HEAD", "POST"

} // namespace backwatch
