// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnosis/cause.h"

namespace backwatch {

/// All seven steps, those first that find or mend this cause soonest; empty when it says nothing about them.
QStringList stepOrder(CauseKind cause);

} // namespace backwatch
