// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/monitorreader.h"

namespace backwatch {

/// The kinds of check besides http, as keys of a monitor.
QStringList serverKinds();

/// Where the names of a group's members stand.
using MemberPositions = QList<TextPosition>;

/// Reads what stands under one of serverKinds(); every key of it.
CheckSpec readServerCheck(const QString &kind, FieldReader &fields, const DurationLimits &limits,
                          MemberPositions *membersAt);

} // namespace backwatch
