// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/exchange.h"
#include "app/diagnosis/dataobject.h"

#include <QRegularExpression>

namespace backwatch {

/// An answer made ready to be looked at by many matchers: decoded once, at most Exchange::kBodyLimit bytes.
struct Answer
{
    explicit Answer(const Exchange &exchange);

    int status = 0;
    QString reason;
    QList<std::pair<QString, QString>> headers; ///< names in lower case
    QString body;
};

/// A regular expression whose work has a bound, whatever a server sends: past it nothing matches.
QRegularExpression boundedExpression(const QString &pattern);

/// One thing that has to be true of an answer. In the data it is an object with one of the keys
///   "header": NAME [, "equals" | "contains" | "matches": TEXT]   there is such a field (with such a value)
///   "noHeader": NAME · "status": [NUMBER…] · "reason": TEXT
///   "body": TEXT · "bodyMatches": PATTERN [, "inHeader" | "notInHeader": NAME]
/// where the last form compares the first group with the words of all fields of that name. Header names and
/// the texts compared with header values are taken in any letter case.
class Matcher
{
public:
    static Matcher read(const DataObject &data);
    static QList<Matcher> readAll(const QList<DataObject> &data);

    bool matches(const Answer &answer) const;

private:
    enum class Kind {
        HeaderPresent,
        HeaderEquals,
        HeaderContains,
        HeaderMatches,
        HeaderAbsent,
        Status,
        Reason,
        BodyContains,
        BodyMatches,
    };
    enum class GroupIs { Anything, InHeader, NotInHeader };

    bool matchesValue(const QString &value) const;
    bool matchesBody(const Answer &answer) const;

    Kind m_kind = Kind::HeaderPresent;
    QString m_name; ///< of a header field, in lower case
    QString m_text;
    QList<int> m_status;
    QRegularExpression m_expression;
    GroupIs m_groupIs = GroupIs::Anything;
};

} // namespace backwatch
