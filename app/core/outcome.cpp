// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/outcome.h"

#include <array>

namespace backwatch {

namespace {

constexpr std::array<QStringView, kOutcomeCount> kOutcomeIds{
    u"ok",
    u"slow",
    u"dns-not-found",
    u"dns-timeout",
    u"dns-failure",
    u"connect-refused",
    u"connect-timeout",
    u"unreachable",
    u"tls-handshake",
    u"tls-untrusted",
    u"tls-expired",
    u"tls-name-mismatch",
    u"certificate-expiring",
    u"first-byte-timeout",
    u"body-timeout",
    u"closed-early",
    u"malformed-response",
    u"too-large",
    u"redirect-loop",
    u"http-status",
    u"body-mismatch",
    u"header-mismatch",
    u"json-mismatch",
    u"protocol-error",
    u"auth-rejected",
    u"local-network",
    u"cancelled",
    u"internal",
    u"partial",
};

} // namespace

QStringView outcomeId(Outcome outcome)
{
    return kOutcomeIds[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> outcomeFromId(QStringView id)
{
    for (std::size_t i = 0; i < kOutcomeIds.size(); ++i)
        if (kOutcomeIds[i] == id)
            return static_cast<Outcome>(i);
    return std::nullopt;
}

std::optional<Outcome> outcomeFromNumber(int number)
{
    if (number < 0 || number >= kOutcomeCount)
        return std::nullopt;
    return static_cast<Outcome>(number);
}

Judgement judgementOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Ok:
        return Judgement::Good;
    case Outcome::Slow:
    case Outcome::CertificateExpiring:
    case Outcome::Partial:
        return Judgement::Degraded;
    case Outcome::LocalNetwork:
    case Outcome::Cancelled:
    case Outcome::Internal:
        return Judgement::Neutral;
    default:
        return Judgement::Failed;
    }
}

} // namespace backwatch
