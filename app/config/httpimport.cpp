// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/httpimport.h"

#include "app/config/webaddress.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace backwatch {

namespace {

bool mayBeSecret(const QString &header)
{
    static const QRegularExpression shape(
        QStringLiteral("auth|cookie|token|secret|password|passwd|api-?key|access-?key|\\Ax-key\\z"),
        QRegularExpression::CaseInsensitiveOption);
    return shape.match(header).hasMatch();
}

/// As JSON writes it: 5, true, null, otherwise a text.
QString jsonScalar(const QString &value)
{
    const auto array = QJsonDocument::fromJson("[" + value.toUtf8() + "]").array();
    if (array.size() == 1 && !array.first().isObject() && !array.first().isArray())
        return value.trimmed();
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.sliced(1, text.size() - 2));
}

} // namespace

std::optional<QString> setImportedUrl(const QString &url, const QString &monitor,
                                      ImportCollection &collection, HttpCheck *check)
{
    QUrl parsed(url.trimmed());
    const QString user = parsed.userName(QUrl::FullyDecoded);
    const QString password = parsed.password(QUrl::FullyDecoded);
    parsed.setUserInfo(QString());
    const auto address =
        parseWebAddress(user.isEmpty() ? url.trimmed() : parsed.toString(QUrl::FullyEncoded));
    if (!address)
        return address.error().sentence;
    check->url = *address;
    if (check->url.path().isEmpty())
        check->url.setPath(QStringLiteral("/"));
    check->url.setFragment(QString());
    if (!user.isEmpty())
        check->authentication = {HttpAuthentication::Kind::Basic, user,
                                 collection.secret(monitor, QStringLiteral("password"), password)};
    return std::nullopt;
}

std::optional<HttpMethod> importedMethod(const QString &name)
{
    const QString wanted = name.isEmpty() ? QStringLiteral("GET") : name.toUpper();
    for (int i = 0; i <= static_cast<int>(HttpMethod::Options); ++i)
        if (httpMethodName(static_cast<HttpMethod>(i)) == wanted)
            return static_cast<HttpMethod>(i);
    return std::nullopt;
}

void addImportedHeader(const QString &name, const QString &value, const QString &monitor,
                       ImportCollection &collection, HttpCheck *check)
{
    if (mayBeSecret(name))
        check->secretHeaders +=
            SecretHeader{name.toLatin1(), collection.secret(monitor, name.toLower(), value)};
    else
        check->headers += HttpHeader{name.toLatin1(), value.toUtf8()};
}

std::optional<JsonExpectation> importedJson(const QString &path, const QString &test, const QString &value)
{
    using Test = JsonExpectation::Test;
    // Only plain steps mean the same in every one of these languages.
    static const QRegularExpression plain(
        QStringLiteral("\\A\\$?(\\.?[A-Za-z_][A-Za-z0-9_-]*|\\[[0-9]+\\])*\\z"));
    static const QHash<QString, Test> tests{{QString(), Test::Equals},
                                            {QStringLiteral("=="), Test::Equals},
                                            {QStringLiteral("!="), Test::Differs},
                                            {QStringLiteral("<"), Test::Less},
                                            {QStringLiteral(">"), Test::Greater},
                                            {QStringLiteral("contains"), Test::Contains}};
    const QString steps = path.trimmed();
    if (!plain.match(steps).hasMatch() || !tests.contains(test))
        return std::nullopt;
    JsonExpectation expectation;
    expectation.path = steps;
    if (!steps.startsWith(u'$'))
        expectation.path =
            QStringLiteral("$") + (steps.isEmpty() || steps.startsWith(u'[') ? steps : QString(u'.' + steps));
    expectation.test = tests.value(test);
    expectation.value = expectation.test == Test::Contains ? value : jsonScalar(value);
    return expectation;
}

} // namespace backwatch
