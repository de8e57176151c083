// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/httpwords.h"

namespace backwatch {

QString jsonTestWord(JsonExpectation::Test test)
{
    using Test = JsonExpectation::Test;
    switch (test) {
    case Test::Exists:
        return QStringLiteral("exists");
    case Test::Equals:
        return QStringLiteral("equals");
    case Test::Differs:
        return QStringLiteral("differs");
    case Test::Less:
        return QStringLiteral("less");
    case Test::Greater:
        return QStringLiteral("greater");
    case Test::Contains:
        return QStringLiteral("contains");
    case Test::Matches:
        return QStringLiteral("matches");
    }
    return {};
}

QString httpVersionWord(HttpVersion version)
{
    switch (version) {
    case HttpVersion::Any:
        return QStringLiteral("any");
    case HttpVersion::Http1:
        return QStringLiteral("1.1");
    case HttpVersion::Http2:
        return QStringLiteral("2");
    }
    return {};
}

} // namespace backwatch
