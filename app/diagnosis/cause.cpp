// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosis/cause.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace backwatch {

namespace {

constexpr std::array<QStringView, 19> kIds{u"upstream-refused",
                                           u"upstream-unreachable",
                                           u"upstream-timeout",
                                           u"upstream-closed",
                                           u"upstream-invalid",
                                           u"upstream-unhealthy",
                                           u"upstream-unresolved",
                                           u"upstream-tls",
                                           u"overload",
                                           u"rate-limited",
                                           u"maintenance",
                                           u"database-down",
                                           u"application-error",
                                           u"misconfigured",
                                           u"stored-error",
                                           u"hosting-limit",
                                           u"truncated",
                                           u"redirect-loop",
                                           u"unknown"};
static_assert(kIds.size() == static_cast<std::size_t>(CauseKind::Unknown) + 1);

} // namespace

QStringView causeId(CauseKind kind)
{
    return kIds[static_cast<std::size_t>(kind)];
}

std::optional<CauseKind> causeFromId(QStringView id)
{
    const auto found = std::find(kIds.begin(), kIds.end(), id);
    if (found == kIds.end())
        return std::nullopt;
    return static_cast<CauseKind>(std::distance(kIds.begin(), found));
}

} // namespace backwatch
