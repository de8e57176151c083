// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/boundedregex.h"
#include "app/probes/httpanswer.h"
#include "app/probes/httpoutcome.h"

#include <QCoreApplication>
#include <QLocale>

#include <climits>

namespace backwatch {

namespace {

struct HttpContentText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::HttpContent)
};

int countOf(qint64 bytes)
{
    return static_cast<int>(qMin<qint64>(bytes, INT_MAX));
}

/// Every field of that name, as one (RFC 9110, 5.3).
QString valueOf(const HttpHeaders &headers, const QByteArray &name)
{
    QByteArrayList values;
    for (const auto &header : headers)
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            values.append(header.value);
    const QByteArray joined = values.join(", ");
    const QString text = QString::fromUtf8(joined);
    return text.contains(QChar::ReplacementCharacter) ? QString::fromLatin1(joined) : text;
}

Verdict invalidExpression(const QString &expression)
{
    return {Outcome::Internal,
            HttpContentText::tr("“%1” is not a regular expression. Correct the monitor's expectation.")
                .arg(readableText(expression))};
}

Verdict headerVerdict(const HeaderExpectation &expect, const Exchange &exchange, const QString &line)
{
    const QString name = QString::fromLatin1(expect.name.left(64));
    if (headerValue(exchange.responseHeaders, expect.name).isNull())
        return {Outcome::HeaderMismatch,
                HttpContentText::tr("%1, but the answer has no header field “%2”.").arg(line, name)};
    const QString value = valueOf(exchange.responseHeaders, expect.name);
    if (!expect.contains.isEmpty() && !value.contains(expect.contains))
        return {Outcome::HeaderMismatch,
                HttpContentText::tr("%1, but the header field “%2” is “%3” and does not contain “%4”.")
                    .arg(line, name, readableText(value), readableText(expect.contains))};
    if (expect.matches.isEmpty())
        return {};
    switch (matchBounded(expect.matches, value)) {
    case RegexAnswer::Matches:
        return {};
    case RegexAnswer::Invalid:
        return invalidExpression(expect.matches);
    case RegexAnswer::TooMuchWork:
        return {Outcome::HeaderMismatch,
                HttpContentText::tr(
                    "%1, but matching “%2” against the header field “%3” takes too long; make the "
                    "expression simpler.")
                    .arg(line, readableText(expect.matches), name)};
    case RegexAnswer::Differs:
        break;
    }
    return {Outcome::HeaderMismatch,
            HttpContentText::tr("%1, but the header field “%2” is “%3” and does not match “%4”.")
                .arg(line, name, readableText(value), readableText(expect.matches))};
}

Verdict sizeVerdict(const HttpExpectation &expect, const HttpAnswer &answer, const QString &line)
{
    const qint64 size = answer.decodedSize();
    if (expect.leastBytes && size < *expect.leastBytes)
        return {Outcome::BodyMismatch,
                HttpContentText::tr("%1, but the answer is %Ln byte(s) long; expected at least %2.", nullptr,
                                    countOf(size))
                    .arg(line, QLocale().toString(*expect.leastBytes))};
    if (expect.mostBytes && size > *expect.mostBytes)
        return {Outcome::BodyMismatch,
                HttpContentText::tr("%1, but the answer is %Ln byte(s) long; expected at most %2.", nullptr,
                                    countOf(size))
                    .arg(line, QLocale().toString(*expect.mostBytes))};
    return {};
}

Verdict textVerdict(const HttpExpectation &expect, const Exchange &exchange, const HttpAnswer &answer,
                    const QString &line)
{
    if (!answer.found())
        return {Outcome::BodyMismatch,
                HttpContentText::tr("%1, but the text “%2” is not in the answer (%Ln byte(s)).", nullptr,
                                    countOf(exchange.bodySize))
                    .arg(line, readableText(expect.bodyContains))};
    if (answer.foundUnwanted())
        return {Outcome::BodyMismatch, HttpContentText::tr("%1, but the text “%2” is in the answer.")
                                           .arg(line, readableText(expect.bodyLacks))};
    if (expect.bodyMatches.isEmpty())
        return {};
    switch (matchBounded(expect.bodyMatches, answer.text())) {
    case RegexAnswer::Matches:
        return {};
    case RegexAnswer::Invalid:
        return invalidExpression(expect.bodyMatches);
    case RegexAnswer::TooMuchWork:
        return {Outcome::BodyMismatch,
                HttpContentText::tr(
                    "%1, but matching “%2” against the answer takes too long; make the expression "
                    "simpler.")
                    .arg(line, readableText(expect.bodyMatches))};
    case RegexAnswer::Differs:
        break;
    }
    return {Outcome::BodyMismatch,
            HttpContentText::tr("%1, but nothing in the answer matches “%2” (%Ln byte(s)).", nullptr,
                                countOf(exchange.bodySize))
                .arg(line, readableText(expect.bodyMatches))};
}

} // namespace

Verdict contentVerdict(const HttpExpectation &expect, const Exchange &exchange, const HttpAnswer &answer)
{
    const QString line = statusLine(exchange.status, exchange.reason);
    for (const HeaderExpectation &one : expect.headers)
        if (Verdict header = headerVerdict(one, exchange, line); header.outcome != Outcome::Ok)
            return header;
    if (Verdict size = sizeVerdict(expect, answer, line); size.outcome != Outcome::Ok)
        return size;
    if (Verdict text = textVerdict(expect, exchange, answer, line); text.outcome != Outcome::Ok)
        return text;
    return expect.json.isEmpty() ? Verdict() : jsonVerdict(expect.json, answer);
}

} // namespace backwatch
