// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/httpcheck.h"
#include "app/core/servercheck.h"

#include <functional>
#include <variant>

namespace backwatch {

/// What to ask. One alternative per kind of check.
using CheckSpec = std::variant<HttpCheck, TcpCheck, TlsCheck, DatabaseCheck, RedisCheck, MemcachedCheck,
                               FastCgiCheck, MailCheck, SshCheck, DnsCheck, PingCheck, PushCheck, GroupCheck>;

/// The word for the kind in the monitors file and in `check --json`: "http", "tcp", "postgresql", …
QString checkKind(const CheckSpec &check);

/// Where a check goes, as a person would write it: the URL for HTTP, host:port or the socket's path for
/// servers, the name for DNS.
QString checkTarget(const CheckSpec &check);

/// The host that the check puts load on, in lower case: that of the address that is connected to. Empty where
/// there is none.
QString checkHost(const CheckSpec &check);

/// Calls for every secret of the check that is set, in a fixed order.
void forEachSecret(CheckSpec &check, const std::function<void(Secret &)> &visit);
/// Their names in the keychain.
QStringList secretNames(const CheckSpec &check);

} // namespace backwatch
