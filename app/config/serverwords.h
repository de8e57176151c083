// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/checkspec.h"

#include <QStringList>

namespace backwatch {

// Words of the monitors file for enumerations, in their order; the first StartTls is none.

QStringList familyWords();
QStringList startTlsWords();
QStringList mailSecurityWords();
QStringList dnsTypeWords();

quint16 usualPort(StartTls protocol);
quint16 usualPort(MailProtocol protocol, MailSecurity security);
quint16 usualPort(DatabaseKind kind);
constexpr quint16 kRedisPort = 6379;
constexpr quint16 kMemcachedPort = 11211;
constexpr quint16 kFastCgiPort = 9000;
constexpr quint16 kSshPort = 22;

} // namespace backwatch
