// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/probes/boundedregex.h"
#include "app/probes/httpanswer.h"
#include "app/probes/httpoutcome.h"
#include "app/probes/jsonpath.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace backwatch {

namespace {

using Test = JsonExpectation::Test;

struct JsonContentText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::JsonContent)
};

/// What was expected as JSON; a bare word that is none stands for itself.
QJsonValue expectedValue(const QString &text)
{
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson('[' + text.toUtf8() + ']', &error);
    const QJsonArray array = document.array();
    return error.error == QJsonParseError::NoError && array.size() == 1 ? array.at(0) : QJsonValue(text);
}

/// A value as JSON writes it.
QString written(const QJsonValue &value)
{
    if (value.isArray())
        return JsonContentText::tr("a list of %n value(s)", nullptr,
                                   static_cast<int>(value.toArray().size()));
    if (value.isObject())
        return JsonContentText::tr("an object of %n value(s)", nullptr,
                                   static_cast<int>(value.toObject().size()));
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return readableText(json.mid(1, json.size() - 2));
}

/// What Contains and Matches look at: the text itself, or the value as it is written.
QString plain(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const QByteArray json = value.isObject()  ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)
                            : value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                                              : QByteArray();
    return json.isEmpty() ? written(value) : QString::fromUtf8(json);
}

/// Numbers by their value, and digits in a string as the number they are where an order is asked for.
std::optional<double> number(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    bool ok = false;
    const double parsed = value.isString() ? value.toString().toDouble(&ok) : 0;
    return ok ? std::optional(parsed) : std::nullopt;
}

bool contains(const QJsonValue &value, const QString &wanted)
{
    if (value.isObject())
        return value.toObject().contains(wanted);
    if (value.isArray())
        return value.toArray().contains(QJsonValue(wanted)) ||
               value.toArray().contains(expectedValue(wanted));
    return plain(value).contains(wanted);
}

RegexAnswer passes(const QJsonValue &value, const JsonExpectation &expect, const QJsonValue &wanted)
{
    const auto answer = [](bool fine) { return fine ? RegexAnswer::Matches : RegexAnswer::Differs; };
    switch (expect.test) {
    case Test::Exists:
        return RegexAnswer::Matches;
    case Test::Equals:
        return answer(value == wanted);
    case Test::Differs:
        return answer(value != wanted);
    case Test::Less:
    case Test::Greater: {
        const auto found = number(value);
        const auto limit = number(wanted);
        return answer(found && limit && (expect.test == Test::Less ? *found < *limit : *found > *limit));
    }
    case Test::Contains:
        return answer(contains(value, expect.value));
    case Test::Matches:
        return matchBounded(expect.value, plain(value));
    }
    return RegexAnswer::Differs;
}

QString wish(const JsonExpectation &expect)
{
    const QString value = readableText(expect.value);
    switch (expect.test) {
    case Test::Exists:
        break;
    case Test::Equals:
        return value;
    case Test::Differs:
        return JsonContentText::tr("anything but %1").arg(value);
    case Test::Less:
        return JsonContentText::tr("less than %1").arg(value);
    case Test::Greater:
        return JsonContentText::tr("more than %1").arg(value);
    case Test::Contains:
        return JsonContentText::tr("something with “%1”").arg(value);
    case Test::Matches:
        return JsonContentText::tr("a match for “%1”").arg(value);
    }
    return {};
}

Verdict mismatch(QString sentence)
{
    return {Outcome::JsonMismatch, std::move(sentence)};
}

/// Of several values one has to pass; with Differs all of them.
Verdict valueVerdict(const JsonExpectation &expect, const QJsonValue &document)
{
    constexpr qsizetype kMostMatched = 100;
    const auto path = JsonPath::parse(expect.path);
    if (!path)
        return {Outcome::Internal, path.error().sentence};
    const QString shown = readableText(expect.path);
    auto values = path->valuesIn(document);
    if (values.isEmpty())
        return expect.test == Test::Differs
                   ? Verdict()
                   : mismatch(JsonContentText::tr("The JSON answer has no value at %1.").arg(shown));
    if (expect.test == Test::Matches)
        values = values.mid(0, kMostMatched);
    const QJsonValue wanted = expectedValue(expect.value);
    bool tooMuch = false;
    const auto fine = [&](const QJsonValue &value) {
        if (tooMuch)
            return false;
        const RegexAnswer answer = passes(value, expect, wanted);
        tooMuch = answer == RegexAnswer::TooMuchWork || answer == RegexAnswer::Invalid;
        return answer == RegexAnswer::Matches;
    };
    const bool passed = expect.test == Test::Differs ? std::all_of(values.cbegin(), values.cend(), fine)
                                                     : std::any_of(values.cbegin(), values.cend(), fine);
    if (passed)
        return {};
    if (tooMuch && matchBounded(expect.value, {}) == RegexAnswer::Invalid)
        return {Outcome::Internal,
                JsonContentText::tr("“%1” is not a regular expression. Correct the monitor's expectation.")
                    .arg(readableText(expect.value))};
    if (tooMuch)
        return mismatch(
            JsonContentText::tr("Matching “%1” against the JSON value at %2 takes too long; make the "
                                "expression simpler.")
                .arg(readableText(expect.value), shown));
    return mismatch(JsonContentText::tr("The JSON value at %1 is %2; expected %3.")
                        .arg(shown, written(values.first()), wish(expect)));
}

} // namespace

Verdict jsonVerdict(const QList<JsonExpectation> &expect, const HttpAnswer &answer)
{
    if (answer.longerThanWindow())
        return mismatch(
            JsonContentText::tr("The answer is longer than the %n kilobyte(s) of JSON that are read.",
                                nullptr, static_cast<int>(HttpAnswer::kSearchLimit / 1024)));
    QByteArray text = answer.window();
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    QJsonParseError error{};
    // A list around it lets a bare number or text be a document, too.
    const auto document = QJsonDocument::fromJson('[' + text + ']', &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return mismatch(
            text.trimmed().isEmpty()
                ? JsonContentText::tr("The answer is empty; JSON is expected.")
                : JsonContentText::tr("The answer is not JSON: “%1”…").arg(readableText(text.left(60))));
    for (const JsonExpectation &one : expect)
        if (Verdict verdict = valueVerdict(one, document.array().at(0)); verdict.outcome != Outcome::Ok)
            return verdict;
    return {};
}

} // namespace backwatch
