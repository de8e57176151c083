// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/httpcheckreader.h"

#include "app/config/suggestion.h"
#include "app/config/webaddress.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace backwatch {

namespace {

struct MonitorsFile
{
    Q_DECLARE_TR_FUNCTIONS(MonitorsFile)
};

constexpr qsizetype kLongestHeaderName = 200;
constexpr int kMostCertificateDays = 3650;

/// Text, or {base64: …} for bytes that are no UTF-8.
std::optional<QByteArray> readBytes(const YamlNodePtr &node, const QString &what, TextPosition at,
                                    Problems &problems)
{
    if (const auto text = scalarText(node))
        return text->toUtf8();
    if (node && node->kind == YamlNode::Kind::Map && node->entries.size() == 1) {
        const auto &entry = node->entries.front();
        const auto encoded = scalarText(entry.value);
        if (entry.key == u"base64" && encoded) {
            const auto decoded =
                QByteArray::fromBase64Encoding(encoded->toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
            if (decoded)
                return *decoded;
        }
        if (entry.key == u"secret") {
            problems.add(entry.keyAt,
                         MonitorsFile::tr("This version of Backwatch cannot take %1 from the keychain yet.")
                             .arg(what));
            return std::nullopt;
        }
    }
    problems.add(at, MonitorsFile::tr("%1 is a text, or {base64: \"…\"} for bytes that are none.").arg(what));
    return std::nullopt;
}

bool isHeaderName(const QString &name)
{
    static const QRegularExpression token(QStringLiteral("\\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\\z"));
    return token.match(name).hasMatch() && name.size() <= kLongestHeaderName;
}

void readHeader(const YamlEntry &entry, Problems &problems, HttpHeaders *headers)
{
    if (!isHeaderName(entry.key)) {
        problems.add(entry.keyAt,
                     MonitorsFile::tr("\"%1\" is no header name. It takes letters, digits and hyphens.")
                         .arg(entry.key.left(40)));
        return;
    }
    const auto at = entry.value->kind == YamlNode::Kind::Null ? entry.keyAt : entry.value->at;
    const auto value = readBytes(entry.value, MonitorsFile::tr("The header %1").arg(entry.key), at, problems);
    if (!value)
        return;
    const bool control = std::any_of(value->begin(), value->end(), [](char c) {
        return c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
    });
    if (control)
        problems.add(at,
                     MonitorsFile::tr("The value of the header %1 holds a line break or control character. "
                                      "Write it in one line.")
                         .arg(entry.key));
    else
        headers->append({entry.key.toUtf8(), *value});
}

/// {Name: value}, or [{Name: value}, …] where a name comes twice.
HttpHeaders readHeaders(FieldReader &fields)
{
    const QString key = QStringLiteral("headers");
    HttpHeaders headers;
    const auto node = fields.value(key);
    if (!node)
        return headers;
    if (node->kind == YamlNode::Kind::Map) {
        QSet<QString> names;
        for (const auto &entry : node->entries) {
            if (names.contains(entry.key.toLower()))
                fields.problems().add(
                    entry.keyAt, MonitorsFile::tr("The header %1 stands here twice in different letter case. "
                                                  "Keep one, or write [{%1: one}, {%1: two}].")
                                     .arg(entry.key));
            names.insert(entry.key.toLower());
            readHeader(entry, fields.problems(), &headers);
        }
        return headers;
    }
    for (const auto &item : node->items) {
        if (item->kind == YamlNode::Kind::Map && item->entries.size() == 1)
            readHeader(item->entries.front(), fields.problems(), &headers);
        else
            fields.problems().add(item->at, MonitorsFile::tr("An item of headers is one {Name: value}."));
    }
    if (node->kind != YamlNode::Kind::Sequence)
        fields.wrong(key, MonitorsFile::tr("headers is a group of \"Name: value\" lines."));
    return headers;
}

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
                item->at, MonitorsFile::tr("status takes codes from 100 to 599, such as 200, 200-299, 2xx "
                                           "or [200-299, 301]; a range begins with its lower end."));
    }
    if (items.empty())
        fields.wrong(
            key, MonitorsFile::tr("status is empty, so that no answer would do. Name a code such as 200."));
    expect->status = ranges;
}

HttpExpectation readExpectation(FieldReader &http, const DurationLimits &limits)
{
    HttpExpectation expect;
    auto fields = http.map(QStringLiteral("expect"));
    if (!fields)
        return expect;
    readStatus(*fields, &expect);
    if (auto body = fields->map(QStringLiteral("body"))) {
        const QString contains = QStringLiteral("contains");
        if (const auto text = body->text(contains)) {
            expect.bodyContains = *text;
            if (text->isEmpty())
                body->wrong(contains,
                            MonitorsFile::tr("contains is empty. Write a text that the page shows, or "
                                             "remove the line."));
        }
        body->finish();
    }
    expect.slowAfter = fields->duration(QStringLiteral("slowAfter"), {milliseconds(1), limits.timeout.most});
    if (const auto days = fields->number(QStringLiteral("certificateDays"), 0, kMostCertificateDays))
        expect.certificateDays = *days;
    fields->finish();
    return expect;
}

/// One of a few words; the position in `words`.
std::optional<int> readWord(FieldReader &fields, const QString &key, const QStringList &words)
{
    const auto word = fields.text(key);
    if (!word)
        return std::nullopt;
    const auto index = words.indexOf(*word);
    if (index >= 0)
        return static_cast<int>(index);
    fields.wrong(key, MonitorsFile::tr("%1 is one of %2.").arg(key, words.join(QStringLiteral(", "))) +
                          didYouMean(*word, words));
    return std::nullopt;
}

void readUrl(FieldReader &fields, HttpCheck *check)
{
    const QString key = QStringLiteral("url");
    const bool given = fields.has(key);
    const auto text = fields.text(key);
    if (!given)
        fields.problems().add(fields.at(),
                              MonitorsFile::tr("http needs a url, such as https://shop.example/."));
    if (!text)
        return;
    if (const auto url = parseWebAddress(*text))
        check->url = *url;
    else
        fields.wrong(key, url.error().sentence);
}

} // namespace

HttpCheck readHttpCheck(FieldReader &fields, const DurationLimits &limits)
{
    HttpCheck check;
    readUrl(fields, &check);
    const QStringList methods{QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("POST")};
    if (const auto method = readWord(fields, QStringLiteral("method"), methods))
        check.method = static_cast<HttpMethod>(*method);
    check.headers = readHeaders(fields);
    if (const auto body = fields.value(QStringLiteral("body")))
        check.body =
            readBytes(body, QStringLiteral("body"), body->at, fields.problems()).value_or(QByteArray());
    const QString connectTo = QStringLiteral("connectTo");
    if (const auto target = fields.text(connectTo)) {
        check.connectTo = *target;
        if (!isHostAndPort(*target))
            fields.wrong(connectTo,
                         MonitorsFile::tr("connectTo is host:port, such as 10.0.0.5:8443 or [::1]:80."));
    }
    const QStringList families{QStringLiteral("any"), QStringLiteral("ipv4"), QStringLiteral("ipv6")};
    if (const auto family = readWord(fields, QStringLiteral("family"), families))
        check.family = static_cast<AddressFamily>(*family);
    if (const auto follow = fields.flag(QStringLiteral("followRedirects")))
        check.followRedirects = *follow;
    check.expect = readExpectation(fields, limits);
    fields.finish();
    return check;
}

} // namespace backwatch
