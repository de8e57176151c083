// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/servercheck.h"
#include "app/probes/verdict.h"

namespace backwatch {

/// What a finished question means; status is one of c-ares' ARES_…, reply the raw one where there was any.
Verdict dnsVerdict(const DnsCheck &check, const QString &resolver, int status, const QByteArray &reply);

} // namespace backwatch
