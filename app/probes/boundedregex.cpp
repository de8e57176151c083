// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/boundedregex.h"

#include <QRegularExpression>

namespace backwatch {

namespace {

constexpr qsizetype kLongestExpression = 10'000;

/// PCRE2 counts its steps anew for every place where a match may begin, which bounds nothing over a long
/// text. So the expression is tried at the beginning only, and a lazy dot in it goes through the text: then
/// one count holds for all. Compiled code, and repeats that are made possessive behind one's back, would go
/// through the text without counting. All that is written as PCRE2 wants it, at the very front.
QString bounded(const QString &expression)
{
    return QStringLiteral("(*NO_JIT)(*NO_AUTO_POSSESS)(*LIMIT_MATCH=6000000)(*LIMIT_DEPTH=100000)"
                          "(*LIMIT_HEAP=20000)\\A(?s:.*?)(?:%1)")
        .arg(expression);
}

} // namespace

RegexAnswer matchBounded(const QString &expression, const QString &text)
{
    if (expression.size() > kLongestExpression || !QRegularExpression(expression).isValid())
        return RegexAnswer::Invalid;
    const QRegularExpression regex(bounded(expression));
    if (!regex.isValid())
        return RegexAnswer::Invalid;
    const QRegularExpressionMatch match = regex.match(text);
    if (match.hasMatch())
        return RegexAnswer::Matches;
    return match.isValid() ? RegexAnswer::Differs : RegexAnswer::TooMuchWork;
}

} // namespace backwatch
