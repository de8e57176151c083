// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace backwatch {

/// A regular expression that is matched against what a stranger wrote, so its work has a bound whatever both
/// look like: about a tenth of a second.
enum class RegexAnswer {
    Matches,
    Differs,
    TooMuchWork, ///< the bound was reached before it was clear
    Invalid,     ///< the expression itself is wrong
};

/// Perl syntax, searched anywhere in the text; ^ and $ are its ends unless (?m) is in the expression.
RegexAnswer matchBounded(const QString &expression, const QString &text);

} // namespace backwatch
