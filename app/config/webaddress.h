// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QUrl>

namespace backwatch {

/// Reads the http or https URL of something to watch; a user name or password in it is refused.
Result<QUrl> parseWebAddress(const QString &text);

/// The URL as people read it where parseWebAddress() reads the same from it, otherwise percent-encoded.
QString writtenWebAddress(const QUrl &url);

/// Whether this is a host name or an address; IPv6 without brackets, perhaps with a zone.
bool isHost(const QString &text);

/// Whether this is "host:port" with a host or address and a port from 1 to 65535; IPv6 in brackets.
bool isHostAndPort(const QString &text);

} // namespace backwatch
