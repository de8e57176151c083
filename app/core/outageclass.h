// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/timestamp.h"

#include <QString>

#include <optional>

namespace backwatch {

/// What an outage counts as in availability figures.
enum class OutageClass { Outage, Maintenance, NotObserved };

QStringView outageClassId(OutageClass outageClass); ///< outage, maintenance, not-observed
std::optional<OutageClass> outageClassFromId(QStringView id);

/// Who says that an outage is to count as something else, and why.
struct Classification
{
    OutageClass countsAs = OutageClass::Outage;
    QString reason; ///< for people; not empty
    QString who;
    UtcMs at = 0;

    bool operator==(const Classification &) const = default;
};

} // namespace backwatch
