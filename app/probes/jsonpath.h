// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QJsonValue>
#include <QList>

namespace backwatch {

/// Where in a JSON document values are looked for. Two notations:
/// - JSON Pointer (RFC 6901): "" is the whole document, "/a/0/b~1c" goes by member names and array places.
/// - JSONPath, of which this is understood: "$" (the document), ".name", "['name']", "["name"]", "[3]",
///   "[-1]" (from the end), "[*]" and ".*" (every member or element), "..name" and "..*" (at any depth).
class JsonPath
{
public:
    static constexpr int kMostSteps = 64;
    static constexpr int kMostValues = 10'000; ///< what a path finds beyond that is left out
    static constexpr int kDepth = 128;         ///< ".." goes no deeper

    static Result<JsonPath> parse(const QString &text);

    /// What the path leads to, in document order; several only with "*" and "..".
    QList<QJsonValue> valuesIn(const QJsonValue &document) const;

private:
    struct Step
    {
        enum class Kind { Name, Index, Either, All, Deep };

        Kind kind = Kind::Name;
        QString name;
        qint64 index = 0;
    };
    class Reader;

    static Result<JsonPath> parsePointer(const QString &text);

    QList<Step> m_steps;
};

} // namespace backwatch
