// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/outcome.h"

#include <QString>

namespace backwatch {

/// How a check, or a part of it, ended.
struct Verdict
{
    Outcome outcome = Outcome::Ok;
    QString detail;
};

} // namespace backwatch
