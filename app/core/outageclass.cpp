// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/outageclass.h"

#include <algorithm>
#include <array>

namespace backwatch {

namespace {

constexpr std::array kClasses{OutageClass::Outage, OutageClass::Maintenance, OutageClass::NotObserved};

} // namespace

QStringView outageClassId(OutageClass outageClass)
{
    switch (outageClass) {
    case OutageClass::Maintenance:
        return u"maintenance";
    case OutageClass::NotObserved:
        return u"not-observed";
    case OutageClass::Outage:
        break;
    }
    return u"outage";
}

std::optional<OutageClass> outageClassFromId(QStringView id)
{
    const auto *known = std::find_if(kClasses.begin(), kClasses.end(),
                                     [id](OutageClass one) { return outageClassId(one) == id; });
    return known == kClasses.end() ? std::nullopt : std::optional(*known);
}

} // namespace backwatch
