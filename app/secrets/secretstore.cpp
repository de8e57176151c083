// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secretstore.h"

#include "app/secrets/secretnames.h"

#include <QCoreApplication>

#include <algorithm>

namespace backwatch {

namespace {

constexpr qsizetype kLongestName = 200;

struct SecretStoreText
{
    Q_DECLARE_TR_FUNCTIONS(backwatch::SecretStore)
};

} // namespace

Result<void> SecretStore::checkName(const QString &name)
{
    if (name.isEmpty() || name.size() > kLongestName)
        return failure(
            Error::Kind::Invalid,
            SecretStoreText::tr("The name of a secret has 1 to %n character(s); choose another one.", nullptr,
                                static_cast<int>(kLongestName)));
    const auto points = name.toUcs4();
    if (name != name.trimmed() || !name.isValidUtf16() ||
        !std::all_of(points.begin(), points.end(), [](char32_t point) { return QChar::isPrint(point); }))
        return failure(Error::Kind::Invalid,
                       SecretStoreText::tr("The name of a secret consists of printable characters, without "
                                           "spaces at its ends; choose another one."));
    if (name == kNamesEntry)
        return failure(
            Error::Kind::Invalid,
            SecretStoreText::tr("“%1” is kept by Backwatch itself; choose another name.").arg(name));
    return {};
}

Result<void> SecretStore::checkValue(const QString &value)
{
    if (value.isEmpty())
        return failure(Error::Kind::Invalid,
                       SecretStoreText::tr("The value of the secret is empty; give one."));
    if (value.toUtf8().size() > kLongestValue)
        return failure(Error::Kind::Invalid,
                       SecretStoreText::tr("The value of the secret is longer than %n byte(s); that is no "
                                           "password.",
                                           nullptr, static_cast<int>(kLongestValue)));
    if (value.contains(QChar(u'\0')))
        return failure(
            Error::Kind::Invalid,
            SecretStoreText::tr("The value of the secret has a NUL character in it, which no keychain "
                                "gives back; give text."));
    return {};
}

} // namespace backwatch
