// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/httpexpectationreader.h"

#include "app/config/connectionreader.h"
#include "app/config/httpwords.h"
#include "app/config/monitorsfiletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <limits>

namespace backwatch {

namespace {

constexpr qsizetype kLongestHeaderName = 200;

std::optional<StatusRange> statusRange(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("\\A(\\d{3})(?:\\s*-\\s*(\\d{3}))?\\z"));
    static const QRegularExpression wholeClass(QStringLiteral("\\A([1-5])[xX]{2}\\z"));
    if (const auto match = wholeClass.match(text); match.hasMatch()) {
        const int from = match.captured(1).toInt() * 100;
        return StatusRange{from, from + 99};
    }
    const auto match = shape.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const int from = match.captured(1).toInt();
    const int to = match.captured(2).isEmpty() ? from : match.captured(2).toInt();
    if (from < 100 || to > 599 || from > to)
        return std::nullopt;
    return StatusRange{from, to};
}

void readStatus(FieldReader &fields, HttpExpectation *expect)
{
    const QString key = QStringLiteral("status");
    const auto node = fields.value(key);
    if (!node)
        return;
    const bool isList = node->kind == YamlNode::Kind::Sequence;
    const auto items = isList ? node->items : std::vector<YamlNodePtr>{node};
    QList<StatusRange> ranges;
    for (const auto &item : items) {
        const auto text = scalarText(item);
        const auto range = text ? statusRange(text->trimmed()) : std::nullopt;
        if (range)
            ranges += *range;
        else
            fields.problems().add(
                item->at,
                MonitorsFileText::tr("status takes codes from 100 to 599, such as 200, 200-299, 2xx "
                                     "or [200-299, 301]; a range begins with its lower end."));
    }
    if (items.empty())
        fields.wrong(key, MonitorsFileText::tr(
                              "status is empty, so that no answer would do. Name a code such as 200."));
    expect->status = ranges;
}

QList<HeaderExpectation> readHeaderExpectations(FieldReader &fields)
{
    QList<HeaderExpectation> headers;
    const QString all = QStringLiteral("headers");
    if (const auto node = fields.value(all); node && node->kind == YamlNode::Kind::Map) {
        for (const auto &entry : node->entries) {
            const auto text = scalarText(entry.value);
            if (!isHeaderName(entry.key) || !text)
                fields.problems().add(entry.keyAt,
                                      MonitorsFileText::tr("headers is a group of \"Name: text\" lines."));
            headers.append({entry.key.toUtf8(), text.value_or(QString()), {}});
        }
        return headers;
    }
    const auto *items = fields.list(all);
    for (const auto &item : items ? *items : std::vector<YamlNodePtr>()) {
        FieldReader header(item, MonitorsFileText::tr("An item of headers"), item->at, fields.problems());
        HeaderExpectation expectation;
        const QString key = QStringLiteral("name");
        const QString name = header.text(key).value_or(QString());
        if (!isHeaderName(name))
            header.wrong(key, MonitorsFileText::tr("An expected header needs a name, such as Content-Type."));
        expectation.name = name.toUtf8();
        expectation.contains = readWanted(header, QStringLiteral("contains"));
        expectation.matches = readPattern(header, QStringLiteral("matches"));
        header.finish();
        headers += expectation;
    }
    return headers;
}

/// What YAML means by a scalar, as JSON writes it.
std::optional<QString> jsonValue(const YamlNodePtr &node)
{
    if (node->kind == YamlNode::Kind::Null)
        return QStringLiteral("null");
    if (node->kind != YamlNode::Kind::Scalar)
        return std::nullopt;
    if (!node->quoted) {
        const auto array = QJsonDocument::fromJson("[" + node->text.toUtf8() + "]").array();
        if (array.size() == 1 && !array.first().isString() && !array.first().isArray() &&
            !array.first().isObject())
            return node->text;
    }
    const QByteArray array = QJsonDocument(QJsonArray{node->text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

bool isJsonNumber(const QString &json)
{
    const auto array = QJsonDocument::fromJson("[" + json.toUtf8() + "]").array();
    return array.size() == 1 && array.first().isDouble();
}

void readJsonTest(FieldReader &fields, JsonExpectation::Test test, JsonExpectation *expectation)
{
    using Test = JsonExpectation::Test;
    const QString word = jsonTestWord(test);
    expectation->test = test;
    if (test == Test::Exists) {
        if (!fields.flag(word).value_or(true))
            fields.wrong(word, MonitorsFileText::tr("exists is true, or not there."));
    } else if (test == Test::Contains) {
        expectation->value = readWanted(fields, word);
    } else if (test == Test::Matches) {
        expectation->value = readPattern(fields, word);
    } else if (const auto value = jsonValue(fields.plainValue(word))) {
        expectation->value = *value;
        if ((test == Test::Less || test == Test::Greater) && !isJsonNumber(*value))
            fields.wrong(word, MonitorsFileText::tr("%1 takes a number.").arg(word));
    } else {
        fields.wrong(word, MonitorsFileText::tr("%1 takes a number, a text, true, false or null.").arg(word));
    }
}

JsonExpectation readJsonExpectation(FieldReader &fields)
{
    using Test = JsonExpectation::Test;
    JsonExpectation expectation;
    const QString key = QStringLiteral("path");
    const bool given = fields.has(key);
    expectation.path = fields.text(key).value_or(QString());
    const bool isPath = expectation.path.startsWith(u'/') || expectation.path.startsWith(u'$');
    if (!given || (!isPath && fields.value(key)))
        fields.wrong(key,
                     MonitorsFileText::tr("path is a JSON Pointer such as /status/db, or a JSONPath such as "
                                          "$.status.db."));
    int tests = 0;
    for (const auto test : {Test::Exists, Test::Equals, Test::Differs, Test::Less, Test::Greater,
                            Test::Contains, Test::Matches}) {
        if (!fields.has(jsonTestWord(test)))
            continue;
        readJsonTest(fields, test, &expectation);
        ++tests;
    }
    if (tests > 1)
        fields.problems().add(
            fields.at(), MonitorsFileText::tr("An item of json tests one thing; give each its own item."));
    fields.finish();
    return expectation;
}

QList<JsonExpectation> readJsonExpectations(FieldReader &fields)
{
    QList<JsonExpectation> expectations;
    const auto *items = fields.list(QStringLiteral("json"));
    for (const auto &item : items ? *items : std::vector<YamlNodePtr>()) {
        FieldReader expectation(item, MonitorsFileText::tr("An item of json"), item->at, fields.problems());
        expectations += readJsonExpectation(expectation);
    }
    return expectations;
}

void readSize(FieldReader &fields, HttpExpectation *expect)
{
    auto size = fields.map(QStringLiteral("size"));
    if (!size)
        return;
    constexpr int kMost = std::numeric_limits<int>::max();
    expect->leastBytes = size->number(QStringLiteral("least"), 0, kMost);
    expect->mostBytes = size->number(QStringLiteral("most"), 0, kMost);
    if (expect->leastBytes && expect->mostBytes && *expect->leastBytes > *expect->mostBytes)
        size->wrong(QStringLiteral("most"),
                    MonitorsFileText::tr("most is smaller than least; no answer would do."));
    size->finish();
}

} // namespace

bool isHeaderName(const QString &name)
{
    static const QRegularExpression token(QStringLiteral("\\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\\z"));
    return token.match(name).hasMatch() && name.size() <= kLongestHeaderName;
}

HttpExpectation readHttpExpectation(FieldReader &http, const DurationLimits &limits)
{
    HttpExpectation expect;
    auto fields = http.map(QStringLiteral("expect"));
    if (!fields)
        return expect;
    readStatus(*fields, &expect);
    expect.headers = readHeaderExpectations(*fields);
    if (auto body = fields->map(QStringLiteral("body"))) {
        expect.bodyContains = readWanted(*body, QStringLiteral("contains"));
        expect.bodyLacks = readWanted(*body, QStringLiteral("lacks"));
        expect.bodyMatches = readPattern(*body, QStringLiteral("matches"));
        body->finish();
    }
    expect.json = readJsonExpectations(*fields);
    readSize(*fields, &expect);
    expect.slowAfter = readSlowAfter(*fields, limits);
    expect.certificateDays = readCertificateDays(*fields, expect.certificateDays);
    fields->finish();
    return expect;
}

} // namespace backwatch
