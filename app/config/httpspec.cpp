// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/checkspecs.h"
#include "app/config/httpwords.h"
#include "app/config/webaddress.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace backwatch {

namespace {

SpecNode statusSpec(const QList<StatusRange> &ranges)
{
    SpecNode node;
    node.kind = SpecNode::Kind::List;
    node.inLine = true;
    for (const auto &range : ranges)
        node.items += range.from == range.to
                          ? wordNode(range.from)
                          : textNode(QStringLiteral("%1-%2").arg(range.from).arg(range.to));
    return node;
}

/// {Name: value}, or a list of those where a name comes twice.
SpecNode headersSpec(const HttpCheck &check)
{
    QList<SpecNode::Entry> all;
    QSet<QByteArray> names;
    for (const auto &header : check.headers) {
        all.append({QString::fromUtf8(header.name), bytesNode(header.value)});
        names.insert(header.name.toLower());
    }
    for (const auto &header : check.secretHeaders) {
        all.append({QString::fromUtf8(header.name), secretNode(header.value)});
        names.insert(header.name.toLower());
    }
    SpecNode node;
    node.hidden = true;
    if (names.size() == all.size()) {
        node.entries = all;
        return node;
    }
    node.kind = SpecNode::Kind::List;
    for (const auto &entry : std::as_const(all)) {
        SpecNode item;
        item.entries.append(entry);
        node.items += item;
    }
    return node;
}

SpecNode authenticationSpec(const HttpAuthentication &authentication)
{
    SpecMap map(Usual::LeftOut);
    if (authentication.kind == HttpAuthentication::Kind::Bearer) {
        map.secret(QStringLiteral("bearer"), authentication.password);
    } else if (authentication.kind != HttpAuthentication::Kind::None) {
        SpecMap login(Usual::LeftOut);
        login.node(QStringLiteral("user"), textNode(authentication.user));
        login.secret(QStringLiteral("password"), authentication.password);
        map.node(authentication.kind == HttpAuthentication::Kind::Basic ? QStringLiteral("basic")
                                                                        : QStringLiteral("digest"),
                 login.node());
    }
    return map.node();
}

SpecNode proxySpec(const HttpCheck &check)
{
    if (check.proxyPassword.name.isEmpty())
        return textNode(check.proxy);
    SpecMap map(Usual::LeftOut);
    map.node(QStringLiteral("url"), textNode(check.proxy));
    map.secret(QStringLiteral("password"), check.proxyPassword);
    return map.node();
}

SpecNode headerExpectationsSpec(const QList<HeaderExpectation> &headers)
{
    SpecNode node;
    node.kind = SpecNode::Kind::List;
    for (const auto &header : headers) {
        SpecMap map(Usual::LeftOut);
        map.node(QStringLiteral("name"), textNode(QString::fromUtf8(header.name)));
        map.text(QStringLiteral("contains"), header.contains);
        map.text(QStringLiteral("matches"), header.matches);
        node.items += map.node();
    }
    return node;
}

/// As YAML writes what JSON writes so.
SpecNode jsonValueSpec(const QString &json)
{
    const auto array = QJsonDocument::fromJson("[" + json.toUtf8() + "]").array();
    const bool isText = array.size() != 1 || array.first().isString();
    return isText ? textNode(array.size() == 1 ? array.first().toString() : json) : wordNode(json);
}

SpecNode jsonExpectationsSpec(const QList<JsonExpectation> &expectations)
{
    using Test = JsonExpectation::Test;
    SpecNode node;
    node.kind = SpecNode::Kind::List;
    for (const auto &expectation : expectations) {
        SpecMap map(Usual::LeftOut);
        map.node(QStringLiteral("path"), textNode(expectation.path));
        const QString word = jsonTestWord(expectation.test);
        if (expectation.test == Test::Exists)
            map.flag(word, true, false);
        else if (expectation.test == Test::Contains || expectation.test == Test::Matches)
            map.node(word, textNode(expectation.value));
        else
            map.node(word, jsonValueSpec(expectation.value));
        node.items += map.node();
    }
    return node;
}

SpecNode expectationSpec(const HttpExpectation &expect, Usual usual)
{
    SpecMap body(usual);
    body.text(QStringLiteral("contains"), expect.bodyContains);
    body.text(QStringLiteral("lacks"), expect.bodyLacks);
    body.text(QStringLiteral("matches"), expect.bodyMatches);
    SpecMap size(usual);
    if (expect.leastBytes)
        size.node(QStringLiteral("least"), wordNode(*expect.leastBytes));
    if (expect.mostBytes)
        size.node(QStringLiteral("most"), wordNode(*expect.mostBytes));

    SpecMap map(usual);
    if (expect.status != successRange() || usual == Usual::Written)
        map.node(QStringLiteral("status"), statusSpec(expect.status));
    map.part(QStringLiteral("headers"), headerExpectationsSpec(expect.headers));
    map.part(QStringLiteral("body"), body.node());
    map.part(QStringLiteral("json"), jsonExpectationsSpec(expect.json));
    map.part(QStringLiteral("size"), size.node());
    map.duration(QStringLiteral("slowAfter"), expect.slowAfter);
    map.number(QStringLiteral("certificateDays"), expect.certificateDays, HttpExpectation().certificateDays);
    return map.node();
}

} // namespace

SpecNode httpSpec(const HttpCheck &check, Usual usual)
{
    SpecMap map(usual);
    map.node(QStringLiteral("url"), textNode(writtenWebAddress(check.url)));
    map.text(QStringLiteral("method"), httpMethodName(check.method), QStringLiteral("GET"));
    map.text(QStringLiteral("version"), httpVersionWord(check.version), httpVersionWord(HttpVersion::Any));
    map.part(QStringLiteral("headers"), headersSpec(check));
    if (!check.body.isEmpty()) {
        SpecNode body = bytesNode(check.body);
        body.hidden = true;
        map.node(QStringLiteral("body"), body);
    }
    map.part(QStringLiteral("auth"), authenticationSpec(check.authentication));
    if (!check.proxy.isEmpty())
        map.node(QStringLiteral("proxy"), proxySpec(check));
    SpecMap tls(usual);
    addTlsSettings(check.tls, tls);
    map.part(QStringLiteral("tls"), tls.node());
    map.text(QStringLiteral("connectTo"), check.connectTo);
    map.text(QStringLiteral("family"), familyWord(check.family), familyWord(AddressFamily::Any));
    map.flag(QStringLiteral("followRedirects"), check.followRedirects, true);
    map.part(QStringLiteral("expect"), expectationSpec(check.expect, usual));
    return map.node();
}

} // namespace backwatch
