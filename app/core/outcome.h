// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <optional>

namespace backwatch {

/// How one check ended. A closed list: the numbers are stored and the ids are public, so neither ever
/// changes.
enum class Outcome {
    Ok = 0,
    Slow = 1,
    DnsNotFound = 2,
    DnsTimeout = 3,
    DnsFailure = 4,
    ConnectRefused = 5,
    ConnectTimeout = 6,
    Unreachable = 7,
    TlsHandshake = 8,
    TlsUntrusted = 9,
    TlsExpired = 10,
    TlsNameMismatch = 11,
    CertificateExpiring = 12,
    FirstByteTimeout = 13,
    BodyTimeout = 14,
    ClosedEarly = 15,
    MalformedResponse = 16,
    TooLarge = 17,
    RedirectLoop = 18,
    HttpStatus = 19,
    BodyMismatch = 20,
    HeaderMismatch = 21,
    JsonMismatch = 22,
    ProtocolError = 23,
    AuthRejected = 24,
    LocalNetwork = 25,
    Cancelled = 26,
    Internal = 27,
    Partial = 28, ///< answered in part: one address family is dead, or some pings are lost
};

constexpr int kOutcomeCount = 29;

/// What an outcome says about the target.
enum class Judgement {
    Good,     ///< answered as expected
    Degraded, ///< answered, with something to look at
    Failed,   ///< did not answer as expected
    Neutral,  ///< says nothing about the target: this machine's own trouble, or a cancelled check
};

QStringView outcomeId(Outcome outcome);
std::optional<Outcome> outcomeFromId(QStringView id);
std::optional<Outcome> outcomeFromNumber(int number);
Judgement judgementOf(Outcome outcome);

} // namespace backwatch
