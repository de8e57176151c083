// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/core/timestamp.h"

#include <QCommandLineParser>

namespace backwatch {

/// The moment that an option names (RFC 3339, or a day), or the other one where it is not given.
Result<UtcMs> timeOption(const QCommandLineParser &parser, const QString &option, UtcMs otherwise);

struct TimeRange
{
    UtcMs from = 0;
    UtcMs to = 0;
};

/// --from and --to; to is a moment after now, and from so long before it, where they are not given.
Result<TimeRange> rangeOptions(const QCommandLineParser &parser, UtcMs now, qint64 usualLength);

} // namespace backwatch
