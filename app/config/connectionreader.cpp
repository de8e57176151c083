// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/connectionreader.h"

#include "app/config/monitorsfiletext.h"
#include "app/config/serverwords.h"
#include "app/config/suggestion.h"
#include "app/config/webaddress.h"

#include <QRegularExpression>

#include <algorithm>

namespace backwatch {

namespace {

constexpr int kMostCertificateDays = 3650;
constexpr qsizetype kLongestSecretName = 200;

bool isSecretName(const QString &name)
{
    return !name.isEmpty() && name.size() <= kLongestSecretName && name == name.trimmed() &&
           std::all_of(name.begin(), name.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

} // namespace

QString readSecretName(const YamlNodePtr &node, const QString &key, TextPosition at, Problems &problems)
{
    if (node && node->kind == YamlNode::Kind::Map && node->entries.size() == 1 &&
        node->entries.front().key == u"secret") {
        const QString name = scalarText(node->entries.front().value).value_or(QString());
        if (isSecretName(name))
            return name;
        problems.add(at, MonitorsFileText::tr("The name of a secret is one line of up to %n character(s).",
                                              nullptr, static_cast<int>(kLongestSecretName)));
        return {};
    }
    problems.add(at,
                 MonitorsFileText::tr("Secrets never stand in the file. Write %1: {secret: NAME}, and store "
                                      "the value with \"backwatch secret set NAME\".")
                     .arg(key));
    return {};
}

Secret readSecret(FieldReader &fields, const QString &key)
{
    const auto node = fields.value(key);
    return node ? Secret{readSecretName(node, key, fields.at(key), fields.problems()), {}} : Secret{};
}

std::optional<int> readWord(FieldReader &fields, const QString &key, const QStringList &words)
{
    const auto word = fields.text(key);
    if (!word)
        return std::nullopt;
    const auto index = words.indexOf(*word);
    if (index >= 0)
        return static_cast<int>(index);
    fields.wrong(key, MonitorsFileText::tr("%1 is one of %2.").arg(key, words.join(QStringLiteral(", "))) +
                          didYouMean(*word, words));
    return std::nullopt;
}

QString readHost(FieldReader &fields)
{
    const QString key = QStringLiteral("host");
    const bool given = fields.has(key);
    const auto host = fields.text(key);
    if (!given)
        fields.problems().add(
            fields.at(), MonitorsFileText::tr("%1 needs a host, a name or an address.").arg(fields.what()));
    if (!host)
        return {};
    if (isHost(*host))
        return *host;
    fields.wrong(key, MonitorsFileText::tr("\"%1\" is no host name and no address.").arg(host->left(100)));
    return {};
}

AddressFamily readFamily(FieldReader &fields)
{
    const auto family = readWord(fields, QStringLiteral("family"), familyWords());
    return family ? static_cast<AddressFamily>(*family) : AddressFamily::Any;
}

ServerAddress readServer(FieldReader &fields, quint16 usualPort)
{
    const QString socket = QStringLiteral("socket");
    const QString port = QStringLiteral("port");
    ServerAddress server;
    server.family = readFamily(fields);
    if (fields.has(socket)) {
        server.socket = fields.text(socket).value_or(QString());
        if (!server.socket.startsWith(u'/') && fields.value(socket))
            fields.wrong(socket, MonitorsFileText::tr("socket is a path that begins with \"/\"."));
        for (const auto &other : {QStringLiteral("host"), port}) {
            if (fields.has(other)) {
                (void)fields.value(other);
                fields.wrong(other, MonitorsFileText::tr("There is a socket already; remove %1.").arg(other));
            }
        }
        return server;
    }
    server.host = readHost(fields);
    server.port = usualPort;
    const bool given = fields.has(port);
    if (const auto number = fields.number(port, 1, 65'535))
        server.port = static_cast<quint16>(*number);
    else if (!given && usualPort == 0)
        fields.problems().add(fields.at(), MonitorsFileText::tr("%1 needs a port.").arg(fields.what()));
    return server;
}

TlsSettings readTlsSettings(FieldReader &fields)
{
    TlsSettings tls;
    tls.verify = fields.flag(QStringLiteral("verify")).value_or(true);
    tls.authorities = readWanted(fields, QStringLiteral("authorities"));
    tls.serverName = readWanted(fields, QStringLiteral("serverName"));
    tls.certificate = readWanted(fields, QStringLiteral("certificate"));
    tls.key = readWanted(fields, QStringLiteral("key"));
    tls.passphrase = readSecret(fields, QStringLiteral("passphrase"));
    return tls;
}

bool readTls(FieldReader &fields, TlsSettings *settings)
{
    const QString key = QStringLiteral("tls");
    const auto node = fields.value(key);
    if (!node || node->kind != YamlNode::Kind::Map)
        return fields.flag(key).value_or(false);
    if (auto tls = fields.map(key)) {
        *settings = readTlsSettings(*tls);
        tls->finish();
    }
    return true;
}

std::optional<milliseconds> readSlowAfter(FieldReader &fields, const DurationLimits &limits)
{
    return fields.duration(QStringLiteral("slowAfter"), {milliseconds(1), limits.timeout.most});
}

int readCertificateDays(FieldReader &fields, int usual)
{
    return fields.number(QStringLiteral("certificateDays"), 0, kMostCertificateDays).value_or(usual);
}

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
    }
    problems.add(at,
                 MonitorsFileText::tr("%1 is a text, or {base64: \"…\"} for bytes that are none.").arg(what));
    return std::nullopt;
}

QString readPattern(FieldReader &fields, const QString &key)
{
    const QString pattern = readWanted(fields, key);
    const QRegularExpression expression(pattern);
    if (expression.isValid())
        return pattern;
    fields.wrong(key, MonitorsFileText::tr("%1 is no regular expression: %2, at character %3.")
                          .arg(key, expression.errorString())
                          .arg(expression.patternErrorOffset() + 1));
    return {};
}

QString readWanted(FieldReader &fields, const QString &key)
{
    const auto text = fields.text(key);
    if (text && text->isEmpty())
        fields.wrong(
            key,
            MonitorsFileText::tr("%1 is empty. Write something behind it, or remove the line.").arg(key));
    return text.value_or(QString());
}

} // namespace backwatch
