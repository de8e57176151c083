// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/state.h"

#include <array>

namespace backwatch {

namespace {

constexpr std::array<QStringView, kStateCount> kStateIds{
    u"not-observed", u"up", u"degraded", u"suspect", u"down", u"unreachable", u"maintenance", u"paused"};

} // namespace

QStringView stateId(State state)
{
    return kStateIds[static_cast<std::size_t>(state)];
}

std::optional<State> stateFromId(QStringView id)
{
    for (std::size_t i = 0; i < kStateIds.size(); ++i)
        if (kStateIds[i] == id)
            return static_cast<State>(i);
    return std::nullopt;
}

std::optional<State> stateFromNumber(int number)
{
    if (number < 0 || number >= kStateCount)
        return std::nullopt;
    return static_cast<State>(number);
}

} // namespace backwatch
