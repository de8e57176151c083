// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secrets/secretnames.h"

#include "app/secrets/secretstore.h"

namespace backwatch {

namespace {

/// Far more than anybody has, and still quickly read.
constexpr qsizetype kLongestText = 1024 * 1024;

} // namespace

QStringList readNames(const QString &text)
{
    QStringList names;
    for (const auto &line : QStringView(text).left(kLongestText).split(u'\n', Qt::SkipEmptyParts)) {
        const QString name = line.toString();
        if (SecretStore::checkName(name))
            names.append(name);
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

QString writeNames(const QStringList &names)
{
    return names.join(u'\n');
}

} // namespace backwatch
