// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/checkspec.h"
#include "app/core/result.h"

namespace backwatch {

/// Where a hop connects to.
struct Endpoint
{
    QString host; ///< a name, or an address without brackets
    int port = 0;
};

/// The check as it goes out first: every secret is there, and a user name and password move from the URL into
/// an Authorization field. An error says why it cannot go out at all.
Result<HttpCheck> prepared(HttpCheck check);

/// Every field that goes out, in wire order, secrets included. For a prepared check.
HttpHeaders requestHeaders(const HttpCheck &check, const QByteArray &userAgent);

/// These fields as anybody may see them: "[removed]" in place of what came from the keychain.
HttpHeaders withoutSecrets(HttpHeaders headers, const HttpCheck &check);

/// "host:port" or "[address]:port", the port optional.
std::optional<Endpoint> parseEndpoint(const QString &text, int defaultPort);

/// The URL's own host and port, or those of connectTo.
Endpoint endpointOf(const HttpCheck &check);

bool isRedirect(int status, const HttpHeaders &headers);

/// The check that follows a redirect to this Location, only ever to http or https. Credentials are not
/// carried to another host, nor from https back to http; connectTo stays with its host, its port with its
/// port.
Result<HttpCheck> redirected(const HttpCheck &from, int status, const QByteArray &location);

} // namespace backwatch
