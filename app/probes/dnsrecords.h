// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/servercheck.h"

#include <optional>

namespace backwatch {

/// More records than this are not looked at; a reply of 64 KiB could hold thousands.
constexpr int kDnsValues = 256;

/// The type's number on the wire.
int dnsTypeNumber(DnsType type);
/// "AAAA", as people write it.
QString dnsTypeName(DnsType type);

/// The values of that type in a raw reply, in one form that canonicalDnsValue() knows, sorted; none when
/// there is no such record. No value at all when the reply is not one: nothing in it is trusted.
std::optional<QStringList> dnsValues(const QByteArray &reply, DnsType type);

/// A value as a person wrote it, in the form in which dnsValues() gives it: lower case without trailing dots,
/// addresses in their shortest form, texts as they are.
QString canonicalDnsValue(const QString &value, DnsType type);

/// What to ask for: the name itself, or for PTR and an address the name that stands for it. Empty when it can
/// be no name.
QByteArray dnsQuestion(const QString &name, DnsType type);

} // namespace backwatch
