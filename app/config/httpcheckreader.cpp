// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/httpcheckreader.h"

#include "app/config/connectionreader.h"
#include "app/config/httpexpectationreader.h"
#include "app/config/httpwords.h"
#include "app/config/monitorsfiletext.h"
#include "app/config/webaddress.h"

#include <QSet>

#include <algorithm>

namespace backwatch {

namespace {

void readHeader(const YamlEntry &entry, Problems &problems, HttpCheck *check)
{
    if (!isHeaderName(entry.key)) {
        problems.add(entry.keyAt,
                     MonitorsFileText::tr("\"%1\" is no header name. It takes letters, digits and hyphens.")
                         .arg(entry.key.left(40)));
        return;
    }
    const auto at = entry.value->kind == YamlNode::Kind::Null ? entry.keyAt : entry.value->at;
    if (entry.value->kind == YamlNode::Kind::Map && entry.value->entries.size() == 1 &&
        entry.value->entries.front().key == u"secret") {
        const QString name = readSecretName(entry.value, entry.key, at, problems);
        check->secretHeaders.append({entry.key.toUtf8(), {name, {}}});
        return;
    }
    const auto value =
        readBytes(entry.value, MonitorsFileText::tr("The header %1").arg(entry.key), at, problems);
    if (!value)
        return;
    const bool control = std::any_of(value->begin(), value->end(), [](char c) {
        return c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
    });
    if (control)
        problems.add(
            at, MonitorsFileText::tr("The value of the header %1 holds a line break or control character. "
                                     "Write it in one line.")
                    .arg(entry.key));
    else
        check->headers.append({entry.key.toUtf8(), *value});
}

/// {Name: value}, or [{Name: value}, …] where a name comes twice.
void readHeaders(FieldReader &fields, HttpCheck *check)
{
    const QString key = QStringLiteral("headers");
    const auto node = fields.value(key);
    if (!node)
        return;
    if (node->kind == YamlNode::Kind::Map) {
        QSet<QString> names;
        for (const auto &entry : node->entries) {
            if (names.contains(entry.key.toLower()))
                fields.problems().add(
                    entry.keyAt,
                    MonitorsFileText::tr("The header %1 stands here twice in different letter case. "
                                         "Keep one, or write [{%1: one}, {%1: two}].")
                        .arg(entry.key));
            names.insert(entry.key.toLower());
            readHeader(entry, fields.problems(), check);
        }
        return;
    }
    for (const auto &item : node->items) {
        if (item->kind == YamlNode::Kind::Map && item->entries.size() == 1)
            readHeader(item->entries.front(), fields.problems(), check);
        else
            fields.problems().add(item->at, MonitorsFileText::tr("An item of headers is one {Name: value}."));
    }
    if (node->kind != YamlNode::Kind::Sequence)
        fields.wrong(key, MonitorsFileText::tr("headers is a group of \"Name: value\" lines."));
}

void readUrl(FieldReader &fields, HttpCheck *check)
{
    const QString key = QStringLiteral("url");
    const bool given = fields.has(key);
    const auto text = fields.text(key);
    if (!given)
        fields.problems().add(fields.at(),
                              MonitorsFileText::tr("http needs a url, such as https://shop.example/."));
    if (!text)
        return;
    if (const auto url = parseWebAddress(*text))
        check->url = *url;
    else
        fields.wrong(key, url.error().sentence);
}

HttpAuthentication readAuthentication(FieldReader &http)
{
    using Kind = HttpAuthentication::Kind;
    HttpAuthentication authentication;
    auto fields = http.map(QStringLiteral("auth"));
    if (!fields)
        return authentication;
    if (fields->keys().size() != 1)
        fields->problems().add(fields->at(),
                               MonitorsFileText::tr("auth is one of basic, digest and bearer."));
    for (const auto &[key, kind] : {std::pair(QStringLiteral("basic"), Kind::Basic),
                                    std::pair(QStringLiteral("digest"), Kind::Digest)}) {
        auto login = fields->map(key);
        if (!login)
            continue;
        authentication.kind = kind;
        const QString user = QStringLiteral("user");
        authentication.user = readWanted(*login, user);
        if (!login->has(user))
            login->problems().add(login->at(), MonitorsFileText::tr("%1 needs a user.").arg(key));
        authentication.password = readSecret(*login, QStringLiteral("password"));
        login->finish();
    }
    const QString bearer = QStringLiteral("bearer");
    if (fields->has(bearer)) {
        authentication.kind = Kind::Bearer;
        authentication.password = readSecret(*fields, bearer);
    }
    fields->finish();
    return authentication;
}

QString proxyProblem(const QString &text)
{
    if (text == u"system")
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("socks5"),
                              QStringLiteral("socks5h")};
    if (!url.isValid() || !schemes.contains(url.scheme()) || url.host().isEmpty())
        return MonitorsFileText::tr("proxy is system, or an address such as http://proxy.example:3128 or "
                                    "socks5://127.0.0.1:1080.");
    if (!url.password().isEmpty())
        return MonitorsFileText::tr(
            "Secrets never stand in the file. Write proxy: {url: …, password: {secret: "
            "NAME}}, and store the value with \"backwatch secret set NAME\".");
    return {};
}

void readProxy(FieldReader &fields, HttpCheck *check)
{
    const QString key = QStringLiteral("proxy");
    const auto node = fields.value(key);
    if (!node)
        return;
    if (node->kind != YamlNode::Kind::Map) {
        check->proxy = readWanted(fields, key);
    } else if (auto proxy = fields.map(key)) {
        check->proxy = readWanted(*proxy, QStringLiteral("url"));
        check->proxyPassword = readSecret(*proxy, QStringLiteral("password"));
        proxy->finish();
    }
    if (const QString problem = proxyProblem(check->proxy); !problem.isEmpty())
        fields.wrong(key, problem);
}

} // namespace

HttpCheck readHttpCheck(FieldReader &fields, const DurationLimits &limits)
{
    HttpCheck check;
    readUrl(fields, &check);
    QStringList methods;
    for (int i = 0; i <= static_cast<int>(HttpMethod::Options); ++i)
        methods += httpMethodName(static_cast<HttpMethod>(i));
    if (const auto method = readWord(fields, QStringLiteral("method"), methods))
        check.method = static_cast<HttpMethod>(*method);
    const QStringList versions{httpVersionWord(HttpVersion::Any), httpVersionWord(HttpVersion::Http1),
                               httpVersionWord(HttpVersion::Http2)};
    if (const auto version = readWord(fields, QStringLiteral("version"), versions))
        check.version = static_cast<HttpVersion>(*version);
    readHeaders(fields, &check);
    if (const auto body = fields.value(QStringLiteral("body")))
        check.body =
            readBytes(body, QStringLiteral("body"), body->at, fields.problems()).value_or(QByteArray());
    const QString connectTo = QStringLiteral("connectTo");
    if (const auto target = fields.text(connectTo)) {
        check.connectTo = *target;
        if (!isHostAndPort(*target))
            fields.wrong(connectTo,
                         MonitorsFileText::tr("connectTo is host:port, such as 10.0.0.5:8443 or [::1]:80."));
    }
    check.authentication = readAuthentication(fields);
    readProxy(fields, &check);
    if (auto tls = fields.map(QStringLiteral("tls"))) {
        check.tls = readTlsSettings(*tls);
        tls->finish();
    }
    check.family = readFamily(fields);
    if (const auto follow = fields.flag(QStringLiteral("followRedirects")))
        check.followRedirects = *follow;
    check.expect = readHttpExpectation(fields, limits);
    fields.finish();
    return check;
}

} // namespace backwatch
