// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/checkspec.h"

namespace backwatch {

namespace {

struct KindName
{
    QString operator()(const HttpCheck &) const { return QStringLiteral("http"); }
};

struct Target
{
    QString operator()(const HttpCheck &check) const { return check.url.toString(QUrl::RemoveUserInfo); }
};

} // namespace

QList<StatusRange> successRange()
{
    return {StatusRange{200, 299}};
}

QString checkKind(const CheckSpec &check)
{
    return std::visit(KindName{}, check);
}

QString checkTarget(const CheckSpec &check)
{
    return std::visit(Target{}, check);
}

QString httpMethodName(HttpMethod method)
{
    switch (method) {
    case HttpMethod::Get:
        return QStringLiteral("GET");
    case HttpMethod::Head:
        return QStringLiteral("HEAD");
    case HttpMethod::Post:
        return QStringLiteral("POST");
    }
    return {};
}

} // namespace backwatch
