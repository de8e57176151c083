// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/confidence.h"

#include <QStringList>
#include <QStringView>

#include <optional>

namespace backwatch {

/// Why a request failed. A closed list; the ids are public.
enum class CauseKind {
    UpstreamRefused,
    UpstreamUnreachable,
    UpstreamTimeout,
    UpstreamClosed,
    UpstreamInvalid,
    UpstreamUnhealthy,
    UpstreamUnresolved,
    UpstreamTls,
    Overload,
    RateLimited,
    Maintenance,
    DatabaseDown,
    ApplicationError,
    Misconfigured,
    StoredError,
    HostingLimit,
    Truncated,
    RedirectLoop,
    Unknown,
};

QStringView causeId(CauseKind kind); ///< upstream-refused, …, unknown
std::optional<CauseKind> causeFromId(QStringView id);

/// One possible cause with what speaks for it and against it.
struct Cause
{
    CauseKind kind = CauseKind::Unknown;
    Confidence confidence = Confidence::Low;
    QStringList supporting; ///< translated sentences with the measured value
    QStringList opposing;
    QString disprovedBy; ///< what would show that it is not this one; one sentence

    bool operator==(const Cause &) const = default;
};

} // namespace backwatch
