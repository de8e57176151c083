// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/witness.h"

#include <array>

namespace backwatch {

namespace {
constexpr std::array<QStringView, 4> kScopeIds{u"loopback", u"lan", u"vpn", u"wan"};
}

QStringView networkScopeId(NetworkScope scope)
{
    return kScopeIds[static_cast<std::size_t>(scope)];
}

std::optional<NetworkScope> networkScopeFromId(QStringView id)
{
    for (std::size_t i = 0; i < kScopeIds.size(); ++i)
        if (kScopeIds[i] == id)
            return static_cast<NetworkScope>(i);
    return std::nullopt;
}

} // namespace backwatch
