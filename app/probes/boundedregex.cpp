// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/boundedregex.h"

#include <QRegularExpression>

namespace backwatch {

namespace {

constexpr qsizetype kLongestExpression = 10'000;

/// PCRE2 counts its steps anew for every place where a match may begin, which bounds nothing over a long
/// text. So the expression is tried at the beginning only, and a lazy dot in it goes through the text: then
/// one count holds for all. The limits are written as PCRE2 wants them, at the very front.
QString bounded(const QString &expression)
{
    return QStringLiteral("(*LIMIT_MATCH=3000000)(*LIMIT_DEPTH=20000)(*LIMIT_HEAP=20000)\\A(?s:.*?)(?:%1)")
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
